#pragma once
/// @file
/// All sessions that are remembered, up to a bound; the least recently seen ones go first. Safe from any thread.
///
/// Locks: whoever holds a domain's mutex may come here; nobody here takes a domain's mutex.

#include <memory>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "export_session.hpp"

namespace kula::formats {

class ExportSessions {
public:
    explicit ExportSessions(std::size_t bound) : bound_(bound) {}

    /// The session of this key, which is new where it was not known, marked as seen.
    std::shared_ptr<ExportSession> see(SessionKey const& key, base::Instant received);
    /// Makes room: forgets the least recently seen ones, a sixteenth of the bound at a time.
    void forget_oldest();
    [[nodiscard]] std::vector<std::shared_ptr<ExportSession>> all() const;
    /// What was lost in all sessions, those forgotten included.
    [[nodiscard]] std::uint64_t lost() const;

private:
    std::shared_ptr<ExportSession> open(SessionKey const& key, base::Instant received);
    void forget_oldest_locked();

    std::size_t const bound_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<SessionKey, std::shared_ptr<ExportSession>, SessionKeyHash> sessions_;
    std::unordered_map<SessionKey, std::weak_ptr<ExportDomain>, SessionKeyHash> domains_;
    std::uint64_t lost_by_forgotten_ = 0;
};

}  // namespace kula::formats
