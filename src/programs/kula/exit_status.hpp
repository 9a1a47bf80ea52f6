#pragma once
/// @file
/// How every subcommand ends.

namespace kula {

inline constexpr int status_ok = 0;
inline constexpr int status_failed = 1;
inline constexpr int status_wrong_usage = 2;

}  // namespace kula
