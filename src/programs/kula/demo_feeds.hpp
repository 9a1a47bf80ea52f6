#pragma once
/// @file
/// The demo's feeds: one that a partner sent a report by, one with a folder in which nothing lies yet, and one that is
/// switched off, because a demo asks nobody outside.

#include "base/result.hpp"
#include "intake/feeds.hpp"

namespace kula {

/// Makes them where there are none. Again is harmless.
base::Result<void> make_demo_feeds(intake::Feeds& feeds);

}  // namespace kula
