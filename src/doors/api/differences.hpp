#pragma once
/// @file
/// What two states of one record differ in, field by field: for who changed something too late, and for a preview.

#include <functional>
#include <string>

#include "json.hpp"

namespace kula::api {

/// Whether what a field held in the earlier state may be shown, or only that it was another.
enum class Earlier { shown, withheld };

/// Schema `Difference`, one for each member of the later state that is not the same in the earlier one and that `tells`
/// lets pass. Of two lists, only entries that the other one lacks, at most 100; a longer text is cut to 1,000 bytes.
/// Anything but two objects yields none.
Json differences(Json const& before, Json const& after, std::function<bool(std::string const& field)> const& tells,
                 Earlier earlier = Earlier::shown);

}  // namespace kula::api
