#pragma once
/// @file
/// Which of many flows touch what is listed: one snapshot of indicators and the national space, made ready to be asked
/// at line rate. Immutable; any number of threads may ask, each with buffers of its own.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "events/sighting.hpp"
#include "indicators/snapshot.hpp"

namespace kula::match {

using events::Direction;
using events::Side;

/// `unknown` is for the caller: where the national space is not known, nothing can be asked of its ends.
constexpr Direction direction_of(bool source_is_national, bool destination_is_national) {
    if (source_is_national) return destination_is_national ? Direction::internal : Direction::outbound;
    return destination_is_national ? Direction::inbound : Direction::transit;
}

/// One listed end of one flow of a batch.
struct Match4 {
    std::uint32_t flow;  ///< Its index in the batch.
    Side side;
    Direction direction;
    indicators::Number indicator;
};

/// Flows seen, by direction; the index is the `Direction`.
struct DirectionCounts {
    std::uint64_t flows[events::direction_count]{};
    [[nodiscard]] std::uint64_t operator[](Direction direction) const { return flows[static_cast<int>(direction)]; }
    void add(Direction direction, std::uint64_t count = 1) { flows[static_cast<int>(direction)] += count; }
};

class Matcher {
public:
    /// Flows that one call of `match4` takes at most.
    static constexpr std::size_t batch_size = 1024;

    /// `national` in any order, overlapping or not; absent where the national space is not known. Takes about 10 ms for
    /// a million indicators. `kernel` names one of `kernel_names()`; the default is the best this processor can run.
    Matcher(std::shared_ptr<indicators::Snapshot const> snapshot,
            std::optional<std::span<base::AddressRange const>> national, std::string_view kernel = {});
    ~Matcher();
    Matcher(Matcher const&) = delete;
    Matcher& operator=(Matcher const&) = delete;

    /// Looks both ends of each flow up; appends what is listed to `found`, in the flows' order, the source before the
    /// destination, and adds all flows to `counts`. Addresses in host order; at most `batch_size` of them.
    void match4(std::span<std::uint32_t const> sources, std::span<std::uint32_t const> destinations,
                std::vector<Match4>& found, DirectionCounts& counts) const;

    /// One address of either family, exactly as `match4` would find it.
    [[nodiscard]] std::optional<indicators::Number> find(base::Address address) const;
    [[nodiscard]] Direction direction(base::Address source, base::Address destination) const;
    [[nodiscard]] indicators::Snapshot const& snapshot() const { return *snapshot_; }

    /// Differs for every matcher of this process: a `Number` is unambiguous only together with it.
    [[nodiscard]] std::uint64_t serial() const { return serial_; }

    [[nodiscard]] std::string_view kernel_name() const;
    /// The best first; `scalar` is always there.
    static std::vector<std::string_view> kernel_names();

private:
    struct Tables;
    std::uint64_t serial_;
    std::shared_ptr<indicators::Snapshot const> snapshot_;
    std::unique_ptr<Tables const> tables_;
};

}  // namespace kula::match
