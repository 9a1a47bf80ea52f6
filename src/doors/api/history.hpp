#pragma once
/// @file
/// What became of a record since its caller read it: what a change that comes too late is told (412).
///
/// The trail holds each record before and after every change, and each change makes one version. So the state that the
/// caller's `If-Match` names is found by counting back from the present one. Need-to-know holds for what is told: only
/// members of the record as this caller is shown it, nothing of a state that was TLP:RED but the fields' names, and who
/// changed it only to the team. Safe from any thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "gate.hpp"
#include "journal/journal.hpp"
#include "json.hpp"

namespace kula::api {

/// A record as it stands now.
struct Present {
    std::string subject;  ///< As the trail calls it: `organisation:<id>`.
    std::int64_t version = 0;
    std::function<base::Result<Json>()> shown;  ///< As this caller may read it; asked only where it is needed.
};

class History {
public:
    /// Both outlive it.
    History(journal::Journal const& journal, access::Access const& access) : journal_(journal), access_(access) {}

    /// What stands against changing a record: 428 without `If-Match`, 412 (schema `StaleProblem`) when it names another
    /// version than the present one.
    [[nodiscard]] std::optional<net::Response> precondition(net::Request const& request, Caller const& caller,
                                                            Present const& present) const;

private:
    /// Newest first.
    [[nodiscard]] std::vector<journal::Entry> changes_of(Present const& present) const;
    /// `Difference`s; null where they cannot be told.
    [[nodiscard]] static Json since(std::int64_t version, std::vector<journal::Entry> const& changes,
                                    Caller const& caller, Present const& present);

    journal::Journal const& journal_;
    access::Access const& access_;
};

}  // namespace kula::api
