#pragma once
/// @file
/// Who may see a thing and what may be done with it: TLP 2.0 (FIRST, August 2022) and the Permissible Actions Protocol.

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kula::base {

/// Traffic Light Protocol 2.0, loosest first, so that the greater value is the stricter label.
enum class Tlp : std::uint8_t { clear, green, amber, amber_strict, red };

/// Permissible Actions Protocol, loosest first.
enum class Pap : std::uint8_t { clear, green, amber, red };

/// `clear`, `green`, `amber`, `amber+strict`, `red`: the labels in lower case, as stored and as in the API.
std::string_view to_text(Tlp tlp);
std::string_view to_text(Pap pap);
/// Any case, with or without the prefix `TLP:` or `PAP:`. TLP 1.0's `white` is `clear` (as PAP's older one is).
std::optional<Tlp> parse_tlp(std::string_view text);
std::optional<Pap> parse_pap(std::string_view text);

/// What every record carries. The default is what Kula assumes of a thing that nobody labelled.
struct Marking {
    Tlp tlp = Tlp::amber;
    Pap pap = Pap::amber;
    friend auto operator<=>(Marking const&, Marking const&) = default;
};

/// A derived record takes the strictest of its sources, label by label.
constexpr Marking strictest(Marking const& a, Marking const& b) {
    return {a.tlp > b.tlp ? a.tlp : b.tlp, a.pap > b.pap ? a.pap : b.pap};
}

}  // namespace kula::base
