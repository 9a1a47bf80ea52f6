#include "net/problem.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text.hpp"

namespace kula::net {
namespace {

/// The length of the well-formed UTF-8 sequence at the beginning; 0 where there is none.
std::size_t sequence_length(std::string_view text) {
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length) {
        if (is_utf8(text.substr(0, length))) return length;
    }
    return 0;
}

void append_quoted(std::string& out, std::string_view text) {
    out.push_back('"');
    while (!text.empty()) {
        auto const length = sequence_length(text);
        auto const byte = static_cast<unsigned char>(text.front());
        if (length == 0) {
            out += "\\ufffd";
        } else if (byte == '"' || byte == '\\') {
            out.push_back('\\');
            out.push_back(text.front());
        } else if (byte < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    out.push_back('"');
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
    if (out.back() != '{') out.push_back(',');
    append_quoted(out, name);
    out.push_back(':');
    append_quoted(out, value);
}

/// The kind of fault for those who read only that.
std::string_view fault_of(Status status) {
    switch (status) {
        case Status::not_found: return "not_found";
        case Status::conflict:
        case Status::precondition_failed: return "conflict";
        case Status::unauthorized:
        case Status::forbidden:
        case Status::misdirected_request: return "refused";
        case Status::internal_error:
        case Status::request_timeout:
        case Status::too_many_requests:
        case Status::service_unavailable: return "unavailable";
        default: return "invalid";
    }
}

Status status_of(base::Fault fault) {
    switch (fault) {
        case base::Fault::invalid: return Status::unprocessable_content;
        case base::Fault::not_found: return Status::not_found;
        case base::Fault::conflict: return Status::conflict;
        case base::Fault::unavailable: return Status::service_unavailable;
        case base::Fault::refused: return Status::forbidden;
    }
    return Status::internal_error;
}

std::optional<std::chrono::seconds> retry_after(Problem const& problem) {
    if (problem.retry_after) return std::max(*problem.retry_after, std::chrono::seconds(1));
    if (problem.status == Status::too_many_requests) return std::chrono::seconds(1);
    return std::nullopt;
}

}  // namespace

Response to_response(Problem const& problem) {
    std::string out = "{";
    append_member(out, "type", problem.type.empty() ? "about:blank" : problem.type);
    append_member(out, "title", reason(problem.status));
    fmt::format_to(std::back_inserter(out), ",\"status\":{}", number(problem.status));
    append_member(out, "detail", problem.detail);
    append_member(out, "fault", fault_of(problem.status));
    if (!problem.errors.empty()) {
        out += ",\"errors\":[";
        for (auto const& error : problem.errors) {
            out += out.back() == '[' ? "{" : ",{";
            append_member(out, "field", error.field);
            append_member(out, "message", error.message);
            out.push_back('}');
        }
        out.push_back(']');
    }
    out.push_back('}');
    auto response = content("application/problem+json", std::move(out), problem.status);
    if (auto const wait = retry_after(problem)) response.headers.set("Retry-After", std::to_string(wait->count()));
    if (problem.status == Status::unauthorized) {
        response.headers.set("WWW-Authenticate", "Bearer realm=\"kula\"");
    }
    return response;
}

Response to_response(base::Error const& error) {
    Problem problem{status_of(error.fault), error.detail, error.fields};
    if (error.fault == base::Fault::unavailable) problem.retry_after = std::chrono::seconds(5);
    return to_response(problem);
}

}  // namespace kula::net
