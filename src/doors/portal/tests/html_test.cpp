#include "html.hpp"

#include <gtest/gtest.h>

namespace kula::portal {
namespace {

TEST(Html, escapes_whatever_is_put_in_as_text) {
    std::string const nasty = "<script>alert('1') & \"2\"</script>";
    auto const html = element("p", {{"title", nasty}}, nasty);
    EXPECT_EQ(html.markup(),
              "<p title=\"&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;\">"
              "&lt;script&gt;alert(&#39;1&#39;) &amp; &quot;2&quot;&lt;/script&gt;</p>");
}

TEST(Html, elements_stand_inside_of_elements_as_they_are) {
    EXPECT_EQ(element("p", element("b", "a") + " & " + empty_element("br")).markup(), "<p><b>a</b> &amp; <br></p>");
}

TEST(Html, cannot_write_scripts_handlers_and_styles) {
    EXPECT_THROW(element("script", "x"), std::logic_error);
    EXPECT_THROW(element("style", "x"), std::logic_error);
    EXPECT_THROW(element("p", {{"onclick", "x"}}, "x"), std::logic_error);
    EXPECT_THROW(element("p", {{"style", "x"}}, "x"), std::logic_error);
    EXPECT_THROW(element("p><script", "x"), std::logic_error);
    EXPECT_THROW(element("p", {{"a b", "x"}}, "x"), std::logic_error);
}

TEST(Html, links_only_where_a_browser_runs_nothing) {
    for (auto const* safe : {"https://csirt.example/a?b=1&c=2", "/mk/about", "#s1", "mailto:a@b.example", "tel:+3892"})
        EXPECT_TRUE(link(safe, "x").markup().starts_with("<a href=")) << safe;
    for (auto const* unsafe : {"javascript:alert(1)", "JavaScript:x", " javascript:x", "data:text/html,x",
                               "//elsewhere.example", "vbscript:x", ""})
        EXPECT_EQ(link(unsafe, "x").markup(), "x") << unsafe;
}

TEST(Html, parts_text_into_paragraphs_and_keeps_its_line_breaks) {
    EXPECT_EQ(paragraphs("a\r\nb\n\n \n<c>\n").markup(), "<p>a<br>b</p><p>&lt;c&gt;</p>");
    EXPECT_TRUE(paragraphs(" \n\n").is_empty());
}

}  // namespace
}  // namespace kula::portal
