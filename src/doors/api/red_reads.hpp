#pragma once
/// @file
/// What is TLP:RED at the doors: who may read it, by name, and an entry in the trail for whoever did (decision 0015).

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access.hpp"
#include "base/clock.hpp"
#include "base/readers.hpp"
#include "journal/journal.hpp"
#include "json.hpp"

namespace kula::api {

class RedReads {
public:
    /// All outlive it.
    RedReads(access::Access const& access, journal::Journal& journal, base::Clock const& clock)
        : access_(access), journal_(journal), clock_(clock) {}

    /// Accounts for a read of these records, before the answer leaves: one entry `red.read` for all that this actor has
    /// not read within the last ten minutes, none where there is no such record. `unavailable`: then nothing may be
    /// told. Safe from any thread.
    base::Result<void> account(base::Actor const& actor, std::string_view kind, std::vector<std::string> const& ids);

    /// Schema `Readers`: people with their names.
    [[nodiscard]] Json shown(base::Readers const& readers) const;
    /// Everybody who can be named as a reader: the team's active people whose role may read indicators, by name. Schema
    /// `Readers`.
    [[nodiscard]] base::Result<Json> shown_candidates() const;
    [[nodiscard]] base::Result<bool> are_candidates(base::Readers const& readers) const;

private:
    [[nodiscard]] base::Result<std::vector<access::User>> candidates() const;
    using Read = std::pair<std::string, std::string>;  ///< Who, and `kind:id`.
    [[nodiscard]] std::vector<std::string> not_told(base::Actor const& actor, std::string_view kind,
                                                    std::vector<std::string> const& ids);

    access::Access const& access_;
    journal::Journal& journal_;
    base::Clock const& clock_;
    std::mutex mutex_;
    std::map<Read, base::Instant> told_;  ///< At most `most_remembered`; forgetting one costs an entry more.
};

}  // namespace kula::api
