#pragma once
/// @file
/// What the sequence numbers of one stream of datagrams show as missing.
///
/// A gap counts as lost until a late datagram fills it. A sequence that falls far, or an uptime that falls, is a
/// restart and no loss; so are two datagrams that follow one another where none is missing. Everything counts modulo
/// 2^32. Not safe from several threads.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace kula::formats {

class SequenceTracker {
public:
    /// One datagram: the sequence number of its first unit, and how many units (flow records, or datagrams) it holds;
    /// nothing where that cannot be known. `uptime` in milliseconds, where the protocol tells one. The answer is
    /// whether it followed exactly on the one before; nothing where there was none to follow.
    std::optional<bool> saw(std::uint32_t sequence, std::optional<std::uint32_t> units,
                            std::optional<std::uint32_t> uptime);

    [[nodiscard]] std::uint64_t lost() const { return lost_; }

private:
    struct Gap {
        std::uint32_t first = 0;
        std::uint32_t size = 0;
    };

    bool has_restarted(std::optional<std::uint32_t> uptime) const;
    void start_over(std::uint32_t next);
    void miss(Gap gap);
    bool fill(std::uint32_t sequence, std::uint32_t units);

    std::uint64_t lost_ = 0;
    std::uint32_t next_ = 0;
    bool knows_next_ = false;
    bool is_late_run_ = false;  ///< The last datagram was late, but filled no gap.
    std::uint32_t late_next_ = 0;
    std::optional<std::uint32_t> uptime_;
    std::array<Gap, 16> gaps_{};  ///< The most recent ones; empty where the size is 0.
    std::size_t newest_gap_ = 0;
};

}  // namespace kula::formats
