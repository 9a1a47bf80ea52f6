#include "reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "net/client.hpp"

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
        if (base::trimmed(if_match.substr(0, end)) == tag) return true;
        if_match.remove_prefix(std::min(end + 1, if_match.size()));
    }
    return false;
}

/// `*`, or entity tags parted by commas (RFC 9110 §13.1.1, §8.8.3); of the list, empty elements are passed over.
bool is_if_match(std::string_view text) {
    if (base::trimmed(text) == "*") return true;
    bool has_tag = false;
    for (text = base::trimmed(text); !text.empty(); text = base::trimmed(text)) {
        if (text.front() == ',') {
            text.remove_prefix(1);
            continue;
        }
        if (text.starts_with("W/")) text.remove_prefix(2);
        auto const end = text.starts_with('"') ? text.find('"', 1) : std::string_view::npos;
        if (end == std::string_view::npos) return false;
        text = base::trimmed(text.substr(end + 1));
        if (!text.empty() && text.front() != ',') return false;
        has_tag = true;
    }
    return has_tag;
}

}  // namespace

std::string attachment(std::string_view file_name) {
    constexpr std::size_t longest_name = 200;
    file_name = base::beginning(file_name, longest_name);
    std::string plain(file_name);
    std::replace_if(
        plain.begin(), plain.end(),
        [](char c) { return c < ' ' || c > '~' || std::string_view("\"%/\\").find(c) != std::string_view::npos; }, '_');
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + net::percent_encoded(file_name);
}

std::string etag(std::int64_t version) { return '"' + std::to_string(version) + '"'; }

std::optional<std::int64_t> version_in(std::string_view if_match) {
    auto const begin = if_match.find('"');
    if (begin == std::string_view::npos) return std::nullopt;
    std::int64_t version = 0;
    auto const* const first = if_match.data() + begin + 1;
    auto const* const last = if_match.data() + if_match.size();
    auto const [end, fault] = std::from_chars(first, last, version);
    if (fault != std::errc{} || end == last || *end != '"') return std::nullopt;
    return version;
}

net::Response reply(Json const& json, net::Status status) { return net::json(written(json), status); }

net::Response reply_versioned(Json const& json, std::int64_t version, net::Status status) {
    auto response = reply(json, status);
    response.headers.set("ETag", etag(version));
    return response;
}

net::Response refusal(base::Error const& error) {
    auto const colon = error.detail.find(": ");
    bool const names_field = error.fault == base::Fault::invalid && error.fields.empty() &&
                             colon != std::string::npos && is_field(error.detail.substr(0, colon));
    if (!names_field) return net::to_response(error);
    return net::to_response(base::invalid(error.detail.substr(0, colon), error.detail.substr(colon + 2)));
}

net::Response refusal(std::vector<net::FieldProblem> errors) {
    return net::to_response(base::invalid(std::move(errors)));
}

std::optional<net::Response> precondition(net::Request const& request, std::int64_t version) {
    auto const if_match = request.header("If-Match");
    if (!if_match) {
        return net::to_response(
            net::Problem{net::Status::precondition_required, "If-Match is required: read it and send its ETag"});
    }
    if (!is_if_match(*if_match))
        return refusal(base::invalid("If-Match", "must be the ETag as it was read, in its quotes"));
    if (names(*if_match, etag(version))) return std::nullopt;
    auto response = net::to_response(net::Problem{
        net::Status::precondition_failed, fmt::format("it changed since it was read: version is {} now", version)});
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
