#pragma once
/// @file
/// How decoders are fed. They push: the caller gives bytes as they come, a decoder says how many it has used up.
///
/// `consume(bytes, end, sink)` uses up whole packets, blocks or lines only. The caller keeps the rest and gives it
/// again with more behind it, as soon as there is more; a rest never grows beyond `longest_record` and one more read.
/// With `reached` or `cut` all bytes are used up. What a decoder tells does not depend on where the input was split.

#include <cstddef>
#include <cstdint>

namespace kula::formats {

enum class InputEnd : std::uint8_t {
    not_yet,  ///< More may come behind these bytes.
    reached,  ///< These are the last bytes: a record that they leave unfinished is undecodable.
    cut,  ///< The input broke off behind these bytes, and that has been told: an unfinished record is dropped silently.
};

/// The longest packet block or line that is read; a longer one is undecodable and skipped.
constexpr std::size_t longest_packet_block = 16u << 20;
constexpr std::size_t longest_line = 8u << 20;
/// With what must be seen behind a block to tell that it is sound.
constexpr std::size_t longest_record = longest_packet_block + 4096;

}  // namespace kula::formats
