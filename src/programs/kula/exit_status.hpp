#pragma once
/// @file
/// How every subcommand ends.

#include <string_view>

namespace kula {

inline constexpr int status_ok = 0;
inline constexpr int status_failed = 1;
inline constexpr int status_wrong_usage = 2;

/// Says on standard error what went wrong in `kula COMMAND`; `status_failed`.
int failed(std::string_view command, std::string_view detail);

}  // namespace kula
