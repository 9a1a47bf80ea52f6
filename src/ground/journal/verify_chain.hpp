#pragma once
/// @file
/// Walks the chain and names what does not hold.

#include <optional>

#include "journal/checkpoint.hpp"
#include "storage/session.hpp"

namespace kula::journal {

Verification verify_chain(storage::Session const& session, std::optional<Checkpoint> const& checkpoint);

}  // namespace kula::journal
