// Proves: an observable that was found in a text is the value that an indicator of it has, so that lists and warning
// lists can be asked by it.
#include <gtest/gtest.h>

#include "formats/observables.hpp"
#include "indicators/warninglist.hpp"

namespace kula::indicators {

TEST(ObservableValue, is_the_value_of_an_indicator) {
    auto const found = formats::find_observables(
        "192.0.2[.]1, 198.51.100.7/24, 2001:DB8::0, 2001:db8::1/32, AS64496, Example[.]COM, hxxp://user@example[.]org:80/a#b, "
        "example.net/c, http://[2001:db8::2]:8080/, http://10.0.0.1/x, http://example.com/a[.]b, "
        "d41d8cd98f00b204e9800998ecf8427e DA39A3EE5E6B4B0D3255BFEF95601890AFD80709 "
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(found.found.size(), 18U);
    for (auto const& each : found.found) {
        auto const value = Value::parse(each.value, ReservedSpace::allow);
        ASSERT_TRUE(value) << each.value;
        EXPECT_EQ(value->text(), each.value);
        EXPECT_EQ(to_text(value->kind), formats::to_text(each.kind)) << each.value;
    }
}

TEST(ObservableValue, is_held_by_warning_lists) {
    Warninglists const lists(
        {{"a.json", R"({"name":"resolvers","description":"d","version":1,"type":"cidr","list":["192.0.2.0/24"]})"},
         {"b.json", R"({"name":"portals","description":"d","version":1,"type":"hostname","list":["example.com"]})"}});
    auto const listed = [&](std::string_view text) {
        std::string out;
        for (auto const& each : formats::find_observables(text).found) {
            for (auto const& hit : lists.matches(Value::parse(each.value, ReservedSpace::allow).value())) {
                out += std::string(hit.list) + ' ';
            }
        }
        return out;
    };
    EXPECT_EQ(listed("192.0.2[.]53"), "resolvers ");
    EXPECT_EQ(listed("www.example.com"), "portals ");
    EXPECT_EQ(listed("hxxps://www[.]example[.]com/a"), "portals portals ") << "the URL and its host";
    EXPECT_EQ(listed("198.51.100.1 example.net"), "");
}

}  // namespace kula::indicators
