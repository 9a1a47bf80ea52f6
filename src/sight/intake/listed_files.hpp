#pragma once
// Fetching what a server lists, file by file, within bounds.

#include <cstddef>
#include <functional>
#include <stop_token>

#include "base/result.hpp"
#include "feeds_state.hpp"

namespace kula::intake {

/// Takes what a server lists, by its place in the list, `most` at one look and for an hour at most; what is left is for
/// the next look, at once where this one brought something. `take` says whether the file was taken: false where there
/// is none that can be read, which holds up no other; a failure is of the server or of ours, goes into `attempt`, and
/// after ten of them in a row nothing more is asked for.
void take_listed(std::size_t listed, std::size_t most, std::function<base::Result<bool>(std::size_t place)> const& take,
                 Attempt& attempt, std::stop_token const& stop);

}  // namespace kula::intake
