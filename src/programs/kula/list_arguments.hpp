#pragma once
/// @file
/// `--indicators FILE…` and `--national FILE…` take several files, as a shell's wildcards give them, and yet what is to
/// be read may stand right behind them.

#include <string>
#include <vector>

namespace kula {

/// Writes `--indicators a b` as `--indicators a --indicators b`. Of the words behind an option's first file, those
/// whose content begins as such a list are lists, up to the first that is none: that and all behind it, up to the next
/// option, are what is to be read. Where no input would be left, the last list is. A `--` ends an option's files. Looks
/// only at `kula match`.
std::vector<std::string> repeat_list_options(std::vector<std::string> arguments);

}  // namespace kula
