#include "answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "gzip.hpp"
#include "net/event_stream.hpp"
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

void answer_condition(Asked const& asked, Response& response) {
    auto const etag = response.headers.find("ETag");
    bool const reads = asked.method == Method::get || asked.method == Method::head;
    if (!reads || response.status != Status::ok || !etag || asked.if_none_match.empty()) return;
    if (!names_tag(asked.if_none_match, *etag)) return;
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
    response.headers.set("Vary", "Accept-Encoding");
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
    return {request.method, accepts_gzip(request.headers), std::string(request.header("If-None-Match").value_or("")),
            request.scheme, after};
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

std::string http_date(base::Instant instant) {
    using namespace std::chrono;
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = floor<std::chrono::days>(instant);
    year_month_day const date(day);
    hh_mm_ss const time(floor<seconds>(instant - day));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

}  // namespace kula::net
