#pragma once
/// @file
/// `--help` at every level, from the contract's own words.

#include <string>
#include <vector>

#include "contract.hpp"

namespace kula::client {

/// Every noun with its verbs, in the contract's order. `columns`: of the terminal.
std::string help_on_everything(Contract const& contract, std::size_t columns);
/// Every command that begins with these words, a line each.
std::string help_on_words(Contract const& contract, std::vector<std::string> const& words, std::size_t columns);
/// One command: what it does, its ids, options and fields.
std::string help_on(Operation const& operation, std::size_t columns);
std::string help_on_raw();

}  // namespace kula::client
