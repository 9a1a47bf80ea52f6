#include "net/http.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "net/problem.hpp"

namespace kula::net {
namespace {

std::string body_of(Response const& response) { return std::get<std::string>(response.body); }

TEST(Headers, compare_without_case_and_keep_repetition) {
    Headers headers;
    headers.add("Accept", "a");
    headers.add("accept", "b");
    EXPECT_EQ(headers.find("ACCEPT"), "a");
    EXPECT_EQ(headers.count("Accept"), 2u);
    headers.set("aCCept", "c");
    EXPECT_EQ(headers.count("Accept"), 1u);
    EXPECT_FALSE(headers.find("Accepts"));
}

TEST(Headers, refuse_a_value_that_would_split_the_response) {
    Headers headers;
    EXPECT_THROW(headers.set("Location", "/a\r\nSet-Cookie: b"), std::logic_error);
    EXPECT_THROW(headers.add("Bad name", "x"), std::logic_error);
    headers.set("Filename", "листа\t.csv");
}

TEST(Request, tells_its_media_type_without_parameters) {
    Request request;
    EXPECT_EQ(request.media_type(), "");
    request.headers.set("Content-Type", "Application/JSON ; charset=utf-8");
    EXPECT_EQ(request.media_type(), "application/json");
}

TEST(Request, gives_parameters_by_name) {
    Request request;
    request.query = {{"port", "80"}, {"port", "443"}};
    request.path_parameters = {{"id", "7"}};
    EXPECT_EQ(request.query_value("port"), "80");
    EXPECT_EQ(request.query_values("port").size(), 2u);
    EXPECT_FALSE(request.query_value("ports"));
    EXPECT_EQ(request.parameter("id"), "7");
    EXPECT_THROW(static_cast<void>(request.parameter("name")), std::logic_error);
}

TEST(Problem, reads_as_rfc_9457_says) {
    auto const response =
        to_response(Problem{Status::unprocessable_content, "two fields", {{"limit", "at most 500"}, {"a\"b", ""}}});
    EXPECT_EQ(response.status, Status::unprocessable_content);
    EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(
        body_of(response),
        R"({"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"two fields","fault":"invalid","errors":[)"
        R"({"field":"limit","message":"at most 500"},{"field":"a\"b","message":""}]})");
}

TEST(Problem, stays_json_whatever_bytes_it_quotes) {
    auto const body = body_of(to_response(Problem{Status::bad_request, std::string("a\n\x01\xff\\ж\0", 8)}));
    EXPECT_NE(body.find(R"(a\u000a\u0001\ufffd\\ж\u0000)"), std::string::npos) << body;
}

TEST(Problem, of_a_caller_who_is_not_known_says_how_to_sign_in) {
    auto const response = to_response(Problem{Status::unauthorized, "sign in first"});
    EXPECT_EQ(response.headers.find("WWW-Authenticate"), "Bearer realm=\"kula\"");
    EXPECT_EQ(
        body_of(response),
        R"({"type":"about:blank","title":"Unauthorized","status":401,"detail":"sign in first","fault":"refused"})");
}

TEST(Problem, of_too_many_requests_says_when_to_come_back) {
    Problem problem{Status::too_many_requests, "wait 8 s before the next attempt"};
    EXPECT_EQ(to_response(problem).headers.find("Retry-After"), "1");
    problem.retry_after = std::chrono::seconds(8);
    auto const response = to_response(problem);
    EXPECT_EQ(response.headers.find("Retry-After"), "8");
    EXPECT_NE(body_of(response).find(R"("fault":"unavailable")"), std::string::npos);
    EXPECT_FALSE(to_response(Problem{Status::not_found, "x"}).headers.has("Retry-After"));
}

TEST(Response, that_ends_a_form_leads_to_another_page) {
    auto const response = see_other("/desk/");
    EXPECT_EQ(number(response.status), 303u);
    EXPECT_EQ(reason(response.status), "See Other");
    EXPECT_EQ(response.headers.find("Location"), "/desk/");
}

TEST(Problem, of_a_rooms_error_has_its_status) {
    EXPECT_EQ(to_response(base::invalid("x")).status, Status::unprocessable_content);
    EXPECT_EQ(to_response(base::not_found("x")).status, Status::not_found);
    EXPECT_EQ(to_response(base::conflict("x")).status, Status::conflict);
    EXPECT_EQ(to_response(base::refused("x")).status, Status::forbidden);
    auto const unavailable = to_response(base::unavailable("x"));
    EXPECT_EQ(unavailable.status, Status::service_unavailable);
    EXPECT_TRUE(unavailable.headers.has("Retry-After"));
}

}  // namespace
}  // namespace kula::net
