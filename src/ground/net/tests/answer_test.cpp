#include "answer.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include "gzip.hpp"
#include "net/event_stream.hpp"
#include "net/http_date.hpp"

namespace kula::net {
namespace {

base::ManualClock const moment(*base::parse_instant("1994-11-06T08:49:37Z"));

Answer answered(Response response, Asked asked = {}) { return finish(asked, std::move(response), moment); }

bool says(Answer const& answer, std::string_view line) {
    return answer.head.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}

std::string inflated(std::string_view bytes) {
    std::string out(1 << 20, '\0');
    z_stream stream{};
    inflateInit2(&stream, 31);
    std::string in(bytes);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

TEST(Answer, has_safe_headers_unless_the_handler_set_its_own) {
    auto const answer = answered(json("{}"));
    EXPECT_EQ(answer.head.substr(0, 17), "HTTP/1.1 200 OK\r\n");
    EXPECT_TRUE(says(answer, "Date: Sun, 06 Nov 1994 08:49:37 GMT"));
    EXPECT_TRUE(says(answer, "Content-Length: 2"));
    EXPECT_TRUE(says(answer, "X-Content-Type-Options: nosniff"));
    EXPECT_TRUE(says(answer, "Cross-Origin-Opener-Policy: same-origin"));
    EXPECT_TRUE(says(answer, "Referrer-Policy: no-referrer"));
    EXPECT_TRUE(says(answer, "Cache-Control: no-store"));
    EXPECT_NE(answer.head.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(answer.head.find("unsafe-inline"), std::string::npos);

    auto own = json("{}");
    own.headers.set("Cache-Control", "private");
    EXPECT_TRUE(says(answered(std::move(own)), "Cache-Control: private"));
}

TEST(Answer, compresses_long_text_for_those_who_take_it) {
    std::string const text(5000, 'a');
    Asked asked;
    asked.accepts_gzip = true;
    auto const answer = answered(json(text), asked);
    EXPECT_TRUE(says(answer, "Content-Encoding: gzip"));
    EXPECT_TRUE(says(answer, "Vary: Accept-Encoding"));
    EXPECT_EQ(inflated(answer.body.bytes), text);

    EXPECT_FALSE(says(answered(json(text)), "Content-Encoding: gzip"));
    EXPECT_FALSE(says(answered(json("{}"), asked), "Content-Encoding: gzip"));
    EXPECT_FALSE(says(answered(content("image/png", text), asked), "Content-Encoding: gzip"));
    auto tagged = json(text);
    tagged.headers.set("ETag", "\"7\"");
    EXPECT_FALSE(says(answered(std::move(tagged), asked), "Content-Encoding: gzip")) << "the tag names the plain bytes";
    auto weakly = json(text);
    weakly.headers.set("ETag", "W/\"7\"");
    EXPECT_TRUE(says(answered(std::move(weakly), asked), "Content-Encoding: gzip")) << "a weak tag names what they say";
}

TEST(Answer, knows_what_accept_encoding_means) {
    auto const accepts = [](std::string value) {
        Headers headers;
        headers.add("Accept-Encoding", std::move(value));
        return accepts_gzip(headers);
    };
    EXPECT_TRUE(accepts("gzip"));
    EXPECT_TRUE(accepts("br, GZIP;q=0.5"));
    EXPECT_TRUE(accepts("*"));
    EXPECT_FALSE(accepts("gzip;q=0, *"));
    EXPECT_FALSE(accepts("gzip;q=0.000"));
    EXPECT_FALSE(accepts("identity, br"));
    EXPECT_FALSE(accepts("*;q=0"));
    EXPECT_FALSE(accepts_gzip(Headers{}));
}

TEST(Answer, becomes_304_when_the_client_has_it) {
    for (auto const* known : {"\"7\"", "W/\"7\"", "\"6\", \"7\"", "*"}) {
        auto response = json("{\"a\":1}");
        response.headers.set("ETag", "\"7\"");
        Asked asked;
        asked.if_none_match = known;
        auto const answer = answered(std::move(response), asked);
        EXPECT_EQ(answer.status, Status::not_modified) << known;
        EXPECT_TRUE(answer.body.bytes.empty());
        EXPECT_TRUE(says(answer, "ETag: \"7\""));
        EXPECT_EQ(answer.head.find("Content-Length"), std::string::npos);
    }
    auto response = json("{}");
    response.headers.set("ETag", "\"7\"");
    Asked asked;
    asked.if_none_match = "\"6\"";
    EXPECT_EQ(answered(std::move(response), asked).status, Status::ok);
}

TEST(Answer, becomes_304_by_the_date_that_was_handed_out_unless_a_tag_says_more) {
    auto const status = [](std::string tag, std::string date, Method method = Method::get) {
        auto response = json("{}");
        response.headers.set("ETag", "\"7\"");
        response.headers.set("Last-Modified", http_date(base::Instant{}));
        Asked asked;
        asked.method = method;
        asked.if_none_match = std::move(tag);
        asked.if_modified_since = std::move(date);
        return answered(std::move(response), asked).status;
    };
    std::string const begin = "Thu, 01 Jan 1970 00:00:00 GMT";
    EXPECT_EQ(status("", begin), Status::not_modified);
    EXPECT_EQ(status("", begin, Method::post), Status::ok);
    EXPECT_EQ(status("\"6\"", begin), Status::ok);
    for (auto const* other : {"", "Thu, 01 Jan 1970 00:00:01 GMT", "yesterday"})
        EXPECT_EQ(status("", other), Status::ok) << other;
}

TEST(Answer, that_is_compressed_varies_by_what_it_varied_before_too) {
    auto response = json(std::string(4000, 'a'));
    response.headers.set("Vary", "Accept-Language");
    auto const answer = answered(std::move(response), Asked{});
    EXPECT_TRUE(says(answer, "Vary: Accept-Language"));
    EXPECT_TRUE(says(answer, "Vary: Accept-Encoding"));
}

TEST(Answer, to_head_tells_the_length_without_the_body) {
    Asked asked;
    asked.method = Method::head;
    auto const answer = answered(json("{\"a\":1}"), asked);
    EXPECT_TRUE(says(answer, "Content-Length: 7"));
    EXPECT_TRUE(answer.body.bytes.empty());
}

TEST(Answer, with_a_stream_ends_with_the_connection) {
    Asked asked;
    asked.after = AfterAnswer::keep_open;
    auto const answer = answered(events(std::make_shared<EventStream>()), asked);
    EXPECT_TRUE(answer.stream);
    EXPECT_TRUE(says(answer, "Connection: close"));
    EXPECT_TRUE(says(answer, "Content-Type: text/event-stream"));
    EXPECT_EQ(answer.head.find("Content-Length"), std::string::npos);
}

}  // namespace
}  // namespace kula::net
