#pragma once
/// @file
/// Bytes of a file, mapped, or of a pipe, as they come.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "base/result.hpp"
#include "formats/stream.hpp"

namespace kula {

/// Uses up whole records of `bytes` and tells how many bytes that were (`formats/stream.hpp`).
using Consume = std::function<std::size_t(std::span<std::byte const> bytes, formats::InputEnd end)>;

/// Feeds a file (`-` is standard input) until its end. A regular file is mapped and given in stretches of 64 MiB,
/// without a copy; anything else is read in pieces. Fails with `not_found` or `unavailable`, naming the file.
base::Result<void> feed_file(std::string const& path, Consume const& consume);

/// The same of an open file, read in pieces: one that shrinks meanwhile does no harm. `path` is for the fault. Ends as
/// `unavailable` once `goes_on`, which is asked between pieces and while none comes, answers false.
base::Result<void> feed_descriptor(int descriptor, std::string const& path, Consume const& consume,
                                   std::function<bool()> const& goes_on);

}  // namespace kula
