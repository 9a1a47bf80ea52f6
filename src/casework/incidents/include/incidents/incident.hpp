#pragma once
/// @file
/// An incident: what is known of it, its place in its life, its timeline and how it stands to others.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/readers.hpp"
#include "base/record.hpp"
#include "incidents/life.hpp"

namespace kula::incidents {

using Json = nlohmann::ordered_json;

struct Incident;
using IncidentId = base::Id<Incident>;

constexpr std::size_t longest_title = 200;        ///< Bytes, one line.
constexpr std::size_t longest_markdown = 20'000;  ///< Bytes of a summary, or of an entry.
constexpr std::size_t most_sectors = 20;
constexpr std::size_t most_listed = 50;       ///< Services, tags, techniques: each.
constexpr std::size_t longest_service = 200;  ///< Bytes, one line.
constexpr std::size_t longest_tag = 64;       ///< Likewise.

/// What people tell of it.
struct IncidentContent {
    std::string title{};
    std::string summary{};                  ///< Markdown; may be empty.
    std::string rsit_class{}, rsit_type{};  ///< Of RSIT, both.
    Severity severity = Severity::medium;
    base::Marking marking{};
    base::Readers readers{};              ///< With TLP:RED only; where nobody is named, whoever writes it.
    std::optional<base::Uuid> lead{};     ///< A person of the team.
    bool is_cross_border = false;         ///< Parties abroad are affected, or asked.
    std::vector<std::string> sectors{};   ///< Ids of `registry::Sector`s.
    std::vector<std::string> services{};  ///< That are affected.
    std::vector<std::string> tags{};
    std::vector<std::string> techniques{};       ///< Of MITRE ATT&CK: `T1486`, `T1566.002`.
    std::optional<base::Instant> happened_at{};  ///< When it began.
    std::optional<base::Instant> detected_at{};  ///< When somebody saw it first.
};

struct Incident {
    IncidentId id;
    std::string number{};       ///< `INC-2026-000123`: the year (UTC) and a number of it that is never used again.
    IncidentContent content{};  ///< Its marking is that of `record`.
    std::string state{};        ///< A `LifeState`'s id.
    base::Instant state_since{};
    std::optional<IncidentId> merged_into{};
    /// `version` rises when it is changed, takes a step, or is merged; entries and links stand beside it.
    base::Record record{};
};

/// What a list or a link says of another incident.
struct IncidentBrief {
    IncidentId id;
    std::string number{}, title{}, state{};
};

/// Of what is told in a timeline. The first four are a person's.
enum class EntryKind : std::uint8_t {
    happened,  ///< As sources say.
    done,      ///< What the team did.
    said,      ///< To others, or by them.
    note,      ///< The team's own.
    opened,
    step,
    changed,
    linked,
    unlinked,
    merged,     ///< It was merged into the other.
    unmerged,   ///< It and the other were separated.
    reported,   ///< A report was accepted into it.
    withdrawn,  ///< A report was taken out again.
    checked,    ///< A step of a playbook was done, left out, or is to be done after all.
};
std::string_view to_text(EntryKind kind);
std::optional<EntryKind> parse_entry_kind(std::string_view text);
constexpr bool is_a_persons(EntryKind kind) { return kind <= EntryKind::note; }

struct Entry;
using EntryId = base::Id<Entry>;

struct EntryContent {
    EntryKind kind = EntryKind::note;
    std::string text{};                 ///< Markdown.
    std::optional<base::Instant> at{};  ///< When it was; now, unless told. Not ahead.
};

/// What was written stays: a later one corrects it.
struct Entry {
    EntryId id;
    IncidentBrief incident{};  ///< In whose timeline it was written.
    EntryKind kind = EntryKind::note;
    base::Instant at{}, written_at{};
    std::string by{};    ///< An actor.
    std::string text{};  ///< Of a step its reason.
    /// Of a step `from`, `to`; of a check `step` and `state`; of a change `before`, `after` with what differs; of a
    /// link its `kind`; of a report its id and `subject`. Null of others.
    Json change{};
    std::optional<IncidentBrief> other{};  ///< Of a link and a merge, as far as the clearance reaches.
};

enum class LinkKind : std::uint8_t { duplicate, related, caused_by, causes };
std::string_view to_text(LinkKind kind);
std::optional<LinkKind> parse_link_kind(std::string_view text);
/// As the other one tells it.
LinkKind seen_from_the_other(LinkKind kind);

struct Link;
using LinkId = base::Id<Link>;

struct Link {
    LinkId id;
    LinkKind kind = LinkKind::related;  ///< How the one that was asked stands to the other.
    IncidentBrief other{};
};

}  // namespace kula::incidents
