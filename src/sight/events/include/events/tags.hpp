#pragma once
/// @file
/// Tags: what a source calls an event in short words of its own. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"

namespace kula::events {

/// One tag as it is kept: small letters (ASCII), without control characters and blanks around; empty where nothing is
/// left.
std::string as_tag(std::string_view text);

/// Of `classification.identifier`, `extra.tag` and `extra.tags`, a text of them being parted at commas and semicolons;
/// as they are kept, in that order, each once.
std::vector<std::string> tags_of(Event const& event);

}  // namespace kula::events
