#pragma once
/// @file
/// The client's own options: one table for parsing and for `--help`.

#include <span>
#include <string>
#include <string_view>

#include "invocation.hpp"

namespace kula::client {

struct Option {
    enum class For : std::uint8_t { every, bodies, lists, changes, answers, raw };
    std::string_view name;   ///< `--server`.
    std::string_view value;  ///< What stands behind it, for help; empty: it is a switch.
    std::string_view help;
    For where;
    /// Takes the value, or says what would be right.
    base::Result<void> (*take)(Options& options, std::string const& value);

    /// Whether it means something there. Where not, a parameter of the contract may have its name.
    [[nodiscard]] bool is_for(Operation const& operation) const;
};

std::span<Option const> own_options();

}  // namespace kula::client
