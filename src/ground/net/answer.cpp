#include "answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gzip.hpp"
#include "net/event_stream.hpp"
#include "net/http_date.hpp"
#include "text.hpp"

namespace kula::net {
namespace {

constexpr std::size_t worth_compressing = 1024;

struct DefaultHeader {
    std::string_view name;
    std::string_view value;
};

/// The desk and the portal are all there is to load; nobody may frame them, and no page keeps a handle on them.
constexpr std::array safe_defaults{
    DefaultHeader{"Content-Security-Policy",
                  "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"},
    DefaultHeader{"X-Content-Type-Options", "nosniff"},
    DefaultHeader{"X-Frame-Options", "DENY"},
    DefaultHeader{"Referrer-Policy", "no-referrer"},
    DefaultHeader{"Cross-Origin-Opener-Policy", "same-origin"},
    DefaultHeader{"Cross-Origin-Resource-Policy", "same-origin"},
};

std::string_view opaque_tag(std::string_view etag) { return etag.substr(0, 2) == "W/" ? etag.substr(2) : etag; }

/// Weak comparison, RFC 9110 §13.1.2.
bool names_tag(std::string_view if_none_match, std::string_view etag) {
    auto const elements = list_elements(if_none_match);
    return std::any_of(elements.begin(), elements.end(), [&](std::string_view element) {
        return element == "*" || opaque_tag(element) == opaque_tag(etag);
    });
}

/// Whether the client has it already. A tag is told more exactly than a date, and decides where both are told (RFC 9110
/// §13.2.2). Of dates only the very one that was handed out counts: any other is no promise of ours.
bool is_known(Asked const& asked, Headers const& headers) {
    auto const etag = headers.find("ETag"), modified = headers.find("Last-Modified");
    if (!asked.if_none_match.empty()) return etag && names_tag(asked.if_none_match, *etag);
    return modified && asked.if_modified_since == *modified;
}

void answer_condition(Asked const& asked, Response& response) {
    bool const reads = asked.method == Method::get || asked.method == Method::head;
    if (!reads || response.status != Status::ok || !is_known(asked, response.headers)) return;
    response.status = Status::not_modified;
    response.body = std::string();
}

void compress(Asked const& asked, Response& response) {
    auto* const text = std::get_if<std::string>(&response.body);
    auto const& headers = response.headers;
    bool const is_strong = headers.has("ETag") && headers.find("ETag")->substr(0, 2) != "W/";
    bool const fitting = text != nullptr && text->size() > worth_compressing && !is_strong &&
                         !headers.has("Content-Encoding") && is_compressible(headers.find("Content-Type").value_or(""));
    if (!fitting) return;
    response.headers.add("Vary", "Accept-Encoding");
    if (!asked.accepts_gzip) return;
    auto smaller = gzip(*text);
    if (!smaller || smaller->size() >= text->size()) return;
    *text = std::move(*smaller);
    response.headers.set("Content-Encoding", "gzip");
}

void add_defaults(Asked const& asked, Response& response, base::Clock const& clock) {
    auto& headers = response.headers;
    // RFC 6797: for a year, only over TLS. Browsers heed it only where the certificate is good.
    if (asked.scheme == Scheme::https) headers.set("Strict-Transport-Security", "max-age=31536000");
    for (auto const& [name, value] : safe_defaults) {
        if (!headers.has(name)) headers.add(std::string(name), std::string(value));
    }
    if (!headers.has("Cache-Control")) headers.add("Cache-Control", headers.has("ETag") ? "no-cache" : "no-store");
    headers.set("Date", http_date(clock.now()));
}

bool has_content(Status status) { return status != Status::no_content && status != Status::not_modified; }

std::string head_of(Response const& response, AfterAnswer after) {
    auto head = fmt::format("HTTP/1.1 {} {}\r\n", number(response.status), reason(response.status));
    for (auto const& [name, value] : response.headers) head.append(name).append(": ").append(value).append("\r\n");
    head += after == AfterAnswer::close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    return head;
}

}  // namespace

Asked asked(Request const& request, AfterAnswer after) {
    auto const told = [&](std::string_view name) { return std::string(request.header(name).value_or("")); };
    return {request.method,        accepts_gzip(request.headers),
            told("If-None-Match"), told("If-Modified-Since"),
            request.scheme,        after};
}

Answer finish(Asked const& asked, Response response, base::Clock const& clock) {
    answer_condition(asked, response);
    compress(asked, response);
    add_defaults(asked, response, clock);

    Answer answer;
    answer.status = response.status;
    answer.after = asked.after;
    if (auto* const stream = std::get_if<std::shared_ptr<EventStream>>(&response.body)) {
        // Without a length, the end of the connection is the end of the stream (RFC 9112 §6.3).
        answer.after = AfterAnswer::close;
        if (asked.method != Method::head) answer.stream = std::move(*stream);
        answer.head = head_of(response, answer.after);
        return answer;
    }
    if (auto* const parts = std::get_if<Parts>(&response.body)) {
        if (asked.method != Method::head) answer.parts = std::move(*parts);
        response.headers.set("Transfer-Encoding", "chunked");
        answer.head = head_of(response, answer.after);
        return answer;
    }
    if (auto* const text = std::get_if<std::string>(&response.body)) {
        auto const kept = std::make_shared<std::string const>(std::move(*text));
        answer.body = {*kept, kept};
    } else {
        answer.body = std::get<SharedBytes>(response.body);
    }
    if (has_content(response.status)) response.headers.set("Content-Length", std::to_string(answer.body.bytes.size()));
    if (asked.method == Method::head || !has_content(response.status)) answer.body = {};
    answer.head = head_of(response, answer.after);
    return answer;
}

}  // namespace kula::net
