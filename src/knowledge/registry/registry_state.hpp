#pragma once
// What the registry holds besides its tables: the immutable values that others read.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "registry/registry.hpp"

namespace kula::registry {

struct Registry::State {
    State(storage::Database& used_database, journal::Journal& used_journal, base::Clock const& used_clock)
        : database(used_database), journal(used_journal), clock(used_clock) {}

    /// Reads everything anew and swaps it in. When that fails the old values stay, and the next question tries again.
    base::Result<void> refresh();
    void refresh_if_stale() {
        if (is_stale) (void)refresh();
    }
    /// After a change of ours: swaps and tells the listeners.
    void changed();

    storage::Database& database;
    journal::Journal& journal;
    base::Clock const& clock;
    std::mutex refreshing;  ///< Reading and swapping are one step, so that no older state is swapped in last.
    mutable std::mutex mutex;
    std::shared_ptr<Attribution const> attribution = std::make_shared<Attribution const>();
    std::shared_ptr<NationalSpace const> national_space = std::make_shared<NationalSpace const>();
    std::shared_ptr<Team const> team = std::make_shared<Team const>();
    std::atomic<bool> is_stale{true};
    std::vector<std::function<void()>> listeners;
};

/// The space as a value; its texts were checked before they were stored.
NationalSpace space_of(StoredNationalSpace const& stored);

/// A parent that exists and has `id` nowhere above it.
base::Result<void> check_parent(storage::Session const& session, OrganisationId id,
                                std::optional<OrganisationId> parent);
/// `conflict` when another organisation has the name.
base::Result<void> check_name(storage::Session const& session, OrganisationId id, std::string_view name);
/// That the stored one is of this version now.
base::Error stale(std::int64_t version);

}  // namespace kula::registry
