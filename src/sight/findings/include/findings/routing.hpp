#pragma once
/// @file
/// Who is told of which findings, how, and how often. Rules are data, written at the desk; the first one that fits a
/// finding decides, and every decision tells which one it was and why. Pure.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "findings/finding.hpp"
#include "findings/hours.hpp"

namespace kula::findings {

/// Whose contacts are asked.
enum class Side : std::uint8_t {
    organisation,
    parent,            ///< Of the organisation above it: a ministry, a holding.
    sector_authority,  ///< Of the authority for its sector, by `RoutingContent::authorities`.
    team,              ///< The national team's own address: its head takes it over.
};
/// What lies by a message for machines.
enum class Attachment : std::uint8_t {
    none,
    csv,           ///< A table.
    csv_and_xarf,  ///< And X-ARF, a report a finding.
};
/// By which an organisation itself is told.
enum class Channel : std::uint8_t {
    mail,
    webhook,  ///< Without `mail`, instead of it where the organisation has one that is on.
};
/// Which findings share a message.
enum class Together : std::uint8_t { organisation, type, finding };

std::string_view to_text(Side side);
std::string_view to_text(Attachment attachment);
std::string_view to_text(Channel channel);
std::string_view to_text(Together together);
std::optional<Side> parse_side(std::string_view text);
std::optional<Attachment> parse_attachment(std::string_view text);
std::optional<Channel> parse_channel(std::string_view text);
std::optional<Together> parse_together(std::string_view text);
std::string_view to_text(Leaves leaves);
std::string_view to_text(Counts counts);
std::optional<Leaves> parse_leaves(std::string_view text);
std::optional<Counts> parse_counts(std::string_view text);

/// Who is told when nobody has taken a finding on for so long after it was first told.
struct Rung {
    std::chrono::days after{};
    Side side = Side::organisation;
    std::string role = "management";  ///< Of a contact; of no account where the side is the team.
    friend bool operator==(Rung const&, Rung const&) = default;
};

struct RoutingRule {
    base::Text name{};  ///< In one language at least; 200 bytes each.

    // It fits what is one of each list that is not empty, and holds until its end.
    std::vector<std::string> classes{}, types{};  ///< Of RSIT.
    std::vector<std::string> problems{};          ///< `Identity::problem`, exactly.
    std::vector<std::string> sources{};           ///< `Finding::last_source`.
    std::vector<std::string> tags{};              ///< One of `Finding::tags`.
    std::vector<std::string> sectors{};
    std::vector<registry::OrganisationId> organisations{};
    std::optional<Severity> at_least{};
    std::optional<base::Instant> until{};

    bool tells = true;                 ///< Else nobody is told: it suppresses.
    std::vector<std::string> roles{};  ///< Of contacts: the first role that the organisation has with a mail address.
    std::optional<base::Language> language{};  ///< Instead of the contact's own.
    /// One at least, sorted. A rung names a person: it is written to by mail whatever stands here.
    std::vector<Channel> channels{Channel::mail, Channel::webhook};
    Attachment attachment = Attachment::csv_and_xarf;
    Together together = Together::organisation;
    std::optional<std::chrono::days> remind_after{};  ///< Since it was told last; never where absent.
    /// Since this rule told the organisation of anything: until then what is new, or to be reminded of, is gathered. At
    /// once where absent.
    std::optional<std::chrono::days> at_most_every{};
    std::vector<Rung> ladder{};       ///< In order of time.
    Counts counts = Counts::days;     ///< Until a reminder, a rung, and the next message.
    Leaves leaves = Leaves::at_once;  ///< By the team's hours.
    bool critical_at_once = true;     ///< What is critical leaves at once all the same.
    friend bool operator==(RoutingRule const&, RoutingRule const&) = default;
};

/// Who answers for a sector (NIS2, Article 8(1)), and is told where those of the sector are silent.
struct SectorAuthority {
    std::string sector;
    registry::OrganisationId organisation;
    friend bool operator==(SectorAuthority const&, SectorAuthority const&) = default;
};

struct RoutingContent {
    std::vector<RoutingRule> rules{};  ///< At most `most_rules`.
    bool sends = false;                ///< Messages leave by themselves; else the rules only tell what they would send.
    std::optional<TeamHours> hours{};  ///< Without them no rule waits, and none counts working days.
    std::vector<SectorAuthority> authorities{};  ///< Each sector once, others have none; in the order as told.
    friend bool operator==(RoutingContent const&, RoutingContent const&) = default;
};

constexpr std::size_t most_rules = 200;
constexpr std::size_t most_rungs = 10;
/// Entries of each list of a rule.
constexpr std::size_t most_values = 200;
constexpr std::chrono::days longest_pause{366};

/// Nothing where the sector has none, or there is no sector.
std::optional<registry::OrganisationId> authority_for(RoutingContent const& content,
                                                      std::optional<std::string> const& sector);
/// As it is to be stored. `invalid` names every field that is wrong: `rules[2].roles[0]`.
base::Result<RoutingContent> checked(RoutingContent content);
/// All of it in JSON, as the API has it.
std::string to_json(RoutingContent const& content);
/// By which a new Kula begins: `data/findings/routing.json`.
RoutingContent const& shipped_routing();

enum class Deed : std::uint8_t {
    tell,  ///< For the first time since it was opened.
    remind,
    escalate,
    wait,  ///< Until `RoutingDecision::next`.
    rest,  ///< Nothing is to be done.
};
enum class Why : std::uint8_t {
    is_new,
    came_back,   ///< It was gone, or said to be.
    unanswered,  ///< Nobody has taken it on since it was told.
    overdue,     ///< Somebody takes care of it, and its date has passed.
    told_recently,
    in_hand,      ///< Somebody takes care of it, and there is time.
    help_needed,  ///< It is the team's turn.
    settled,      ///< Not open.
    without_owner,
    suppressed,    ///< By the rule.
    without_rule,  ///< None fits.
};
std::string_view to_text(Deed deed);
std::string_view to_text(Why why);

struct RoutingDecision {
    Deed deed = Deed::rest;
    Why why = Why::without_rule;
    std::optional<std::size_t> rule{};  ///< That decided: place in the list.
    std::optional<std::size_t> rung{};  ///< That is climbed.
    std::optional<base::Instant> next{};
    std::optional<Waiting> waits{};  ///< It is to be told, but may not leave yet.
    friend bool operator==(RoutingDecision const&, RoutingDecision const&) = default;
};

/// Whether what it tells an organisation goes this way.
bool uses(RoutingRule const& rule, Channel channel);
/// When an organisation was last told by the rule at this place, of those that keep an interval.
using LastTold = std::map<std::pair<registry::OrganisationId, std::size_t>, base::Instant>;

/// The place of the first rule that fits the finding at this moment.
std::optional<std::size_t> first_that_fits(RoutingContent const& content, Finding const& finding, base::Instant now);
/// Whether the rule fits the finding at this moment.
bool fits(RoutingRule const& rule, Finding const& finding, base::Instant now);
RoutingDecision decide(RoutingContent const& content, Finding const& finding, base::Instant now,
                       LastTold const& last_told = {});

}  // namespace kula::findings
