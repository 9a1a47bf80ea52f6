#include "members.hpp"

#include <limits>

namespace kula::api {
namespace {

/// An unsigned number that no `int64_t` holds.
bool is_beyond(Json const& number) {
    return number.is_number_unsigned() && number.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max();
}

}  // namespace

Members::Members(Json const& object, std::string path, std::vector<net::FieldProblem>& problems)
    : object_(object), path_(std::move(path)), problems_(problems) {
    if (!object.is_object()) wrong("", "must be an object");
}

std::optional<std::string> Members::text(std::string_view name, Need need) {
    auto const* const member = any(name, need);
    if (member == nullptr || (member->is_null() && need == Need::optional)) return std::nullopt;
    if (member->is_string()) return member->get<std::string>();
    wrong(name, "must be a text");
    return std::nullopt;
}

bool Members::flag(std::string_view name, Need need) {
    auto const* const member = any(name, need);
    if (member == nullptr) return false;
    if (member->is_boolean()) return member->get<bool>();
    wrong(name, "must be true or false");
    return false;
}

std::optional<std::int64_t> Members::integer(std::string_view name, std::int64_t least, std::int64_t most, Need need) {
    auto const* const member = any(name, need);
    if (member == nullptr || (member->is_null() && need == Need::optional)) return std::nullopt;
    bool const is_one = member->is_number_integer() && member->get<std::int64_t>() >= least &&
                        member->get<std::int64_t>() <= most && !is_beyond(*member);
    if (is_one) return member->get<std::int64_t>();
    wrong(name, fmt::format("must be a whole number from {} to {}", least, most));
    return std::nullopt;
}

std::vector<std::string> Members::texts(std::string_view name, std::size_t most, Need need) {
    std::vector<std::string> out;
    list(name, most, need, [&](Json const& entry, std::string const& at) {
        if (entry.is_string()) return out.push_back(entry.get<std::string>());
        if (problems_.size() < most_problems) problems_.push_back({at, "must be a text"});
    });
    return out;
}

Json const* Members::any(std::string_view name, Need need) {
    taken_.emplace(name);
    if (!object_.is_object()) return nullptr;
    auto const found = object_.find(name);
    if (found != object_.end()) return &*found;
    if (need == Need::required) wrong(name, "is required");
    return nullptr;
}

void Members::wrong(std::string_view name, std::string message) {
    if (problems_.size() < most_problems) problems_.push_back({path(name), std::move(message)});
}

void Members::refuse_others() {
    if (!object_.is_object()) return;
    for (auto const& [name, value] : object_.items()) {
        if (!taken_.contains(name)) wrong(name, "is unknown");
    }
}

std::string Members::path(std::string_view name) const {
    if (name.empty()) return path_.empty() ? "body" : path_;
    return path_.empty() ? std::string(name) : path_ + '.' + std::string(name);
}

Json const* Members::array(std::string_view name, std::size_t most, Need need) {
    auto const* const member = any(name, need);
    if (member == nullptr) return nullptr;
    if (!member->is_array()) {
        wrong(name, "must be a list");
    } else if (member->size() > most) {
        wrong(name, fmt::format("may have {} entries", most));
    } else {
        return member;
    }
    return nullptr;
}

}  // namespace kula::api
