#include "net/http.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "net/event_stream.hpp"
#include "text.hpp"

namespace kula::net {
namespace {

std::optional<std::string_view> first(std::vector<Parameter> const& parameters, std::string_view name) {
    auto const found =
        std::find_if(parameters.begin(), parameters.end(), [&](auto const& p) { return p.name == name; });
    if (found == parameters.end()) return std::nullopt;
    return found->value;
}

Response to_location(Status status, std::string location) {
    Response response{status};
    response.headers.set("Location", std::move(location));
    return response;
}

}  // namespace

std::string_view to_text(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::remove: return "DELETE";
        case Method::options: return "OPTIONS";
    }
    return "";
}

std::string_view to_text(Scheme scheme) { return scheme == Scheme::https ? "https" : "http"; }

std::string_view reason(Status status) {
    switch (status) {
        case Status::ok: return "OK";
        case Status::created: return "Created";
        case Status::accepted: return "Accepted";
        case Status::no_content: return "No Content";
        case Status::found: return "Found";
        case Status::see_other: return "See Other";
        case Status::not_modified: return "Not Modified";
        case Status::permanent_redirect: return "Permanent Redirect";
        case Status::bad_request: return "Bad Request";
        case Status::unauthorized: return "Unauthorized";
        case Status::forbidden: return "Forbidden";
        case Status::not_found: return "Not Found";
        case Status::method_not_allowed: return "Method Not Allowed";
        case Status::not_acceptable: return "Not Acceptable";
        case Status::request_timeout: return "Request Timeout";
        case Status::conflict: return "Conflict";
        case Status::precondition_failed: return "Precondition Failed";
        case Status::content_too_large: return "Content Too Large";
        case Status::unsupported_media_type: return "Unsupported Media Type";
        case Status::misdirected_request: return "Misdirected Request";
        case Status::unprocessable_content: return "Unprocessable Content";
        case Status::precondition_required: return "Precondition Required";
        case Status::too_many_requests: return "Too Many Requests";
        case Status::header_fields_too_large: return "Request Header Fields Too Large";
        case Status::internal_error: return "Internal Server Error";
        case Status::not_implemented: return "Not Implemented";
        case Status::service_unavailable: return "Service Unavailable";
    }
    return "Unknown";
}

void Headers::add(std::string name, std::string value) {
    base::must(is_token(name), "a header's name is a token");
    base::must(is_field_value(value), "a header's value has no control characters");
    fields_.push_back({std::move(name), std::move(value)});
}

void Headers::set(std::string name, std::string value) {
    fields_.erase(std::remove_if(fields_.begin(), fields_.end(),
                                 [&](Field const& field) { return same_ignoring_case(field.name, name); }),
                  fields_.end());
    add(std::move(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (auto const& field : fields_) {
        if (same_ignoring_case(field.name, name)) return field.value;
    }
    return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        fields_.begin(), fields_.end(), [&](Field const& field) { return same_ignoring_case(field.name, name); }));
}

std::string_view Request::parameter(std::string_view name) const {
    auto const value = first(path_parameters, name);
    base::must(value.has_value(), "a handler asks only for parameters of its route");
    return *value;
}

std::optional<std::string_view> Request::query_value(std::string_view name) const { return first(query, name); }

std::vector<std::string_view> Request::query_values(std::string_view name) const {
    std::vector<std::string_view> values;
    for (auto const& parameter : query) {
        if (parameter.name == name) values.emplace_back(parameter.value);
    }
    return values;
}

std::string Request::media_type() const {
    auto const value = header("Content-Type").value_or("");
    return lower_case(trimmed(value.substr(0, value.find(';'))));
}

Response content(std::string_view content_type, std::string body, Status status) {
    Response response{status};
    response.headers.set("Content-Type", std::string(content_type));
    response.body = std::move(body);
    return response;
}

Response json(std::string body, Status status) { return content("application/json", std::move(body), status); }

Response no_content() { return {Status::no_content}; }

Response redirect(std::string location) { return to_location(Status::found, std::move(location)); }

Response see_other(std::string location) { return to_location(Status::see_other, std::move(location)); }

Response events(std::shared_ptr<EventStream> stream) {
    Response response;
    response.headers.set("Content-Type", "text/event-stream");
    response.headers.set("Cache-Control", "no-store");
    response.body = std::move(stream);
    return response;
}

}  // namespace kula::net
