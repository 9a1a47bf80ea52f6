#include "fields.hpp"

#include <fmt/format.h>

#include "reply.hpp"
#include "seals/digest.hpp"

namespace kula::api {

Fields::Fields(net::Request const& request) {
    unreadable_ = other_type(request, {"application/json"});
    if (unreadable_) return;
    auto json = parse_body(request);
    if (!json) {
        unreadable_ = api::refusal(json.error());
    } else if (!json->is_object()) {
        unreadable_ = api::refusal(base::invalid("the body is no JSON object"));
    } else {
        object_ = std::move(*json);
    }
}

Json const* Fields::member(std::string_view name) {
    taken_.emplace(name);
    if (unreadable_) return nullptr;
    auto const found = object_.find(name);
    if (found != object_.end()) return &*found;
    wrong(name, "is required");
    return nullptr;
}

std::string Fields::text(std::string_view name, std::size_t most_bytes) {
    auto const* const value = member(name);
    if (value == nullptr) return {};
    if (value->is_string() && value->get_ref<std::string const&>().size() <= most_bytes)
        return value->get<std::string>();
    wrong(name, fmt::format("must be text of at most {} bytes", most_bytes));
    return {};
}

std::optional<std::string> Fields::text_or_null(std::string_view name, std::size_t most_bytes) {
    auto const* const value = member(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_string() && value->get_ref<std::string const&>().size() <= most_bytes)
        return value->get<std::string>();
    wrong(name, fmt::format("must be null or text of at most {} bytes", most_bytes));
    return std::nullopt;
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    auto const* const value = member(name);
    if (value == nullptr) return least;
    if (value->is_number_integer() && value->get<std::int64_t>() >= least && value->get<std::int64_t>() <= most)
        return value->get<std::int64_t>();
    wrong(name, fmt::format("must be a whole number from {} to {}", least, most));
    return least;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t most) {
    auto const* const value = member(name);
    if (value == nullptr) return {};
    std::vector<std::string> out;
    bool fits = value->is_array() && value->size() <= most;
    for (std::size_t i = 0; fits && i < value->size(); ++i) {
        fits = (*value)[i].is_string();
        if (fits) out.push_back((*value)[i].get<std::string>());
    }
    if (!fits) wrong(name, fmt::format("must be a list of at most {} texts", most));
    return out;
}

std::string Fields::bytes(std::string_view name, std::size_t most_characters) {
    auto const value = text(name, most_characters);
    auto decoded = seals::from_base64url(value);
    if (!decoded) wrong(name, "must be base64url");
    return decoded.value_or("");
}

std::optional<net::Response> Fields::refusal() {
    if (unreadable_) return std::move(unreadable_);
    for (auto const& [name, value] : object_.items()) {
        if (!taken_.contains(name)) wrong(name, "is unknown");
    }
    if (problems_.empty()) return std::nullopt;
    return api::refusal(problems_);
}

}  // namespace kula::api
