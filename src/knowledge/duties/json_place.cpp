#include "json_place.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kula::duties {

void JsonPlace::expect_members(std::initializer_list<std::string_view> needed,
                               std::initializer_list<std::string_view> others) const {
    if (!json_->is_object()) wrong("must be an object");
    for (auto const member : needed) {
        if (!json_->contains(std::string(member))) wrong(fmt::format("must have the member {}", member));
    }
    auto const is_in = [](std::initializer_list<std::string_view> list, std::string const& member) {
        return std::find(list.begin(), list.end(), member) != list.end();
    };
    for (auto const& entry : json_->items()) {
        if (!is_in(needed, entry.key()) && !is_in(others, entry.key()))
            wrong(fmt::format("has the member {}, which means nothing here", entry.key()));
    }
}

JsonPlace JsonPlace::at(char const* member) const {
    return {json_->at(member), path_.empty() ? member : fmt::format("{}.{}", path_, member)};
}

std::optional<JsonPlace> JsonPlace::find(char const* member) const {
    return json_->contains(member) ? std::optional(at(member)) : std::nullopt;
}

std::vector<JsonPlace> JsonPlace::entries() const {
    if (!json_->is_array()) wrong("must be an array");
    std::vector<JsonPlace> out;
    for (auto const& entry : *json_) out.push_back(JsonPlace(entry, fmt::format("{}[{}]", path_, out.size())));
    return out;
}

std::vector<JsonPlace> JsonPlace::entries(char const* member) const {
    auto const found = find(member);
    return found ? found->entries() : std::vector<JsonPlace>();
}

std::string JsonPlace::text() const {
    if (!json_->is_string() || json_->get_ref<std::string const&>().empty()) wrong("must be a text that is not empty");
    return json_->get<std::string>();
}

std::string JsonPlace::id() const {
    auto out = text();
    if (out.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        wrong("must be of small letters, digits and _");
    return out;
}

int JsonPlace::number(int least, int most) const {
    auto const value = json_->is_number_integer() ? json_->get<std::int64_t>() : std::int64_t{least} - 1;
    if (value < least || value > most) wrong(fmt::format("must be a whole number from {} to {}", least, most));
    return static_cast<int>(value);
}

bool JsonPlace::truth() const {
    if (!json_->is_boolean()) wrong("must be true or false");
    return json_->get<bool>();
}

base::Text JsonPlace::words() const {
    expect_members({"en", "mk", "sq"});
    base::Text out;
    for (auto const language : base::languages) out.in(language) = text(base::to_text(language).data());
    return out;
}

void JsonPlace::wrong(std::string_view why) const {
    throw WrongPlace(path_.empty() ? std::string(why) : fmt::format("{}: {}", path_, why));
}

}  // namespace kula::duties
