#include "incident_table.hpp"

#include <fmt/format.h>

#include <sstream>

#include "base/must.hpp"
#include "registry/fold.hpp"
#include "storage/record.hpp"

namespace kula::incidents::incident_table {
namespace {

using storage::Session;
using storage::Where;
using Moment = std::optional<base::Instant>;

#define INCIDENT_CONTENT                                                                                   \
    "title, class, type, severity, lead, cross_border, sectors, services, tags, techniques, happened_at, " \
    "detected_at, readers"

/// Each between line ends.
std::string lines_of(std::vector<std::string> const& words) {
    std::string out = words.empty() ? "" : "\n";
    for (auto const& word : words) out += word + '\n';
    return out;
}

std::vector<std::string> words_of(std::string const& lines) {
    std::vector<std::string> out;
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) {
        if (!line.empty()) out.push_back(std::move(line));
    }
    return out;
}

std::string search_text(Incident const& incident) {
    auto const& content = incident.content;
    return registry::folded(incident.number + '\n' + content.title + '\n' + lines_of(content.services) +
                            lines_of(content.tags));
}

}  // namespace

std::vector<Incident> where(Session const& session, Where const& where, std::string const& rest) {
    std::vector<Incident> out;
    session.each<IncidentId, std::string, std::string, base::Instant, std::optional<IncidentId>, std::string,
                 std::string, std::string, std::string, std::uint8_t, std::optional<std::string>, bool, std::string,
                 std::string, std::string, std::string, Moment, Moment, base::Readers, base::Record>(
        [&](IncidentId id, std::string number, std::string state, base::Instant since,
            std::optional<IncidentId> merged_into, std::string summary, std::string title, std::string rsit_class,
            std::string type, std::uint8_t severity, std::optional<std::string> const& lead, bool is_cross_border,
            std::string const& sectors, std::string const& services, std::string const& tags,
            std::string const& techniques, Moment happened, Moment detected, base::Readers readers,
            base::Record record) {
            IncidentContent content{std::move(title),
                                    std::move(summary),
                                    std::move(rsit_class),
                                    std::move(type),
                                    static_cast<Severity>(severity),
                                    record.marking,
                                    std::move(readers),
                                    lead ? base::Uuid::parse(*lead) : std::nullopt,
                                    is_cross_border,
                                    words_of(sectors),
                                    words_of(services),
                                    words_of(tags),
                                    words_of(techniques),
                                    happened,
                                    detected};
            out.push_back(
                {id, std::move(number), std::move(content), std::move(state), since, merged_into, std::move(record)});
        },
        "select id, number, state, state_since, merged_into, (select summary from incident_summary where incident = "
        "incident.id), " INCIDENT_CONTENT ", " KULA_RECORD_COLUMNS " from incident" +
            where.sql() + rest,
        where.arguments());
    return out;
}

std::optional<Incident> find(Session const& session, IncidentId id, base::Clearance const& clearance) {
    Where this_one;
    this_one.add("id = ?", id);
    add_clearance(this_one, "", clearance);
    auto found = where(session, this_one);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void insert(Session& session, Incident const& incident) {
    session.execute(
        "insert into incident (id, number, created_at, created_by, owner, lineage, state, state_since, search, " INCIDENT_CONTENT
        ", tlp, pap, changed_at, changed_by, version) values (?, ?, ?, ?, ?, ?, '', 0, '', '', '', '', 0, "
        "null, 0, '', '', '', '', null, null, '', 'red', 'red', 0, '', 0)",
        incident.id, incident.number, incident.record.created_at, incident.record.created_by, incident.record.owner,
        incident.record.lineage);
    update(session, incident);
}

void update(Session& session, Incident const& incident) {
    auto const& content = incident.content;
    session.execute(
        "update incident set state = ?, state_since = ?, merged_into = ?, search = ?, title = ?, class = ?, "
        "type = ?, severity = ?, lead = ?, cross_border = ?, sectors = ?, services = ?, tags = ?, techniques = ?, "
        "happened_at = ?, detected_at = ?, readers = ?, tlp = ?, pap = ?, changed_at = ?, changed_by = ?, version = ? where "
        "id = ?",
        incident.state, incident.state_since, incident.merged_into, search_text(incident), content.title,
        content.rsit_class, content.rsit_type, static_cast<std::uint8_t>(content.severity), content.lead,
        content.is_cross_border, lines_of(content.sectors), lines_of(content.services), lines_of(content.tags),
        lines_of(content.techniques), content.happened_at, content.detected_at, content.readers,
        incident.record.marking, incident.record.changed_at, incident.record.changed_by, incident.record.version,
        incident.id);
    session.execute(
        "insert into incident_summary (incident, summary) values (?, ?) on conflict (incident) do update set summary = "
        "excluded.summary",
        incident.id, content.summary);
}

std::string take_number(Session& session, base::Instant now) {
    auto const year = static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
    session.execute(
        "insert into incident_number (year, last) values (?, 1) on conflict (year) do update set last = "
        "incident_number.last + 1",
        year);
    return fmt::format("INC-{:04}-{:06}", year,
                       session.value<std::int64_t>("select last from incident_number where year = ?", year));
}

void add_clearance(Where& where, std::string const& prefix, base::Clearance const& clearance) {
    if (!clearance.sees_everything()) where.add("1 = 0");
    if (auto const readable = storage::readable_rows(prefix, clearance); !readable.sql.empty())
        where.add(readable.sql, readable.arguments);
}

void add_search(Where& where, std::string const& column, std::string_view words) {
    std::istringstream each(registry::folded(words));
    for (std::string word; each >> word;) where.add(column + " like ? escape '\\'", storage::like_anywhere(word));
}

namespace {

/// Of a `select i.id, i.number, i.title, i.state …`.
std::vector<IncidentBrief> briefs(Session const& session, std::string const& sql, storage::Arguments const& arguments) {
    std::vector<IncidentBrief> out;
    session.each<IncidentId, std::string, std::string, std::string>(
        [&out](IncidentId id, std::string number, std::string title, std::string state) {
            out.push_back({id, std::move(number), std::move(title), std::move(state)});
        },
        sql, arguments);
    return out;
}

}  // namespace

std::optional<IncidentBrief> brief(Session const& session, IncidentId id, base::Clearance const& clearance) {
    Where this_one;
    this_one.add("i.id = ?", id);
    add_clearance(this_one, "i.", clearance);
    auto found = briefs(session, "select i.id, i.number, i.title, i.state from incident i" + this_one.sql(),
                        this_one.arguments());
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<IncidentBrief> merged_into(Session const& session, IncidentId id, base::Clearance const& clearance) {
    Where readable;
    add_clearance(readable, "i.", clearance);
    storage::Arguments arguments;
    arguments.add(id, readable.arguments());
    return briefs(session,
                  "with recursive family (id) as (select id from incident where merged_into = ? union select m.id from "
                  "incident m join family on m.merged_into = family.id) select i.id, i.number, i.title, i.state from "
                  "incident i join family on family.id = i.id" +
                      readable.sql() + " order by i.number",
                  arguments);
}

bool set_check(Session& session, IncidentId id, Check const& check) {
    if (check.state == CheckState::open)
        return session.execute("delete from incident_check where incident = ? and step = ?", id, check.step) > 0;
    return session.execute(
               "insert into incident_check (incident, step, state, at, actor, note) values (?, ?, ?, ?, ?, ?) "
               "on conflict (incident, step) do update set state = excluded.state, at = excluded.at, actor = excluded.actor, "
               "note = excluded.note where incident_check.state <> excluded.state or incident_check.note <> excluded.note",
               id, check.step, to_text(check.state), check.at, check.by, check.note) > 0;
}

std::vector<Check> checks(Session const& session, IncidentId id) {
    std::vector<Check> out;
    session.each<std::string, std::string, base::Instant, std::string, std::string>(
        [&out](std::string step, std::string const& text, base::Instant at, std::string by, std::string note) {
            auto const state = parse_check_state(text);
            base::must(state.has_value(), "stored checks are in a known state");
            out.push_back({std::move(step), *state, at, std::move(by), std::move(note)});
        },
        "select step, state, at, actor, note from incident_check where incident = ? order by at, step", id);
    return out;
}

bool add_link(Session& session, IncidentId id, LinkKind kind, IncidentId other, base::Instant now,
              std::string const& by) {
    // Causes are kept as effects, and of what is the same from both sides the lesser id comes first.
    bool const is_turned = kind == LinkKind::causes || (kind != LinkKind::caused_by && other < id);
    auto const& one = is_turned ? other : id;
    auto const& two = is_turned ? id : other;
    auto const kept = is_turned ? seen_from_the_other(kind) : kind;
    return session.execute(
               "insert into incident_link (id, one, other, kind, actor, created_at) values (?, ?, ?, ?, ?, ?) "
               "on conflict (one, other, kind) do nothing",
               LinkId::make(now), one, two, to_text(kept), by, now) > 0;
}

void remove_link(Session& session, LinkId id) { session.execute("delete from incident_link where id = ?", id); }

std::vector<Link> links(Session const& session, IncidentId id, base::Clearance const& clearance) {
    Where readable;
    add_clearance(readable, "i.", clearance);
    readable.add("l.one = ? or l.other = ?", id, id);
    std::vector<Link> out;
    storage::Arguments arguments;
    arguments.add(id, id, readable.arguments());
    session.each<LinkId, bool, std::string, IncidentId, std::string, std::string, std::string>(
        [&out](LinkId link, bool is_turned, std::string const& text, IncidentId other, std::string number,
               std::string title, std::string state) {
            auto const kind = parse_link_kind(text);
            base::must(kind.has_value(), "stored links are of a known kind");
            out.push_back({link,
                           is_turned ? seen_from_the_other(*kind) : *kind,
                           {other, std::move(number), std::move(title), std::move(state)}});
        },
        "select l.id, case when l.one = ? then 0 else 1 end, l.kind, i.id, i.number, i.title, i.state from incident_link l "
        "join incident i on i.id = case when l.one = ? then l.other else l.one end" +
            readable.sql() + " order by l.id",
        arguments);
    return out;
}

}  // namespace kula::incidents::incident_table
