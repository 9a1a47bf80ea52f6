#include "net/static_files.hpp"

#include <gtest/gtest.h>

namespace kula::net {
namespace {

StaticFiles desk() {
    StaticOptions options;
    options.content_security_policy = "default-src 'self'";
    return StaticFiles({{"index.html", "<html>", "gz-html", "d1"},
                        {"assets/index-B1x2.js", "js", "gz-js", "d2"},
                        {"logo.png", "png", "", "d3"}},
                       options);
}

Response asked(std::string_view path, std::string encoding = "") {
    static auto const files = desk();
    Request request;
    if (!encoding.empty()) request.headers.set("Accept-Encoding", std::move(encoding));
    return files.answer(request, path);
}

std::string_view bytes(Response const& response) { return std::get<SharedBytes>(response.body).bytes; }

TEST(StaticFiles, serve_a_file_with_its_type_and_tag) {
    auto const response = asked("index.html");
    EXPECT_EQ(bytes(response), "<html>");
    EXPECT_EQ(response.headers.find("Content-Type"), "text/html; charset=utf-8");
    EXPECT_EQ(response.headers.find("ETag"), "\"d1\"");
    EXPECT_EQ(response.headers.find("Cache-Control"), "no-cache");
    EXPECT_EQ(response.headers.find("Content-Security-Policy"), "default-src 'self'");
}

TEST(StaticFiles, hashed_names_stay_in_the_cache) {
    EXPECT_EQ(asked("assets/index-B1x2.js").headers.find("Cache-Control"), "public, max-age=31536000, immutable");
}

TEST(StaticFiles, each_encoding_has_its_tag) {
    auto const response = asked("index.html", "gzip");
    EXPECT_EQ(bytes(response), "gz-html");
    EXPECT_EQ(response.headers.find("Content-Encoding"), "gzip");
    EXPECT_EQ(response.headers.find("ETag"), "\"d1-gz\"");
    EXPECT_EQ(response.headers.find("Vary"), "Accept-Encoding");
    EXPECT_EQ(bytes(asked("logo.png", "gzip")), "png");
}

TEST(StaticFiles, pages_of_the_application_are_the_index) {
    EXPECT_EQ(bytes(asked("")), "<html>");
    EXPECT_EQ(bytes(asked("sightings/018f-7")), "<html>");
}

TEST(StaticFiles, a_missing_file_is_no_page) {
    EXPECT_EQ(asked("assets/old-B1x2.js").status, Status::not_found);
    EXPECT_EQ(asked("../../etc/passwd.txt").status, Status::not_found);
}

}  // namespace
}  // namespace kula::net
