#pragma once
/// @file
/// Where a list goes on that the doors themselves put in order: the key of the last entry, bound to the query it
/// belongs to.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"

namespace kula::api {

/// `query` is everything that shapes the list; a cursor of another query is not taken.
std::string to_cursor(std::vector<std::string> const& query, std::string_view last_key);
/// Short for a text of any length; two texts that differ have, as good as always, two fingerprints. Never 0.
std::uint64_t fingerprint(std::string_view text);
std::optional<std::string> from_cursor(std::vector<std::string> const& query, std::string_view cursor);

}  // namespace kula::api
