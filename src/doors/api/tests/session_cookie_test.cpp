#include "session_cookie.hpp"

#include <gmock/gmock.h>

namespace kula::api {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

net::Request request_over(net::Scheme scheme, std::string const& cookie = "") {
    net::Request request;
    request.scheme = scheme;
    if (!cookie.empty()) request.headers.add("Cookie", cookie);
    return request;
}

std::string set_over(net::Scheme scheme) {
    net::Response response;
    set_session(response, request_over(scheme), "secret");
    return std::string(response.headers.find("Set-Cookie").value_or(""));
}

TEST(SessionCookie, over_tls_is_secure_and_the_hosts_own) {
    EXPECT_THAT(set_over(net::Scheme::https), AllOf(StartsWith("__Host-kula_session=secret; Path=/;"),
                                                    HasSubstr("; Secure"), Not(HasSubstr("Domain"))));
    EXPECT_THAT(set_over(net::Scheme::http), AllOf(StartsWith("kula_session=secret;"), Not(HasSubstr("Secure"))));
}

TEST(SessionCookie, that_came_in_the_clear_opens_nothing_over_tls) {
    EXPECT_EQ(session_secret(request_over(net::Scheme::https, "kula_session=planted")), std::nullopt);
    EXPECT_EQ(session_secret(request_over(net::Scheme::https, "kula_session=planted; __Host-kula_session=own")), "own");
}

TEST(SessionCookie, is_taken_back_at_once) {
    net::Response response;
    take_session_back(response, request_over(net::Scheme::https));
    EXPECT_THAT(std::string(response.headers.find("Set-Cookie").value_or("")),
                AllOf(StartsWith("__Host-kula_session=;"), HasSubstr("Max-Age=0")));
}

TEST(PercentDecoded, is_utf8_or_nothing) {
    EXPECT_EQ(percent_decoded("a%20b%C5%BE"), "a bž");
    EXPECT_EQ(percent_decoded(""), "");
    for (auto const* broken : {"%", "%4", "%4g", "a%", "%C5", "%00"})
        EXPECT_EQ(percent_decoded(broken), std::nullopt) << broken;
}

}  // namespace
}  // namespace kula::api
