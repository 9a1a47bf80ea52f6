#pragma once
// A batch of what a delivery told, and what follows from it for findings, within one unit of work.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "events/delivered.hpp"
#include "finding_table.hpp"
#include "findings/finding.hpp"
#include "identity.hpp"
#include "intake/finished.hpp"
#include "storage/session.hpp"

namespace kula::findings {

/// For the trail.
struct Outcome {
    std::vector<FindingId> opened{}, reopened{}, verified{};
    [[nodiscard]] bool is_empty() const { return opened.empty() && reopened.empty() && verified.empty(); }
};

class Batch {
public:
    /// All outlive it.
    Batch(storage::Session& session, intake::FinishedDelivery const& delivery, registry::NationalSpace const& national,
          vulnerabilities::ExploitedList const& exploited, base::Clock const& clock)
        : session_(session),
          delivery_(delivery),
          national_(national),
          exploited_(exploited),
          now_(clock.now()),
          clock_(clock) {}

    /// Once; writes everything.
    Outcome apply(std::vector<events::DeliveredEvent> const& told, events::Telling telling);

private:
    struct Known {
        Finding finding{};
        bool is_new = false;
        bool is_changed = false;
        bool is_of_others = false;  ///< Vulnerabilities than those that are stored.
        std::vector<Step> steps{};
        std::int64_t told = 0;  ///< Events of this batch.
    };
    void load(std::vector<Problem> const& problems);
    Known& open(Problem const& problem, events::DeliveredEvent const& event);
    void renew(Known& known, Problem const& problem, events::DeliveredEvent const& event, events::Telling telling);
    /// Its vulnerabilities, and how severe it is with them.
    void weigh(Known& known, Problem const& problem) const;
    void reopen(Known& known, base::Instant seen);
    [[nodiscard]] bool was_absent_here(FindingId id) const;
    void write_sources();

    storage::Session& session_;
    intake::FinishedDelivery const& delivery_;
    registry::NationalSpace const& national_;
    vulnerabilities::ExploitedList const& exploited_;
    base::Instant const now_;
    base::Clock const& clock_;
    std::map<std::string, Known> known_{};   ///< By key.
    std::set<finding_table::Link> links_{};  ///< New ones.
    Outcome outcome_{};
};

}  // namespace kula::findings
