#pragma once
/// @file
/// What a handler gets and gives: a request that is already checked and decoded, and a response as a plain value.
///
/// Source: RFC 9110 (semantics). Values only: no sockets, no threads.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/address.hpp"

namespace kula::net {

class EventStream;

enum class Method : std::uint8_t { get, head, post, put, patch, remove, options };

/// `GET` … `DELETE` (that is `remove`), `OPTIONS`.
std::string_view to_text(Method method);
/// RFC 9110 §9.2.1: a safe method changes nothing.
constexpr bool is_safe(Method method) {
    return method == Method::get || method == Method::head || method == Method::options;
}

/// The status codes that Kula answers with.
enum class Status : std::uint16_t {
    ok = 200,
    created = 201,
    accepted = 202,
    no_content = 204,
    found = 302,
    see_other = 303,
    not_modified = 304,
    permanent_redirect = 308,
    bad_request = 400,
    unauthorized = 401,
    forbidden = 403,
    not_found = 404,
    method_not_allowed = 405,
    not_acceptable = 406,
    request_timeout = 408,
    conflict = 409,
    precondition_failed = 412,
    content_too_large = 413,
    unsupported_media_type = 415,
    misdirected_request = 421,
    unprocessable_content = 422,
    precondition_required = 428,
    too_many_requests = 429,
    header_fields_too_large = 431,
    internal_error = 500,
    not_implemented = 501,
    service_unavailable = 503,
};
/// The reason phrase: `Not Found`.
std::string_view reason(Status status);
constexpr unsigned number(Status status) { return static_cast<unsigned>(status); }

/// Names and values in the order they came or were set. Names compare without regard to ASCII case.
class Headers {
public:
    struct Field {
        std::string name;
        std::string value;
    };

    /// Adds a field; one of the same name stays. A name that is no token, or a value with a control character other
    /// than the tab, is a bug in the caller (`std::logic_error`): that is how response splitting is kept out.
    void add(std::string name, std::string value);
    /// Replaces all fields of this name.
    void set(std::string name, std::string value);
    /// The first value of this name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }
    /// How often the name stands there.
    [[nodiscard]] std::size_t count(std::string_view name) const;
    [[nodiscard]] auto begin() const { return fields_.begin(); }
    [[nodiscard]] auto end() const { return fields_.end(); }

private:
    std::vector<Field> fields_;
};

/// A name and its value, both percent-decoded and valid UTF-8.
struct Parameter {
    std::string name;
    std::string value;
};

/// How the browser came: `https` also where a trusted proxy took the TLS off.
enum class Scheme : std::uint8_t { http, https };
/// `http`, `https`.
std::string_view to_text(Scheme scheme);

/// One request, whole. Target, header and body were within the route's limits, `Host` and `Origin` were accepted.
struct Request {
    Method method = Method::get;               ///< As sent; a handler for `GET` also sees `HEAD`.
    std::string path{};                        ///< As sent, without the query: still percent-encoded.
    std::vector<Parameter> query{};            ///< In order; a name may repeat. `+` is a blank.
    std::vector<Parameter> path_parameters{};  ///< What the route's `{names}` stand for.
    Headers headers{};
    std::string body{};
    base::Address peer{};  ///< The client: the other end of the connection, or whom a trusted proxy names.
    Scheme scheme = Scheme::http;
    std::string authority{};  ///< The name it was asked under, as sent and accepted: `kula.example.org:8443`.

    /// The first value of a header.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
    /// The value of a path parameter that the route names; asking for another is a bug (`std::logic_error`).
    [[nodiscard]] std::string_view parameter(std::string_view name) const;
    /// The first value of a query parameter.
    [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> query_values(std::string_view name) const;
    /// The content's type in lower case, without parameters: `application/json`. Empty if the request names none.
    [[nodiscard]] std::string media_type() const;
};

/// What was filled in: the fields of `application/x-www-form-urlencoded`, in order. Nothing for another type, and where
/// it is badly encoded or holds control characters.
std::optional<std::vector<Parameter>> form_fields(Request const& request);

/// Bytes that somebody else keeps: for as long as `owner` lives, or for ever if it is null.
struct SharedBytes {
    std::string_view bytes;
    std::shared_ptr<void const> owner{};
};

/// A body that is made while it is sent: for answers without a bound, in memory that has one.
struct Parts {
    /// The next part, which may be empty; nothing behind the last one. Asked on a thread of the heavy lane, when the
    /// client has taken the part before. An exception is reported and breaks the answer off, which the client sees:
    /// it is sent in chunks (RFC 9112 §7.1), and the last one does not come.
    std::function<std::optional<std::string>()> next{};
};

/// What a handler answers.
///
/// The server adds `Date`, length, security headers and, where the handler set none, `Cache-Control: no-store` (with an
/// `ETag`: `no-cache`). A `GET` whose `If-None-Match` names the response's `ETag`, or, without it, whose
/// `If-Modified-Since` is the response's `Last-Modified`, becomes 304. Text above 1 KiB that has neither a strong
/// `ETag` (one is of these very bytes) nor `Content-Encoding` is compressed for clients that accept gzip.
struct Response {
    Status status = Status::ok;
    Headers headers{};
    std::variant<std::string, SharedBytes, std::shared_ptr<EventStream>, Parts> body{};
};

/// A body with its `Content-Type`.
Response content(std::string_view content_type, std::string body, Status status = Status::ok);
/// `application/json`.
Response json(std::string body, Status status = Status::ok);
Response no_content();
/// 302 with `Location`.
Response redirect(std::string location);
/// 303 with `Location`: what a form's answer is, so that reloading does not send it again.
Response see_other(std::string location);
/// `text/event-stream`: stays open until the stream is closed, the client leaves or is too slow.
Response events(std::shared_ptr<EventStream> stream);

}  // namespace kula::net
