#pragma once
/// @file
/// Where the bus takes messages from and tells how they fared. The program wires it to the outbox of the journal.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace kula::bus {

/// One fact, as a subscriber sees it.
struct Message {
    std::int64_t sequence = 0;  ///< Its identity: handlers are idempotent by it. Rises.
    base::Instant at{};
    std::string actor{}, deed{}, subject{};
    std::string after{};  ///< JSON; empty where nothing is left or where it was erased.
};

/// Called from the dispatcher's thread only.
class Source {
public:
    virtual ~Source() = default;
    /// Messages that the subscriber has not settled, oldest first; the same ones until they are.
    virtual base::Result<std::vector<Message>> fetch(std::string_view subscriber, std::size_t limit) = 0;
    /// All up to `sequence` is handled.
    virtual base::Result<void> confirm(std::string_view subscriber, std::int64_t sequence) = 0;
    /// This one is given up, and kept where people see it.
    virtual base::Result<void> bury(std::string_view subscriber, std::int64_t sequence, std::string_view reason) = 0;
};

}  // namespace kula::bus
