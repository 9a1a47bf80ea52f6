// A feed as Atom and as JSON Feed, whatever stands in its texts.

#include "web_feed.hpp"

#include <gmock/gmock.h>

namespace kula::api {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto hostile = "<script>alert(\"1\")</script> ]]> & '\x01";

WebFeed hostile_feed() {
    WebFeed feed;
    feed.id = "urn:uuid:01930b2e-6c00-7000-8000-00000000a001";
    feed.title = feed.author = hostile;
    feed.address = "https://kula.example/?a=1&b=\"2\"";
    WebFeed::Entry entry;
    entry.title = entry.summary = hostile;
    entry.content = "<p>one &amp; two</p>";
    entry.categories = {{"urn:kula:finding:type", hostile}};
    entry.more = {{"place", hostile}};
    feed.entries.push_back(entry);
    return feed;
}

TEST(WebFeed, in_xml_holds_text_as_text) {
    auto const written = atom(hostile_feed());
    auto const as_text = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; ]]&gt; &amp; &#39;";
    EXPECT_THAT(written, Not(HasSubstr("<script")));
    EXPECT_THAT(written, Not(HasSubstr("]]>")));
    EXPECT_THAT(written, Not(HasSubstr("\x01")));
    for (auto const* name : {"title", "summary", "name"})
        EXPECT_THAT(written, HasSubstr(std::string("<") + name + '>' + as_text + "</" + name + '>'));
    EXPECT_THAT(written, HasSubstr(std::string("term=\"") + as_text + '"'));
    EXPECT_THAT(written, HasSubstr("href=\"https://kula.example/?a=1&amp;b=&quot;2&quot;\""));
    EXPECT_THAT(written, HasSubstr("<content type=\"html\">&lt;p&gt;one &amp;amp; two&lt;/p&gt;</content>"));
}

TEST(WebFeed, in_json_holds_it_as_it_is) {
    auto const json = Json::parse(json_feed(hostile_feed()));
    auto const& item = json.at("items").at(0);
    EXPECT_EQ(item.at("title"), hostile);
    EXPECT_EQ(item.at("tags").at(0), hostile);
    EXPECT_EQ(item.at("_kula").at("place"), hostile);
    EXPECT_EQ(item.at("content_html"), "<p>one &amp; two</p>");
    EXPECT_EQ(json.at("version"), "https://jsonfeed.org/version/1.1");
}

}  // namespace
}  // namespace kula::api
