#pragma once
/// @file
/// `--indicators FILE…` and `--national FILE…` take several files, as a shell's wildcards give them, and yet what is to
/// be read may stand right behind them.

#include <string>
#include <vector>

namespace kula {

/// Writes `--indicators a b` as `--indicators a --indicators b`. Of the words behind an option's first file, those that
/// hold traffic (by their content), and `-`, are what is to be read; where no input would be left, the last of them is.
/// A `--` ends an option's files. Looks only at `kula match`.
std::vector<std::string> repeat_list_options(std::vector<std::string> arguments);

}  // namespace kula
