#include "net/cookie.hpp"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

namespace kula::net {
namespace {

Request with_cookies(std::string header) {
    Request request;
    request.headers.add("Cookie", std::move(header));
    return request;
}

TEST(CookieOfARequest, is_found_by_its_exact_name) {
    auto const request = with_cookies("a=1; __Host-kula_session=abc.DEF-_~; b=x=y; empty=; A=2");
    EXPECT_EQ(cookie(request, "a"), "1");
    EXPECT_EQ(cookie(request, "A"), "2");
    EXPECT_EQ(cookie(request, "__Host-kula_session"), "abc.DEF-_~");
    EXPECT_EQ(cookie(request, "b"), "x=y");
    EXPECT_EQ(cookie(request, "empty"), "");
    EXPECT_FALSE(cookie(request, "kula_session"));
    EXPECT_FALSE(cookie(request, ""));
    EXPECT_FALSE(cookie(Request(), "a"));
}

TEST(CookieOfARequest, is_the_first_of_its_name) {
    EXPECT_EQ(cookie(with_cookies("a=1; a=2"), "a"), "1");
    Request two;
    two.headers.add("Cookie", "b=1");
    two.headers.add("cookie", "a=2");
    EXPECT_EQ(cookie(two, "a"), "2");
}

TEST(CookieOfARequest, may_be_written_loosely) {
    auto const request = with_cookies(";;  a = 1 ;b;\tc=\"quoted\";d=\";e=\"\"");
    EXPECT_EQ(cookie(request, "a"), "1");
    EXPECT_FALSE(cookie(request, "b"));
    EXPECT_EQ(cookie(request, "c"), "quoted");
    EXPECT_FALSE(cookie(request, "d"));
    EXPECT_EQ(cookie(request, "e"), "");
}

TEST(CookieOfARequest, with_what_no_cookie_may_hold_is_none) {
    for (auto const* bad : {"a=x y", "a=x,y", "a=x\\y", "a=ж", "a=x\"y", "a=x\ty"}) {
        EXPECT_FALSE(cookie(with_cookies(bad), "a")) << bad;
    }
}

TEST(CookieOfARequest, is_not_looked_for_without_end) {
    std::string many;
    for (int made = 0; made < 99; ++made) many += "x=1;";
    EXPECT_EQ(cookie(with_cookies(many + "a=1"), "a"), "1");
    EXPECT_FALSE(cookie(with_cookies(many + "x=1;a=1"), "a"));
}

TEST(SetCookie, writes_the_attributes_that_are_meant) {
    Cookie session{"__Host-kula_session", "abc"};
    EXPECT_EQ(to_text(session), "__Host-kula_session=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
    session.max_age = std::chrono::hours(12);
    session.same_site = SameSite::lax;
    session.http_only = false;
    EXPECT_EQ(to_text(session), "__Host-kula_session=abc; Path=/; Max-Age=43200; Secure; SameSite=Lax");
    Cookie plain{"kula_session", ""};
    plain.secure = false;
    plain.path = "/desk/";
    plain.max_age = std::chrono::seconds(0);
    EXPECT_EQ(to_text(plain), "kula_session=; Path=/desk/; Max-Age=0; HttpOnly; SameSite=Strict");
}

TEST(SetCookie, keeps_cookies_that_are_set_already) {
    auto response = no_content();
    set_cookie(response, {"a", "1"});
    set_cookie(response, {"b", "2"});
    EXPECT_EQ(response.headers.count("Set-Cookie"), 2u);
}

TEST(SetCookie, refuses_what_a_browser_would_drop) {
    auto const with = [](auto change) {
        Cookie made{"__Host-a", "1"};
        change(made);
        return made;
    };
    EXPECT_THROW(to_text(with([](Cookie& c) { c.secure = false; })), std::logic_error);
    EXPECT_THROW(to_text(with([](Cookie& c) { c.path = "/desk"; })), std::logic_error);
    EXPECT_THROW(to_text(with([](Cookie& c) { c.name = "__secure-a", c.secure = false; })), std::logic_error);
    EXPECT_THROW(to_text(with([](Cookie& c) { c.value = "1; Domain=evil.example"; })), std::logic_error);
    EXPECT_THROW(to_text(with([](Cookie& c) { c.name = "a b"; })), std::logic_error);
    EXPECT_THROW(to_text(with([](Cookie& c) { c.name = "a", c.path = "/;x"; })), std::logic_error);
    EXPECT_THROW(to_text(with([](Cookie& c) { c.max_age = std::chrono::seconds(-1); })), std::logic_error);
}

TEST(SetCookie, writes_what_reading_finds_again_among_any_others) {
    std::mt19937 dice(6265);  // NOLINT(cert-msc51-cpp): the same every time
    constexpr std::string_view octets = "abcXYZ019!#$%&'()*+-./:<=>?@[]^_`{|}~";
    auto const any_text = [&](std::string_view alphabet) {
        std::string text(dice() % 12, ' ');
        for (auto& c : text) c = alphabet[dice() % alphabet.size()];
        return text;
    };
    for (int round = 0; round < 2000; ++round) {
        auto const value = any_text(octets);
        auto const written = to_text(Cookie{"mine", value});
        auto const pair = written.substr(0, written.find("; "));
        auto const header = any_text("ab=;\" ,") + ";" + pair + ";" + any_text("ab=;\" ,");
        EXPECT_EQ(cookie(with_cookies(header), "mine"), value) << header;
    }
}

}  // namespace
}  // namespace kula::net
