#include "told.hpp"

#include <algorithm>

namespace kula::intake {

void Told::wrong(std::string message) const {
    if (problems_.size() < most_mistakes) problems_.push_back({path_, std::move(message)});
}

void Told::wrong(std::string_view member, std::string message) const {
    if (problems_.size() < most_mistakes) problems_.push_back({path_of(member), std::move(message)});
}

bool Told::is_object_of(std::initializer_list<std::string_view> members) const {
    if (!value_.is_object()) {
        wrong("is no object");
        return false;
    }
    for (auto const& [name, value] : value_.items()) {
        if (std::find(members.begin(), members.end(), name) == members.end()) wrong(name, "is no member here");
    }
    return true;
}

bool Told::has(std::string_view member) const { return value_.is_object() && value_.contains(member); }

std::string Told::text(std::string_view member) const {
    if (!has(member)) return {};
    auto const& told = value_.at(std::string(member));
    if (told.is_string()) return told.get<std::string>();
    wrong(member, "is no text");
    return {};
}

bool Told::flag(std::string_view member) const {
    if (!has(member)) return false;
    auto const& told = value_.at(std::string(member));
    if (told.is_boolean()) return told.get<bool>();
    wrong(member, "is neither true nor false");
    return false;
}

std::vector<std::string> Told::texts(std::string_view member) const {
    return has(member) ? at(member).texts() : std::vector<std::string>();
}

std::vector<std::string> Told::texts() const {
    if (value_.is_string()) return {value_.get<std::string>()};
    std::vector<std::string> out;
    bool const are_texts =
        value_.is_array() && std::all_of(value_.begin(), value_.end(), [](Json const& one) { return one.is_string(); });
    if (!are_texts) {
        wrong("is neither a text nor a list of texts");
        return out;
    }
    for (auto const& one : value_) out.push_back(one.get<std::string>());
    return out;
}

Told Told::at(std::string_view member) const { return {value_.at(std::string(member)), path_of(member), problems_}; }

std::string Told::path_of(std::string_view member) const {
    return path_.empty() ? std::string(member) : path_ + '.' + std::string(member);
}

}  // namespace kula::intake
