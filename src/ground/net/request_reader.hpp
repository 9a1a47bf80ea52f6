#pragma once
/// @file
/// From bytes to one request, step by step. Part of the one unit that includes Boost.Beast: only `server.cpp` includes
/// it.

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "net/http.hpp"
#include "net/problem.hpp"
#include "text.hpp"

namespace kula::net {

class RequestReader {
public:
    explicit RequestReader(std::size_t header_bytes) : header_bytes_(header_bytes) {
        parser_.header_limit(static_cast<std::uint32_t>(header_bytes));
        parser_.body_limit(boost::none);  // the route that is found after the head sets it
    }

    enum class Progress { more, head, whole };
    struct Fed {
        std::size_t consumed = 0;
        Progress progress = Progress::more;
        std::optional<Problem> problem{};
    };

    /// Takes what it can. `head` comes once, when the head is complete; call again with the rest.
    Fed feed(boost::asio::const_buffer bytes) {
        Fed fed;
        while (fed.consumed < bytes.size()) {
            boost::beast::error_code fault;
            bool const in_head = !parser_.is_header_done();
            if (waits_for_chunk_ && bytes.size() - fed.consumed < last_chunk_bytes) break;
            auto const taken = parser_.put(bytes + fed.consumed, fault);
            fed.consumed += taken;
            if (in_head) head_taken_ += taken;
            waits_for_chunk_ = !in_head && parser_.chunked() && fault == boost::beast::http::error::need_more;
            if (fault == boost::beast::http::error::need_more) {
                fed.problem = too_long(bytes.size() - fed.consumed);
                return fed;
            }
            if (fault) {
                fed.problem = problem_of(fault);
                return fed;
            }
            if (in_head && parser_.is_header_done()) {
                fed.progress = Progress::head;
                return fed;
            }
            if (parser_.is_done()) break;
        }
        if (parser_.is_done()) fed.progress = Progress::whole;
        return fed;
    }

    [[nodiscard]] bool is_whole() const { return parser_.is_done(); }

    // Once the head is complete:

    [[nodiscard]] std::optional<Method> method() const {
        using boost::beast::http::verb;
        switch (parser_.get().method()) {
            case verb::get: return Method::get;
            case verb::head: return Method::head;
            case verb::post: return Method::post;
            case verb::put: return Method::put;
            case verb::patch: return Method::patch;
            case verb::delete_: return Method::remove;
            case verb::options: return Method::options;
            default: return std::nullopt;
        }
    }
    [[nodiscard]] std::string_view target() const { return view(parser_.get().target()); }
    [[nodiscard]] bool may_stay_open() const { return parser_.keep_alive(); }
    [[nodiscard]] bool takes_chunks() const { return parser_.get().version() >= 11; }
    [[nodiscard]] bool expects_continue() const {
        return parser_.get().version() >= 11 && same_ignoring_case(view(parser_.get()["Expect"]), "100-continue");
    }

    /// Nothing when a field holds what no field may hold.
    [[nodiscard]] std::optional<Headers> headers() const {
        Headers out;
        for (auto const& field : parser_.get()) {
            auto const name = view(field.name_string());
            auto const value = view(field.value());
            if (!is_token(name) || !is_field_value(value)) return std::nullopt;
            out.add(std::string(name), std::string(value));
        }
        return out;
    }

    /// A coding that we do not know would leave the body's end in doubt (RFC 9112 §6.1).
    [[nodiscard]] bool has_doubtful_framing() const {
        auto const coding = view(parser_.get()["Transfer-Encoding"]);
        bool const named = parser_.get().count("Transfer-Encoding") > 0;
        return named && (!same_ignoring_case(trimmed(coding), "chunked") || parser_.get().version() < 11);
    }

    /// False when the request announces more; a chunked body is stopped when it grows longer.
    [[nodiscard]] bool limit_body(std::size_t bytes) {
        parser_.body_limit(bytes);
        auto const announced = parser_.content_length();
        return !announced || *announced <= bytes;
    }

    [[nodiscard]] std::size_t body_bytes() const { return parser_.get().body().size(); }
    [[nodiscard]] std::string take_body() { return std::move(parser_.get().body()); }

private:
    template <class View>
    static std::string_view view(View const& text) {
        return {text.data(), text.size()};
    }

    /// What waits for its end, a header or a chunk's extensions and trailers, has a bound.
    [[nodiscard]] std::optional<Problem> too_long(std::size_t waiting) const {
        if (!parser_.is_header_done() && head_taken_ + waiting >= header_bytes_) return head_too_long();
        if (parser_.is_header_done() && waiting >= header_bytes_)
            return Problem{Status::bad_request, "a chunk's header is too long"};
        return std::nullopt;
    }

    [[nodiscard]] Problem head_too_long() const {
        return {Status::header_fields_too_large,
                fmt::format("the request line and header fields may have {} bytes", header_bytes_)};
    }

    [[nodiscard]] Problem problem_of(boost::beast::error_code const& fault) const {
        if (fault == boost::beast::http::error::header_limit) return head_too_long();
        if (fault == boost::beast::http::error::body_limit) {
            return {Status::content_too_large, "the body is longer than this address takes"};
        }
        return {Status::bad_request, fmt::format("the request is malformed: {}", fault.message())};
    }

    /// `0`, two line ends: so many bytes of a chunked body are always still to come. Beast 1.81 asserts that it gets
    /// them at once where it has seen the first line end before, which a peer that sends byte by byte would break.
    static constexpr std::size_t last_chunk_bytes = 5;

    std::size_t const header_bytes_;
    std::size_t head_taken_ = 0;
    bool waits_for_chunk_ = false;
    boost::beast::http::request_parser<boost::beast::http::string_body> parser_;
};

}  // namespace kula::net
