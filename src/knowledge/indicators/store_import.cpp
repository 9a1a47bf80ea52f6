#include "store_import.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "indicators/rsit.hpp"
#include "name.hpp"
#include "storage/record.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t longest_source_name = 200;

constexpr std::string_view make_staged =
    "create temp table if not exists indicator_staged (value text not null, id text not null, kind text not null, "
    "sort_key text not null, confidence bigint not null, effective bigint not null, class text, type text, comment text, "
    "first_seen bigint, last_seen bigint, valid_until bigint, active_from bigint not null, active_until bigint not null, "
    "tlp text not null, pap text not null, readers text not null, flagged bigint not null)";

constexpr std::string_view insert_staged =
    "insert into indicator_staged (value, id, kind, sort_key, confidence, effective, class, type, comment, first_seen, "
    "last_seen, valid_until, active_from, active_until, tlp, pap, readers, flagged) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr std::string_view insert_indicators =
    "insert into indicator (id, kind, value, sort_key, confidence, class, type, flagged, first_listed, last_listed, "
    "valid_until, active_from, active_until, " KULA_RECORD_COLUMNS
    ") "
    "select s.id, s.kind, s.value, s.sort_key, s.effective, s.class, s.type, s.flagged, cast(? as bigint), "
    "cast(? as bigint), s.valid_until, s.active_from, s.active_until, cast(? as text), s.tlp, s.pap, cast(? as text), "
    "cast(? as bigint), cast(? as text), cast(? as bigint), cast(? as text), 1 from indicator_staged s "
    "where not exists (select 1 from indicator i where i.value = s.value)";

// `cross join` keeps SQLite at the small table's side of the join.
constexpr std::string_view count_still_listed =
    "select count(*) from indicator_staged s cross join indicator i cross join indicator_source l "
    "where i.value = s.value and l.indicator = i.id and l.source = ? and l.listed = 1";

constexpr std::string_view upsert_listings =
    "insert into indicator_source (indicator, source, confidence, effective, class, type, comment, first_listed, "
    "last_listed, first_seen, last_seen, valid_until, active_from, active_until, listed, import_number, readers, " KULA_RECORD_COLUMNS
    ") "
    "select i.id, cast(? as text), s.confidence, s.effective, s.class, s.type, s.comment, cast(? as bigint), "
    "cast(? as bigint), s.first_seen, s.last_seen, s.valid_until, s.active_from, s.active_until, 1, cast(? as bigint), s.readers, "
    "cast(? as text), s.tlp, s.pap, cast(? as text), cast(? as bigint), cast(? as text), cast(? as bigint), "
    "cast(? as text), 1 from indicator_staged s cross join indicator i where i.value = s.value "
    "on conflict (indicator, source) do update set confidence = excluded.confidence, effective = excluded.effective, "
    "class = excluded.class, type = excluded.type, comment = excluded.comment, last_listed = excluded.last_listed, "
    "first_seen = coalesce(indicator_source.first_seen, excluded.first_seen), last_seen = excluded.last_seen, "
    "valid_until = excluded.valid_until, active_from = excluded.active_from, active_until = excluded.active_until, "
    "listed = 1, import_number = excluded.import_number, readers = excluded.readers, " KULA_RECORD_UPDATE(
        "indicator_source");

// Indicators that were there before: most are this source's alone, and then its word is all there is to say.
constexpr std::string_view make_own =
    "create temp table if not exists indicator_own (id text primary key, effective bigint not null, class text, type text, "
    "valid_until bigint, active_from bigint not null, active_until bigint not null, tlp text not null, pap text not null)";
constexpr std::string_view insert_own =
    "insert into indicator_own (id, effective, class, type, valid_until, active_from, active_until, tlp, pap) "
    "select i.id, s.effective, s.class, s.type, s.valid_until, s.active_from, s.active_until, s.tlp, s.pap "
    "from indicator_staged s cross join indicator i where i.value = s.value and i.id <> s.id and not exists "
    "(select 1 from indicator_source l where l.indicator = i.id and l.source <> ?)";
constexpr std::string_view update_own =
    "update indicator set (confidence, class, type, valid_until, active_from, active_until, tlp, pap) = "
    "(select o.effective, o.class, o.type, o.valid_until, o.active_from, o.active_until, o.tlp, o.pap "
    "from indicator_own o where o.id = indicator.id), "
    "last_listed = ?, changed_at = ?, changed_by = ?, version = version + 1 where id in (select id from indicator_own)";
constexpr std::string_view shared =
    "id in (select i.id from indicator_staged s cross join indicator i where i.value = s.value and i.id <> s.id and exists "
    "(select 1 from indicator_source l where l.indicator = i.id and l.source <> ?))";

constexpr std::string_view upsert_source =
    "insert into source (id, name, confidence, class, type, listed, import_number, last_import, readers, " KULA_RECORD_COLUMNS
    ") "
    "values (?, ?, ?, ?, ?, 0, 0, ?, ?, " KULA_RECORD_PLACES
    ") on conflict (name) do update set confidence = excluded.confidence, class = excluded.class, type = excluded.type, "
    "readers = excluded.readers, " KULA_RECORD_UPDATE("source");

std::optional<std::string> told_or_null(std::string const& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string sample_of(std::vector<SkippedLine> const& skipped) {
    auto sample = nlohmann::json::array();
    for (auto const& line : skipped) {
        if (sample.size() == skipped_in_record) break;
        sample.push_back({{"line", line.line}, {"text", line.text}, {"reason", line.reason}});
    }
    return sample.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

void ReadList::take(Value const& value, Attributes const& attributes) {
    auto const& a = attributes;
    bool const says_more = a.confidence || a.first_seen || a.last_seen || a.valid_from || a.valid_until || a.tlp ||
                           a.pap || !a.rsit_class.empty() || !a.rsit_type.empty() || !a.comment.empty();
    entries.push_back({value, says_more ? static_cast<std::uint32_t>(told.size()) : nothing_told});
    if (!says_more) return;
    told.push_back({a.confidence, a.first_seen, a.last_seen, a.valid_from, a.valid_until, a.tlp, a.pap,
                    std::string(a.rsit_class), std::string(a.rsit_type), std::string(a.comment)});
}

void ReadList::settle() {
    std::stable_sort(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) { return a.value < b.value; });
    entries.erase(
        std::unique(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) { return a.value == b.value; }),
        entries.end());
}

base::Result<void> check(ListSource const& source) {
    if (source.name.empty() || source.name.size() > longest_source_name || !is_clean_text(source.name)) {
        return base::invalid("source: its name is 1 to 200 bytes of clean text");
    }
    if (source.confidence > full_confidence) return base::invalid("confidence: is from 0 to 100");
    if (!source.readers.empty() && source.marking.tlp != base::Tlp::red)
        return base::invalid("readers: are named under TLP:RED only");
    if (source.rsit_class.empty() && source.rsit_type.empty()) return {};
    return Rsit::shipped().check(source.rsit_class, source.rsit_type);
}

SourceImport::SourceImport(StoreState& state, ListSource const& source, base::Actor const& actor, ReadList list)
    : state_(state), source_(source), actor_(actor), list_(std::move(list)), now_(state.clock.now()) {
    if (auto const& maker = actor.clearance.person(); maker && source_.readers.empty())
        source_.readers = base::Readers::of({*maker}).value_or(base::Readers());
}

base::Readers SourceImport::readers_of(base::Tlp tlp) const {
    return tlp == base::Tlp::red ? source_.readers : base::Readers();
}

base::Record SourceImport::record() const {
    auto made = storage::new_record(state_.clock, actor_.name, source_.marking, lineage_);
    made.created_at = made.changed_at = now_;
    return made;
}

/// For the trail: the import as far as it has come. Whoever reads the trail need not be a reader of TLP:RED.
std::string SourceImport::told() const {
    bool const is_red = source_.marking.tlp == base::Tlp::red;
    return nlohmann::ordered_json{{"source", is_red ? nlohmann::ordered_json() : nlohmann::ordered_json(source_.name)},
                                  {"import", report_.import.text()},
                                  {"confidence", source_.confidence},
                                  {"tlp", base::to_text(source_.marking.tlp)},
                                  {"pap", base::to_text(source_.marking.pap)},
                                  {"readers", readers_of(source_.marking.tlp).text()},
                                  {"listed", report_.listed},
                                  {"fresh", report_.fresh},
                                  {"gone", report_.gone}}
        .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

base::Result<SourceReport> SourceImport::run(Shrinking shrinking) {
    list_.settle();
    report_.import = base::Uuid::v7(now_);
    report_.source = source_.name;
    report_.listed = static_cast<std::int64_t>(list_.entries.size());
    lineage_ = "import:" + report_.import.text();
    if (auto const begun = begin(shrinking); begun.has_error()) return begun.error();
    for (std::size_t first = 0; first < list_.entries.size(); first += rows_in_unit) {
        auto const last = std::min(first + rows_in_unit, list_.entries.size());
        if (auto const written = write_part(first, last); written.has_error()) return written.error();
    }
    if (auto const written = write_gone(); written.has_error()) return written.error();
    report_.lines = std::move(list_.report);
    if (auto const ended = end(); ended.has_error()) return ended.error();
    return std::move(report_);
}

base::Result<void> SourceImport::begin(Shrinking shrinking) {
    return state_.database.write(storage::Priority::bulk, [&](storage::Session& session) -> base::Result<void> {
        auto const before = session.row<std::int64_t, std::string, base::Readers>(
            "select listed, tlp, readers from source where name = ?", source_.name);
        auto const listed = before ? std::get<0>(*before) : 0;
        if (before && std::get<1>(*before) == base::to_text(base::Tlp::red) &&
            !actor_.clearance.may_read(base::Tlp::red, std::get<2>(*before))) {
            return base::invalid("source: this name cannot be used");
        }
        if (shrinking == Shrinking::refuse && report_.listed * 2 < listed) {
            return base::invalid(
                fmt::format("list: `{}` would shrink from {} values to {}, less than half; nothing was changed",
                            source_.name, listed, report_.listed));
        }
        if (shrinking == Shrinking::refuse_empty && report_.listed == 0 && listed > 0) {
            return base::invalid(
                fmt::format("list: holds no indicator, `{}` has {}; nothing was changed", source_.name, listed));
        }
        if (shrinking != Shrinking::allow && report_.listed == 0 && list_.report.skipped > 0)
            return base::invalid("list: none of its lines is an indicator; nothing was changed");
        session.execute(upsert_source, base::Uuid::v7(now_), source_.name, source_.confidence,
                        told_or_null(source_.rsit_class), told_or_null(source_.rsit_type), now_,
                        readers_of(source_.marking.tlp), record());
        session.execute("update source set import_number = import_number + 1 where name = ?", source_.name);
        std::tie(source_id_, import_number_) =
            session.row<std::string, std::int64_t>("select id, import_number from source where name = ?", source_.name)
                .value();
        session.execute(
            "insert into source_import (id, source, started_at, finished_at, read_lines, taken, skipped, listed, "
            "fresh, gone, flagged, first_skipped, " KULA_RECORD_COLUMNS
            ") values (?, ?, ?, null, ?, ?, ?, ?, 0, 0, "
            "0, ?, " KULA_RECORD_PLACES ")",
            report_.import, source_id_, now_, static_cast<std::int64_t>(list_.report.read),
            static_cast<std::int64_t>(list_.report.taken), static_cast<std::int64_t>(list_.report.skipped),
            report_.listed, sample_of(list_.report.first_skipped), record());
        state_.journal.append(session, actor_, {"source.import_began", "source:" + source_id_, {}, told()});
        return {};
    });
}

void SourceImport::stage_one(storage::Bulk& bulk, ReadList::Entry const& entry, Warninglists const& lists) {
    static Told const nothing;
    auto const& told = entry.told == ReadList::nothing_told ? nothing : list_.told[entry.told];
    auto const confidence = told.confidence.value_or(source_.confidence);
    auto valid_until = told.valid_until ? told.valid_until : source_.valid_until;
    if (source_.time_to_live && (!valid_until || now_ + *source_.time_to_live < *valid_until)) {
        valid_until = now_ + *source_.time_to_live;
    }
    auto const& decay = state_.decay.of(entry.value.kind);
    auto const last_seen = told.last_seen.value_or(now_);
    auto active_until = expires_at(confidence, last_seen, decay);
    if (valid_until) active_until = std::min(active_until, *valid_until);
    bool const classified = !told.rsit_class.empty();
    auto const& of_class = classified ? told.rsit_class : source_.rsit_class;
    auto of_type = classified || !told.rsit_type.empty() ? told.rsit_type : source_.rsit_type;
    if (!of_type.empty() && Rsit::shipped().check(of_class, of_type).has_error()) of_type.clear();
    auto const tlp = told.tlp.value_or(source_.marking.tlp);
    bool const flagged = lists.warns(entry.value);
    part_flagged_ += flagged ? 1 : 0;
    bulk.add(entry.value.text(), base::Uuid::v7(now_), to_text(entry.value.kind), sort_key_of(entry.value), confidence,
             effective_confidence(confidence, last_seen, decay, now_), told_or_null(of_class), told_or_null(of_type),
             told_or_null(told.comment), told.first_seen, told.last_seen, valid_until,
             told.valid_from.value_or(source_.valid_from.value_or(now_)), active_until, base::to_text(tlp),
             base::to_text(told.pap.value_or(source_.marking.pap)), readers_of(tlp), flagged);
}

void SourceImport::stage(storage::Session& session, std::size_t first, std::size_t last) {
    auto const lists = state_.current_lists();
    part_flagged_ = 0;
    session.execute(make_staged);
    session.execute("delete from indicator_staged");
    auto bulk = session.bulk(insert_staged);
    for (auto i = first; i < last; ++i) stage_one(bulk, list_.entries[i], *lists);
    bulk.finish();
}

// How many values are new to the source, or back on its list.
std::int64_t SourceImport::upsert(storage::Session& session, std::int64_t staged) {
    auto const still = session.value<std::int64_t>(count_still_listed, source_id_);
    auto const owner = base::Id<base::Owner>().text();
    auto const fresh =
        session.execute(insert_indicators, now_, now_, owner, lineage_, now_, actor_.name, now_, actor_.name);
    session.execute(upsert_listings, source_id_, now_, now_, import_number_, owner, lineage_, now_, actor_.name, now_,
                    actor_.name);
    if (fresh < staged) {
        session.execute(make_own);
        session.execute("delete from indicator_own");
        auto const own = session.execute(insert_own, source_id_);
        if (own > 0) session.execute(update_own, now_, now_, actor_.name);
        if (fresh + own < staged) session.execute(summarise_sql(shared), now_, actor_.name, source_id_);
    }
    return staged - still;
}

base::Result<void> SourceImport::write_part(std::size_t first, std::size_t last) {
    auto const fresh = state_.database.write(storage::Priority::bulk, [&](storage::Session& session) {
        stage(session, first, last);
        return upsert(session, static_cast<std::int64_t>(last - first));
    });
    if (fresh.has_error()) return fresh.error();
    report_.fresh += *fresh;
    report_.flagged += part_flagged_;
    return {};
}

base::Result<void> SourceImport::write_gone() {
    for (;;) {
        auto const gone = state_.database.write(storage::Priority::bulk, [&](storage::Session& session) {
            session.execute("create temp table if not exists indicator_gone (id text primary key)");
            session.execute("delete from indicator_gone");
            auto const count = session.execute(
                "insert into indicator_gone (id) select indicator from indicator_source where source = ? and import_number < ? "
                "and listed = 1 limit ?",
                source_id_, import_number_, static_cast<std::int64_t>(rows_in_unit));
            if (count == 0) return count;
            session.execute(
                "update indicator_source set listed = 0, import_number = ?, "
                "valid_until = case when valid_until < ? then valid_until else ? end, "
                "active_until = case when active_until < ? then active_until else ? end, "
                "changed_at = ?, changed_by = ?, lineage = ?, version = version + 1 "
                "where source = ? and indicator in (select id from indicator_gone)",
                import_number_, now_, now_, now_, now_, now_, actor_.name, lineage_, source_id_);
            session.execute(summarise_sql("id in (select id from indicator_gone)"), now_, actor_.name);
            return count;
        });
        if (gone.has_error()) return gone.error();
        if (*gone == 0) return {};
        report_.gone += *gone;
    }
}

base::Result<void> SourceImport::end() {
    auto const ended = state_.database.write(storage::Priority::bulk, [&](storage::Session& session) {
        session.execute("update source set listed = ?, last_import = ? where id = ?", report_.listed, now_, source_id_);
        session.execute("update source_import set finished_at = ?, fresh = ?, gone = ?, flagged = ? where id = ?",
                        state_.clock.now(), report_.fresh, report_.gone, report_.flagged, report_.import);
        state_.journal.append(session, actor_, {"source.imported", "source:" + source_id_, {}, told()});
    });
    if (ended.has_error()) return ended.error();
    state_.tell();
    return {};
}

}  // namespace kula::indicators
