#include <utility>

#include "indicators/store.hpp"
#include "storage/record.hpp"
#include "store_state.hpp"

namespace kula::indicators {
namespace {

struct Change {
    std::string indicator;
    std::string source;
    std::int64_t now_is = 0;
};

struct Part {
    std::vector<Change> changes{};
    std::string last_indicator{}, last_source{};
    std::size_t read = 0;
};

constexpr std::string_view actor = "system:indicators";

Kind kind_named(std::string_view text) {
    for (int i = 0; i <= static_cast<int>(Kind::sha256); ++i) {
        if (to_text(static_cast<Kind>(i)) == text) return static_cast<Kind>(i);
    }
    return Kind::domain;
}

Part faded(storage::Session const& session, Part const& before, DecayTable const& decay, base::Instant now) {
    Part part;
    session.each<std::string, std::string, std::string, Confidence, std::int64_t, base::Instant,
                 std::optional<base::Instant>>(
        [&](std::string const& indicator, std::string const& source, std::string const& kind, Confidence confidence,
            std::int64_t stored, base::Instant last_listed, std::optional<base::Instant> last_seen) {
            ++part.read;
            part.last_indicator = indicator;
            part.last_source = source;
            std::int64_t const effective =
                effective_confidence(confidence, last_seen.value_or(last_listed), decay.of(kind_named(kind)), now);
            if (effective != stored) part.changes.push_back({indicator, source, effective});
        },
        "select l.indicator, l.source, i.kind, l.confidence, l.effective, l.last_listed, l.last_seen "
        "from indicator_source l join indicator i on i.id = l.indicator "
        "where l.indicator > ? or (l.indicator = ? and l.source > ?) order by l.indicator, l.source limit ?",
        before.last_indicator, before.last_indicator, before.last_source, static_cast<std::int64_t>(rows_in_unit));
    return part;
}

Part misflagged(storage::Session const& session, Part const& before, Warninglists const& lists) {
    Part part;
    session.each<std::string, std::string, std::int64_t>(
        [&](std::string const& id, std::string const& text, std::int64_t stored) {
            ++part.read;
            part.last_indicator = id;
            auto const value = Value::parse(text, ReservedSpace::allow);
            std::int64_t const flagged = value && lists.warns(*value) ? 1 : 0;
            if (flagged != stored) part.changes.push_back({id, {}, flagged});
        },
        "select id, value, flagged from indicator where id > ? order by id limit ?", before.last_indicator,
        static_cast<std::int64_t>(rows_in_unit));
    return part;
}

}  // namespace

base::Result<std::int64_t> Store::refresh() {
    std::lock_guard const one(state_->bulk);
    auto const now = state_->clock.now();
    std::int64_t changed = 0;
    for (Part part;;) {
        auto const next = state_->database.read(
            [&](storage::Session const& session) { return faded(session, part, state_->decay, now); });
        if (next.has_error()) return next.error();
        part = *next;
        auto const written = state_->database.write(storage::Priority::bulk, [&](storage::Session& session) {
            session.execute("create temp table if not exists indicator_faded (id text primary key)");
            session.execute("delete from indicator_faded");
            auto listings =
                session.bulk("update indicator_source set effective = ? where indicator = ? and source = ?");
            for (auto const& change : part.changes) listings.add(change.now_is, change.indicator, change.source);
            listings.finish();
            auto ids = session.bulk("insert into indicator_faded (id) values (?) on conflict (id) do nothing");
            for (auto const& change : part.changes) ids.add(change.indicator);
            ids.finish();
            session.execute(summarise_sql("id in (select id from indicator_faded)"), now, actor);
        });
        if (written.has_error()) return written.error();
        changed += static_cast<std::int64_t>(part.changes.size());
        if (part.read < rows_in_unit) return changed;
    }
}

base::Result<std::int64_t> Store::use_warninglists(std::shared_ptr<Warninglists const> lists) {
    std::lock_guard const one(state_->bulk);
    {
        std::lock_guard const lock(state_->lists);
        state_->warninglists = lists;
    }
    auto const now = state_->clock.now();
    std::int64_t changed = 0;
    for (Part part;;) {
        auto const next =
            state_->database.read([&](storage::Session const& session) { return misflagged(session, part, *lists); });
        if (next.has_error()) return next.error();
        part = *next;
        auto const written = state_->database.write(storage::Priority::bulk, [&](storage::Session& session) {
            auto flags = session.bulk(
                "update indicator set flagged = ?, changed_at = ?, changed_by = ?, "
                "version = version + 1 where id = ?");
            for (auto const& change : part.changes) flags.add(change.now_is, now, actor, change.indicator);
            return flags.finish();
        });
        if (written.has_error()) return written.error();
        changed += static_cast<std::int64_t>(part.changes.size());
        if (part.read < rows_in_unit) break;
    }
    if (changed > 0) state_->tell();
    return changed;
}

}  // namespace kula::indicators
