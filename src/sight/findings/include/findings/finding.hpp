#pragma once
/// @file
/// A finding: one problem, at one owner, at one place, built from events; its steps and who showed it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/record.hpp"
#include "events/event.hpp"
#include "findings/state.hpp"
#include "registry/organisation.hpp"

namespace kula::findings {

enum class Severity : std::uint8_t { low, medium, high, critical };
std::string_view to_text(Severity severity);
std::optional<Severity> parse_severity(std::string_view text);

struct Finding;
using FindingId = base::Id<Finding>;

/// What makes two events one finding. Its fields are those of the event's end that has the problem.
struct Identity {
    std::optional<registry::OrganisationId> organisation{};  ///< None: in the national space, and nobody's.
    std::string type{};                                      ///< Of RSIT.
    std::string problem{};                   ///< Identifier, malware, vulnerability; empty where the type says it all.
    std::string place{};                     ///< An address in RFC 5952, else a domain.
    std::optional<std::uint16_t> port{};     ///< Where the type is about a service.
    std::optional<std::string> transport{};  ///< `tcp`, `udp`; likewise.
};

constexpr std::size_t most_vulnerabilities = 20;
constexpr std::size_t most_tags = 50;
/// Bytes of one; what is longer is no tag.
constexpr std::size_t longest_tag = 100;

/// When the way since it was last opened was gone; what was left out is absent.
struct Way {
    base::Instant opened_at{};
    std::optional<base::Instant> notified_at{}, viewed_at{}, acknowledged_at{}, claimed_at{}, verified_at{};
};

/// What its owner was told of it since it was last opened.
struct Told {
    std::optional<base::Instant> first{}, last{};
    std::size_t rungs = 0;  ///< Of the ladder, climbed.
};

struct Finding {
    FindingId id;
    Identity identity{};
    std::optional<std::string> sector{};  ///< Of the organisation, when the newest event was stored.
    std::string rsit_class{};
    Severity severity = Severity::medium;
    Severity told_severity = Severity::medium;   ///< Without what is known of its vulnerabilities.
    std::vector<std::string> vulnerabilities{};  ///< CVEs, in order; at most `most_vulnerabilities`.
    bool is_exploited = false;                   ///< One of them is known to be.
    State state = State::open;
    base::Instant state_since{};
    base::Instant first_seen{}, last_seen{};  ///< As sources say; never later than they were received.
    base::Instant last_received{};            ///< When the delivery came that told it last.
    std::int64_t events = 0;                  ///< Each counted once, whoever told it again.
    std::int64_t relapses = 0;                ///< How often evidence reopened it.
    std::string last_source{};
    std::vector<std::string> tags{};      ///< Of its newest events (`events::tags_of`), sorted; at most `most_tags`.
    std::int64_t deliveries = 2;          ///< Absent from so many of each source it is verified …
    std::chrono::microseconds silence{};  ///< … so long after it was last seen.
    base::Instant due_at{};               ///< Overdue behind it while `is_open`.
    Way way{};
    Told told{};
    std::optional<base::Instant> accepted_until{};  ///< While its risk is accepted.
    /// `version` rises with its steps; being seen again, or told, is none. `changed_at` moves when it is weighed anew,
    /// too.
    base::Record record{};
};

/// Whether its owner, and who stands above, may know of it: of what is stricter than TLP:AMBER the team alone does.
constexpr bool is_for_outsiders(Finding const& finding) { return finding.record.marking.tlp < base::Tlp::amber_strict; }

/// One entry of its history.
struct Step {
    std::optional<State> from{};  ///< Absent: it begins.
    State to = State::open;
    base::Instant at{};
    std::string by{};      ///< An actor; `system:findings` by evidence and by the clock.
    std::string reason{};  ///< As a person told it; empty where nothing was told.
    std::optional<base::Instant> until{};
    std::optional<std::string> delivery{};              ///< That showed it, or was the last to be without it.
    std::optional<std::chrono::microseconds> silent{};  ///< Of a relapse: since it was last seen.
};

/// Who has shown it since it was last opened.
struct Shown {
    std::string source{}, series{};
    base::Instant first_received{}, last_received{};
    std::string last_delivery{};
    std::int64_t told = 0;    ///< Events, those told again among them.
    std::int64_t absent = 0;  ///< Complete deliveries in a row without it, since anybody saw it last.
    std::int64_t needed = 2;  ///< So many, of every source, verify it.
};

}  // namespace kula::findings
