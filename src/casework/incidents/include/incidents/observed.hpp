#pragma once
/// @file
/// What a report or an incident tells of: addresses, names, files, as `formats/observables.hpp` finds them in its
/// texts.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kula::incidents {

constexpr std::size_t most_observed = 200;  ///< That are kept of a report, of a summary, or of an entry.

struct Observed {
    std::string kind{}, value{};
    bool is_common = false;  ///< A warning list holds it: that two have it means nothing.
};

/// Whether a warning list holds it.
using IsCommon = std::function<bool(std::string const& kind, std::string const& value)>;

/// `kind:value`, by which it is kept and asked for.
std::string name_of(Observed const& observed);
/// The name of the one that is all of the text, blanks apart; defanged forms are understood. Nothing where it is none.
std::optional<std::string> observable_name(std::string_view text);

}  // namespace kula::incidents
