#include "reply.hpp"

#include <algorithm>

namespace kula::api {
namespace {

/// Whether a detail begins with the name of a field: `contacts[2].email`.
bool is_field(std::string_view text) {
    return !text.empty() && text.size() <= 100 && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '[' || c == ']';
           });
}

bool names(std::string_view if_match, std::string const& tag) {
    if (if_match == "*") return true;
    while (!if_match.empty()) {
        auto const end = std::min(if_match.find(','), if_match.size());
        auto element = if_match.substr(0, end);
        element.remove_prefix(std::min(element.find_first_not_of(" \t"), element.size()));
        element = element.substr(0, element.find_last_not_of(" \t") + 1);
        if (element == tag) return true;
        if_match.remove_prefix(std::min(end + 1, if_match.size()));
    }
    return false;
}

}  // namespace

std::string etag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

net::Response reply(Json const& json, net::Status status) { return net::json(written(json), status); }

net::Response reply_versioned(Json const& json, std::int64_t version, net::Status status) {
    auto response = reply(json, status);
    response.headers.set("ETag", etag(version));
    return response;
}

net::Response refusal(base::Error const& error) {
    auto const colon = error.detail.find(": ");
    if (error.fault != base::Fault::invalid || colon == std::string::npos || !is_field(error.detail.substr(0, colon))) {
        return net::to_response(error);
    }
    return net::to_response(net::Problem{net::Status::unprocessable_content,
                                         error.detail,
                                         {{error.detail.substr(0, colon), error.detail.substr(colon + 2)}}});
}

net::Response refusal(std::vector<net::FieldProblem> errors) {
    auto detail = errors.empty() ? std::string("the request breaks a rule")
                                 : errors.front().field + ": " + errors.front().message;
    if (errors.size() > 1) detail += ", and " + std::to_string(errors.size() - 1) + " more";
    return net::to_response(net::Problem{net::Status::unprocessable_content, std::move(detail), std::move(errors)});
}

std::optional<net::Response> precondition(net::Request const& request, std::int64_t version) {
    auto const if_match = request.header("If-Match");
    if (!if_match) {
        return net::to_response(
            net::Problem{net::Status::precondition_required, "If-Match is required: read it and send its ETag"});
    }
    if (names(*if_match, etag(version))) return std::nullopt;
    auto response =
        net::to_response(net::Problem{net::Status::precondition_failed,
                                      "it changed since it was read: version is " + std::to_string(version) + " now"});
    response.headers.set("ETag", etag(version));
    return response;
}

net::Response with_members(net::Response response, Json const& members) {
    auto json = Json::parse(std::get<std::string>(response.body), nullptr, false);
    for (auto const& [name, value] : members.items()) json[name] = value;
    response.body = written(json);
    return response;
}

std::optional<net::Response> other_type(net::Request const& request, std::initializer_list<std::string_view> types) {
    auto const type = request.media_type();
    if (std::find(types.begin(), types.end(), type) != types.end()) return std::nullopt;
    std::string listed;
    for (auto const& known : types) listed.append(listed.empty() ? "send " : " or ").append(known);
    return net::to_response(net::Problem{net::Status::unsupported_media_type, std::move(listed)});
}

base::Result<Json> parse_body(net::Request const& request) {
    constexpr int deepest = 16;
    bool too_deep = false;
    auto json = Json::parse(
        request.body,
        [&](int depth, Json::parse_event_t, Json&) {
            too_deep = too_deep || depth > deepest;
            return !too_deep;
        },
        false);
    if (too_deep || json.is_discarded()) return base::invalid("the body is no JSON of this address");
    return json;
}

}  // namespace kula::api
