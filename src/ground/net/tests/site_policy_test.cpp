#include "site_policy.hpp"

#include <gtest/gtest.h>

namespace kula::net {
namespace {

SitePolicy policy() { return {{"localhost", "127.0.0.1", "::1", "desk.example.org"}, {"https://trusted.example.org"}}; }

/// The status of the objection; 0 for none.
unsigned status(Method method, std::vector<std::pair<std::string, std::string>> const& fields,
                std::string_view authority = "") {
    Headers headers;
    for (auto const& [name, value] : fields) headers.add(name, value);
    auto const objection = policy().objection(method, Scheme::http, headers, authority);
    return objection ? number(objection->status) : 0;
}

TEST(SitePolicy, serves_its_own_names_with_any_port) {
    for (auto const* host :
         {"localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1:1", "[::1]", "[::1]:8080", "Desk.Example.org"}) {
        EXPECT_EQ(status(Method::get, {{"Host", host}}), 0u) << host;
    }
}

TEST(SitePolicy, lets_no_page_in_the_clear_write_where_the_browser_came_with_tls) {
    auto const written_from = [](Scheme scheme, std::string origin) {
        Headers headers;
        headers.add("Host", "desk.example.org");
        headers.add("Origin", std::move(origin));
        auto const objection = policy().objection(Method::post, scheme, headers, "");
        return objection ? number(objection->status) : 0;
    };
    EXPECT_EQ(written_from(Scheme::https, "https://desk.example.org"), 0u);
    EXPECT_EQ(written_from(Scheme::https, "http://desk.example.org"), 403u);
    EXPECT_EQ(written_from(Scheme::http, "http://desk.example.org"), 0u);
    EXPECT_EQ(written_from(Scheme::http, "https://desk.example.org"), 0u)
        << "a proxy that is not known may stand between";
    EXPECT_EQ(written_from(Scheme::https, "https://trusted.example.org"), 0u);
}

TEST(SitePolicy, does_not_answer_to_a_rebound_name) {
    for (auto const* host : {"evil.example", "localhost.evil.example", "127.0.0.2", "[::2]"}) {
        EXPECT_EQ(status(Method::get, {{"Host", host}}), 421u) << host;
    }
}

TEST(SitePolicy, wants_exactly_one_good_host) {
    EXPECT_EQ(status(Method::get, {}), 400u);
    EXPECT_EQ(status(Method::get, {{"Host", "localhost"}, {"Host", "localhost"}}), 400u);
    for (auto const* host : {"", ":80", "localhost:http", "localhost:123456", "[::1", "[::1]x", "user@localhost",
                             "local host", "a,localhost"}) {
        EXPECT_EQ(status(Method::get, {{"Host", host}}), 400u) << host;
    }
}

TEST(SitePolicy, the_target_overrules_host) {
    EXPECT_EQ(status(Method::get, {{"Host", "localhost"}}, "evil.example"), 421u);
    EXPECT_EQ(status(Method::get, {{"Host", "evil.example"}}, "localhost"), 0u);
}

TEST(SitePolicy, lets_programs_and_its_own_pages_write) {
    EXPECT_EQ(status(Method::post, {{"Host", "localhost:8080"}}), 0u);
    EXPECT_EQ(status(Method::post, {{"Host", "localhost:8080"}, {"Origin", "http://localhost:8080"}}), 0u);
    EXPECT_EQ(status(Method::put, {{"Host", "[::1]:8080"}, {"Origin", "http://[::1]:8080"}}), 0u);
    EXPECT_EQ(status(Method::patch, {{"Host", "desk.example.org"}, {"Origin", "https://desk.example.org:443"}}), 0u);
    EXPECT_EQ(status(Method::post, {{"Host", "localhost"}, {"Origin", "https://trusted.example.org"}}), 0u);
    EXPECT_EQ(status(Method::post, {{"Host", "localhost"}, {"Sec-Fetch-Site", "same-origin"}}), 0u);
}

TEST(SitePolicy, lets_no_other_page_write) {
    for (auto const* origin : {"null", "http://evil.example", "http://localhost:3000", "https://localhost:8080x",
                               "http://localhost", "ftp://localhost:8080", "localhost:8080", "http://"}) {
        EXPECT_EQ(status(Method::post, {{"Host", "localhost:8080"}, {"Origin", origin}}), 403u) << origin;
        EXPECT_EQ(status(Method::remove, {{"Host", "localhost:8080"}, {"Origin", origin}}), 403u) << origin;
        EXPECT_EQ(status(Method::get, {{"Host", "localhost:8080"}, {"Origin", origin}}), 0u) << origin;
    }
    EXPECT_EQ(status(Method::post, {{"Host", "localhost"}, {"Sec-Fetch-Site", "cross-site"}}), 403u);
    EXPECT_EQ(status(Method::post, {{"Host", "localhost"}, {"Sec-Fetch-Site", "same-site"}}), 403u);
}

}  // namespace
}  // namespace kula::net
