#pragma once
/// @file
/// Data that came before its template, in the order in which it came, within one bound for all exporters together.
/// Safe from any thread.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "export_session.hpp"
#include "formats/traffic.hpp"
#include "record_reader.hpp"

namespace kula::formats {

/// One data set that waits, with what its datagram's header and the options until then said.
struct WaitingSet {
    std::shared_ptr<ExportSession> session;
    std::uint16_t template_id = 0;
    std::vector<std::byte> body;
    RecordSetting setting;
    Place place;
    /// Shared by the sets of one datagram: it is told as undecodable once at most.
    std::shared_ptr<std::atomic<bool>> is_told_broken;
};

class WaitingRoom {
public:
    explicit WaitingRoom(std::size_t bound) : bound_(bound) {}

    /// Keeps a set. What had to go for it (the oldest, or the set itself where it alone is too long) is handed back.
    std::vector<WaitingSet> keep(WaitingSet set);
    /// Hands back, oldest first, what waits for this template, of all ports of the session's address and source id.
    std::vector<WaitingSet> take(ExportDomain const& domain, std::uint16_t template_id);
    std::vector<WaitingSet> take_all();

private:
    using Ticket = std::uint64_t;
    using Sets = std::map<Ticket, WaitingSet>;
    struct Shelf {
        ExportDomain const* domain;
        std::uint16_t template_id;
        friend bool operator==(Shelf const&, Shelf const&) = default;
    };
    struct ShelfHash {
        std::size_t operator()(Shelf const& shelf) const noexcept {
            return std::hash<void const*>{}(shelf.domain) * 31 + shelf.template_id;
        }
    };

    static std::size_t cost(WaitingSet const& set);
    WaitingSet remove(Sets::iterator place);

    std::mutex mutex_;
    std::size_t const bound_;
    std::size_t used_ = 0;
    Ticket next_ = 0;
    Sets sets_;
    std::unordered_map<Shelf, std::deque<Ticket>, ShelfHash> shelves_;
};

}  // namespace kula::formats
