#include "differences.hpp"

#include <set>

namespace kula::api {
namespace {

constexpr std::size_t most_differences = 100;
constexpr std::size_t longest_text = 1000;

/// Without a character cut in two.
std::string cut(std::string const& text) {
    if (text.size() <= longest_text) return text;
    auto end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + "…";
}

/// The entries of `list` that `other` has not.
Json missing_in(Json const& other, Json const& list) {
    std::set<std::string> known;
    for (auto const& entry : other) known.insert(written(entry));
    Json out = Json::array();
    for (auto const& entry : list) {
        if (out.size() == most_differences) break;
        if (known.count(written(entry)) == 0) out.push_back(entry);
    }
    return out;
}

Json told(Json const& value, Json const& other) {
    if (value.is_array()) return missing_in(other.is_array() ? other : Json::array(), value);
    return value.is_string() ? Json(cut(value.get_ref<std::string const&>())) : value;
}

}  // namespace

Json differences(Json const& before, Json const& after, std::function<bool(std::string const& field)> const& tells,
                 Earlier earlier) {
    Json out = Json::array();
    if (!before.is_object() || !after.is_object()) return out;
    for (auto const& [field, now] : after.items()) {
        auto const found = before.find(field);
        Json const then = found == before.end() ? Json(nullptr) : *found;
        if (then == now || !tells(field)) continue;
        bool const is_told = earlier == Earlier::shown;
        out.push_back({{"field", field},
                       {"before", is_told ? told(then, now) : Json(nullptr)},
                       {"after", told(now, then)},
                       {"withheld", !is_told}});
    }
    return out;
}

}  // namespace kula::api
