#include "base/marking.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kula::base {
namespace {

constexpr std::array<std::string_view, 5> tlp_labels{"clear", "green", "amber", "amber+strict", "red"};
constexpr std::array<std::string_view, 4> pap_labels{"clear", "green", "amber", "red"};

/// The place of the label in the list, after folding case and taking off the prefix.
template <std::size_t size>
std::optional<std::uint8_t> find_label(std::string_view text, std::string_view prefix,
                                       std::array<std::string_view, size> const& labels) {
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    std::string_view label = folded;
    if (label.substr(0, prefix.size()) == prefix) label.remove_prefix(prefix.size());
    if (label == "white") label = "clear";
    auto const found = std::find(labels.begin(), labels.end(), label);
    if (found == labels.end()) return std::nullopt;
    return static_cast<std::uint8_t>(found - labels.begin());
}

}  // namespace

std::string_view to_text(Tlp tlp) { return tlp_labels.at(static_cast<std::size_t>(tlp)); }
std::string_view to_text(Pap pap) { return pap_labels.at(static_cast<std::size_t>(pap)); }

std::optional<Tlp> parse_tlp(std::string_view text) {
    auto const place = find_label(text, "tlp:", tlp_labels);
    return place ? std::optional(static_cast<Tlp>(*place)) : std::nullopt;
}

std::optional<Pap> parse_pap(std::string_view text) {
    auto const place = find_label(text, "pap:", pap_labels);
    return place ? std::optional(static_cast<Pap>(*place)) : std::nullopt;
}

}  // namespace kula::base
