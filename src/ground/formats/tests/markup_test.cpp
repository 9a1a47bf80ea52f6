#include "formats/markup.hpp"

#include <gtest/gtest.h>

namespace kula::formats {
namespace {

TEST(Markup, text_stays_text) {
    EXPECT_EQ(escaped("<script>alert('x & \"y\"')</script> ]]>"),
              "&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt; ]]&gt;");
    EXPECT_EQ(escaped("Отворен\tresolver\r\n😀"), "Отворен\tresolver\r\n😀");
}

TEST(Markup, leaves_out_what_xml_has_no_place_for) {
    EXPECT_EQ(escaped(std::string_view("a\x01\x00\x0b\x1f"
                                       "b",
                                       6)),
              "ab");
    EXPECT_EQ(escaped("\uFFFE|\uFFFF|\uFFFD"), "||\uFFFD");
    EXPECT_EQ(escaped("\xed\xa0\x80|\xc0\xaf|\xff|\xe2\x82"), "|||") << "surrogates, overlong, never, cut off";
}

}  // namespace
}  // namespace kula::formats
