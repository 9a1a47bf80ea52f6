#include "checks.hpp"

#include <fmt/format.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <set>

#include "formats/domain_name.hpp"

namespace kula::registry {
namespace {

/// Left to users, who fill them by custom (`XK`) or for an exercise: ISO 3166-1 §8.1.3.
bool is_left_to_users(std::string_view code) {
    return code == "AA" || code == "ZZ" || (code >= "QM" && code <= "QZ") || (code >= "XA" && code <= "XZ");
}

}  // namespace

void Checks::text(std::string const& field, std::string& value, std::size_t longest, LineBreaks breaks) {
    value = std::string(trimmed(value));
    expect(is_clean(value, breaks), field, "holds control characters or is no UTF-8");
    expect(letters(value) <= longest, field, fmt::format("is longer than {} characters", longest));
}

void Checks::text(std::string const& field, std::optional<std::string>& value, std::size_t longest, LineBreaks breaks) {
    if (!value) return;
    text(field, *value, longest, breaks);
    if (value->empty()) value.reset();
}

bool is_mailbox(std::string_view text) {
    auto const at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64) return false;  // RFC 5321 §4.5.3.1.1
    auto const local = text.substr(0, at);
    if (local.find_first_of(" \t\"(),:;<>@[\\]") != std::string_view::npos) return false;
    return formats::canonical_domain(text.substr(at + 1)).has_value();
}

bool is_phone(std::string_view text) {
    return text.find_first_not_of("0123456789 +()-./") == std::string_view::npos &&
           text.find_first_of("0123456789") != std::string_view::npos;
}

bool is_web_address(std::string_view text) {
    bool const has_scheme = text.substr(0, 8) == "https://" || text.substr(0, 7) == "http://";
    return has_scheme && text.size() > 8 && text.find_first_of(" \"<>") == std::string_view::npos;
}

bool is_country(std::string_view text) {
    static std::set<std::string_view> const assigned = [] {
        std::set<std::string_view> out;
        for (auto const* const* each = uloc_getISOCountries(); *each != nullptr; ++each) out.insert(*each);
        return out;
    }();
    bool const is_code =
        text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return is_code && (assigned.contains(text) || is_left_to_users(text));
}

}  // namespace kula::registry
