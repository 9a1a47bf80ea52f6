#pragma once
/// @file
/// The findings: made and kept up from deliveries, taken through their life by people and by evidence.
///
/// What came is followed delivery by delivery, in the order in which they were read to their end: first what each told,
/// then what it did not. A batch of events, what follows from them and how far it is followed are one transaction, so
/// that nothing counts twice whenever the program ends. Decision 0023 tells what makes two events one finding and when
/// one is verified. All members are safe from any thread; one thread follows.

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "events/delivered.hpp"
#include "findings/figures.hpp"
#include "findings/finding.hpp"
#include "findings/query.hpp"
#include "journal/journal.hpp"
#include "registry/registry.hpp"
#include "storage/database.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::findings {

/// Letters of a reason, as bytes.
constexpr std::size_t longest_reason = 1000;
/// Of an accepted risk, from now.
constexpr std::chrono::days longest_acceptance{3 * 366};
/// In one call.
constexpr std::size_t most_steps = 500;
/// Newest events of one finding that are shown.
constexpr std::size_t most_shown_events = 20;

/// What somebody wants of a finding.
struct StepWanted {
    State to = State::acknowledged;
    std::string reason{};                  ///< `needs_reason`; one line or several.
    std::optional<base::Instant> until{};  ///< Of an accepted risk, and only there.
};

/// What became of one of many.
struct StepTaken {
    FindingId id;
    base::Result<Finding> finding;
};

/// Findings of which their owner is told, with one message.
struct Notice {
    struct One {
        FindingId id;
        std::int64_t version = 0;  ///< As it was when this was decided.
    };
    std::vector<One> findings{};        ///< Different ones.
    std::optional<std::size_t> rung{};  ///< Of the ladder, that is climbed with it.
    bool reaches_somebody = true;       ///< Else a rung that nobody stands on is climbed past.
    std::string about{};                ///< What the trail calls the message: `message:<id>`.
};

/// A finding with all that is told of it.
struct FindingStory {
    Finding finding{};
    std::vector<Step> steps{};                     ///< Newest first.
    std::vector<Shown> shown{};                    ///< By source.
    std::vector<events::DeliveredEvent> events{};  ///< The newest, `most_shown_events` at most.
};

/// What following did.
struct Followed {
    std::size_t deliveries = 0;  ///< Done with.
    std::size_t opened = 0, reopened = 0, verified = 0;
    std::size_t ended = 0;    ///< Risks whose date has come.
    std::size_t weighed = 0;  ///< More or less severe since the list of exploited vulnerabilities changed.
};

/// Of these indicators those that traffic is matched against now.
using Watched = std::function<base::Result<std::set<std::string>>(std::vector<std::string> const& listed)>;

class Findings {
public:
    /// After `Intake::open` and `EventStore::open`, which bring the tables that are followed. All outlive it. Of what
    /// the own sensors showed, silence counts while they look out for it: `watched` is asked, outside of units of work;
    /// without it they always do.
    static base::Result<std::unique_ptr<Findings>> open(storage::Database& database, journal::Journal& journal,
                                                        registry::Registry const& registry,
                                                        vulnerabilities::Catalogue const& vulnerabilities,
                                                        base::Clock const& clock, Watched watched = {});

    /// Follows the list of exploited vulnerabilities and all deliveries that are finished and not followed yet, and
    /// reopens what was accepted until now. Returns early where it is stopped; the next call goes on. `unavailable`
    /// where the database does not answer.
    base::Result<Followed> follow(std::stop_token const& stop = {});

    /// `not_found` also where the actor's clearance does not reach; `conflict` where `version` is no longer the stored
    /// one, or this party does not go there from its state; `invalid` names the field.
    base::Result<Finding> take_step(FindingId id, std::optional<std::int64_t> version, StepWanted const& wanted,
                                    Party party, base::Actor const& actor);
    /// The same within the unit of work of a room above, as of one that has told the owner.
    base::Result<Finding> take_step(storage::Session& session, FindingId id, StepWanted const& wanted, Party party,
                                    base::Actor const& actor);
    /// Writes down, in the unit of work of a room above, that their owner is told of these now. Yields those of which
    /// that still holds: what has changed since is left out. That a message has reached a mail server is another fact:
    /// the step to `notified`.
    std::vector<Finding> tell(storage::Session& session, Notice const& notice, base::Actor const& actor);
    /// Each on its own, `most_steps` at most, in one transaction.
    base::Result<std::vector<StepTaken>> take_steps(std::vector<FindingId> const& ids, StepWanted const& wanted,
                                                    Party party, base::Actor const& actor);

    /// `not_found` also where the clearance does not reach.
    [[nodiscard]] base::Result<Finding> find(FindingId id, base::Clearance const& clearance) const;
    /// Those of these that are there, in no order.
    [[nodiscard]] base::Result<std::vector<Finding>> find(std::vector<FindingId> const& ids) const;
    [[nodiscard]] base::Result<FindingStory> story(FindingId id, base::Clearance const& clearance) const;
    /// Of each of these its newest event that is kept.
    [[nodiscard]] base::Result<std::map<FindingId, events::DeliveredEvent>> newest_events(
        std::vector<FindingId> const& ids) const;
    /// Pages stay stable while findings come and change, but for what moves in the order asked for.
    [[nodiscard]] base::Result<FindingPage> list(FindingQuery const& query) const;
    /// Those that changed last (`record.changed_at`), the newest first; 1 to 1,000 at most.
    [[nodiscard]] base::Result<std::vector<Finding>> latest(base::Clearance const& clearance, std::size_t limit) const;
    [[nodiscard]] base::Result<LoopFigures> figures(FiguresQuery const& query) const;

private:
    Findings(storage::Database& database, journal::Journal& journal, registry::Registry const& registry,
             vulnerabilities::Catalogue const& vulnerabilities, base::Clock const& clock, Watched watched)
        : database_(database),
          journal_(journal),
          registry_(registry),
          vulnerabilities_(vulnerabilities),
          clock_(clock),
          watched_(std::move(watched)) {}
    /// Those that this source showed and that are there still, of which the sensors look out for something no more;
    /// none of a series that is not theirs.
    [[nodiscard]] base::Result<std::set<FindingId>> unwatched(std::string const& source,
                                                              std::string const& series) const;
    base::Result<std::size_t> end_acceptances();
    base::Result<std::size_t> follow_exploited(std::stop_token const& stop);

    storage::Database& database_;
    journal::Journal& journal_;
    registry::Registry const& registry_;
    vulnerabilities::Catalogue const& vulnerabilities_;
    base::Clock const& clock_;
    Watched watched_;
};

}  // namespace kula::findings
