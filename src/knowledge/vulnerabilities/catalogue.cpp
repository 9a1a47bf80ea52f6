#include "vulnerabilities/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "storage/where.hpp"
#include "vulnerabilities_migrations.hpp"

namespace kula::vulnerabilities {
namespace {

using storage::Priority;
using storage::Session;

constexpr std::size_t scores_at_once = 10'000;  // in one transaction, some ten milliseconds
constexpr double billion = 1e9;

constexpr std::string_view exploited_name = "exploited";
constexpr std::string_view scores_name = "scores";

struct Stored {
    std::int64_t generation = 0;
    std::uint64_t entries = 0;
    ScoreDay day{};
    std::optional<base::Instant> released{};
};

Stored stored(Session const& session, std::string_view name) {
    Stored out;
    session.each<std::int64_t, std::uint64_t, std::string, std::string, std::optional<base::Instant>>(
        [&](std::int64_t generation, std::uint64_t entries, std::string day, std::string model,
            std::optional<base::Instant> released) {
            out = {generation, entries, {std::move(day), std::move(model)}, released};
        },
        "select generation, entries, day, model, released from vulnerability_list where name = ?", name);
    return out;
}

void store(Session& session, std::string_view name, Stored const& list, base::Instant now) {
    session.execute("delete from vulnerability_list where name = ?", name);
    session.execute(
        "insert into vulnerability_list (name, generation, entries, day, model, released, told_at) values (?, ?, ?, ?, "
        "?, ?, ?)",
        name, list.generation, list.entries, list.day.day, list.day.model, list.released, now);
}

/// Both lists only grow, but for what is taken back one by one.
base::Result<void> check_size(std::size_t listed, std::uint64_t before, std::size_t most) {
    if (listed == 0) return base::invalid("list: names no vulnerability");
    if (listed > most) return base::invalid(fmt::format("list: names more than {} vulnerabilities", most));
    if (listed * 10 < before * 9)
        return base::invalid(fmt::format("list: names {} vulnerabilities, and {} before", listed, before));
    return {};
}

/// Days sort as texts.
std::string newest_of(std::vector<Exploited> const& list) {
    auto const earlier = [](Exploited const& a, Exploited const& b) { return a.added < b.added; };
    auto const newest = std::max_element(list.begin(), list.end(), earlier);
    return newest == list.end() ? std::string() : newest->added;
}

std::string newest_of(ExploitedList const& list) {
    std::string out;
    for (auto const& [cve, each] : list.entries) out = std::max(out, each.added);
    return out;
}

base::Error older_than(std::string_view known) {
    return base::conflict(fmt::format("it is older than the known one, of `{}`", known));
}

/// When it was released, as far as that is known; `conflict` where that is before the known one, `invalid` where it is
/// of a day to come: nothing that comes until then would be newer.
base::Result<base::Instant> released_at(std::vector<Exploited> const& list, std::optional<base::Instant> told,
                                        ExploitedList const& before, base::Instant now) {
    auto const tomorrow = now + std::chrono::days(1);
    if (told && *told > tomorrow) return base::invalid("it is of a day to come");
    if (newest_of(list) > base::to_seconds_text(tomorrow)) return base::invalid("it is of a day to come");
    auto const known = before.released.value_or(base::Instant());
    if (told && *told < known) return older_than(base::to_seconds_text(known));
    if (told && before.released) return *told;
    auto const newest = newest_of(list);
    if (auto const newest_known = newest_of(before); newest < newest_known) return older_than(newest_known);
    return told ? *told : std::max(known, base::parse_instant(newest).value_or(known));
}

journal::Fact fact_of(std::string_view name, Told const& told, ScoreDay const& day) {
    auto const dated = day.day.empty() ? std::string() : fmt::format(R"(,"day":"{}")", day.day);
    return {"vulnerabilities.told",
            fmt::format("vulnerabilities:{}", name),
            {},
            fmt::format(R"({{"listed":{},"fresh":{},"gone":{}{}}})", told.listed, told.fresh, told.gone, dated)};
}

Told told_of(std::uint64_t listed, std::uint64_t before, std::uint64_t fresh) {
    return {listed, fresh, before + fresh - listed};
}

std::int64_t billionths(double value) { return std::llround(value * billion); }

}  // namespace

base::Result<std::unique_ptr<Catalogue>> Catalogue::open(storage::Database& database, journal::Journal& journal,
                                                         base::Clock const& clock) {
    if (auto const migrated = database.migrate(vulnerabilities_migrations()); !migrated) return migrated.error();
    std::unique_ptr<Catalogue> out(new Catalogue(database, journal, clock));
    if (auto const loaded = out->load(); !loaded) return loaded.error();
    return out;
}

base::Result<void> Catalogue::load() {
    auto fresh = database_.read([](Session const& session) {
        auto const known = stored(session, exploited_name);
        ExploitedList list{known.generation, known.released, {}};
        session.each<std::string, std::string, std::string, std::string, std::string, std::string, std::string, bool>(
            [&](std::string const& cve, std::string vendor, std::string product, std::string name, std::string added,
                std::string due, std::string action, bool ransomware) {
                list.entries.emplace(cve, Exploited{cve, std::move(vendor), std::move(product), std::move(name),
                                                    std::move(added), std::move(due), std::move(action), ransomware});
            },
            "select cve, vendor, product, name, added, due, action, ransomware from exploited_vulnerability");
        return list;
    });
    if (!fresh) return fresh.error();
    auto list = std::make_shared<ExploitedList const>(std::move(*fresh));
    std::lock_guard const lock(mutex_);
    exploited_ = std::move(list);
    return {};
}

std::shared_ptr<ExploitedList const> Catalogue::exploited() const {
    std::lock_guard const lock(mutex_);
    return exploited_;
}

base::Result<Told> Catalogue::tell(std::vector<Exploited> const& list, std::optional<base::Instant> released) {
    std::lock_guard const telling(telling_);
    auto const before = exploited();
    auto const at = released_at(list, released, *before, clock_.now());
    if (!list.empty() && !at) return at.error();
    if (auto const fits = check_size(list.size(), before->entries.size(), most_exploited); !fits) return fits.error();
    auto const fresh = std::count_if(list.begin(), list.end(),
                                     [&](Exploited const& each) { return !before->entries.contains(each.cve); });
    auto const told = told_of(list.size(), before->entries.size(), static_cast<std::uint64_t>(fresh));
    auto const done = database_.write(Priority::bulk, [&](Session& session) {
        session.execute("delete from exploited_vulnerability");
        auto bulk = session.bulk(
            "insert into exploited_vulnerability (cve, vendor, product, name, added, due, action, ransomware) values (?, ?, "
            "?, ?, ?, ?, ?, ?)");
        for (auto const& each : list)
            bulk.add(each.cve, each.vendor, each.product, each.name, each.added, each.due, each.action,
                     each.is_used_for_ransomware);
        bulk.finish();
        auto const generation = stored(session, exploited_name).generation + 1;
        store(session, exploited_name, {generation, told.listed, {}, *at}, clock_.now());
        ScoreDay const day{released ? base::to_seconds_text(*released) : std::string()};
        journal_.append(session, {"system:intake"}, fact_of(exploited_name, told, day));
    });
    if (!done) return done.error();
    if (auto const loaded = load(); !loaded) return loaded.error();
    return told;
}

base::Result<Told> Catalogue::tell(std::vector<Score> const& list, ScoreDay const& day) {
    std::lock_guard const telling(telling_);
    auto const before = database_.read([](Session const& session) { return stored(session, scores_name); });
    if (!before) return before.error();
    if (auto const fits = check_size(list.size(), before->entries, most_scores); !fits) return fits.error();
    if (day.day < before->day.day) return older_than(before->day.day);
    // What a crash left of a list that was never named.
    if (auto const cleaned = forget_other_scores(before->generation); !cleaned) return cleaned.error();
    auto const generation = before->generation + 1;
    for (std::size_t from = 0; from < list.size(); from += scores_at_once) {
        auto const written = database_.write(Priority::bulk, [&](Session& session) {
            auto bulk = session.bulk(
                "insert into vulnerability_score (generation, cve, score, percentile) values (?, ?, ?, ?)");
            for (auto at = from; at < std::min(from + scores_at_once, list.size()); ++at) {
                auto const& each = list[at];
                bulk.add(generation, each.cve, billionths(each.score),
                         each.percentile ? std::optional(billionths(*each.percentile)) : std::nullopt);
            }
            bulk.finish();
        });
        if (!written) return written.error();
    }
    auto const fresh = database_.read([&](Session const& session) {
        return session.value<std::uint64_t>(
            "select count(*) from vulnerability_score n where n.generation = ? and not exists (select 1 from "
            "vulnerability_score o where o.generation = ? and o.cve = n.cve)",
            generation, before->generation);
    });
    if (!fresh) return fresh.error();
    auto const told = told_of(list.size(), before->entries, *fresh);
    auto const named = database_.write(Priority::bulk, [&](Session& session) {
        store(session, scores_name, {generation, told.listed, day}, clock_.now());
        journal_.append(session, {"system:intake"}, fact_of(scores_name, told, day));
    });
    if (!named) return named.error();
    if (auto const cleaned = forget_other_scores(generation); !cleaned) return cleaned.error();
    return told;
}

base::Result<void> Catalogue::forget_other_scores(std::int64_t generation) {
    for (std::int64_t gone = 1; gone > 0;) {
        auto const done = database_.write(Priority::bulk, [&](Session& session) {
            return session.execute(
                "delete from vulnerability_score where generation <> ? and cve in (select cve from vulnerability_score where "
                "generation <> ? limit ?)",
                generation, generation, scores_at_once);
        });
        if (!done) return done.error();
        gone = *done;
    }
    return {};
}

base::Result<std::map<std::string, Score, std::less<>>> Catalogue::scores(std::vector<std::string> const& cves) const {
    constexpr std::size_t at_once = 500;
    constexpr std::size_t most = 10'000;
    if (cves.size() > most) return base::invalid("scores of at most 10,000 are asked for");
    return database_.read([&](Session const& session) {
        std::map<std::string, Score, std::less<>> out;
        auto const generation = stored(session, scores_name).generation;
        for (std::size_t from = 0; from < cves.size(); from += at_once) {
            auto const end = std::min(from + at_once, cves.size());
            storage::Where among;
            among.add("generation = ?", generation);
            among.add_among("cve", std::vector(cves.begin() + static_cast<std::ptrdiff_t>(from),
                                               cves.begin() + static_cast<std::ptrdiff_t>(end)));
            session.each<std::string, std::int64_t, std::optional<std::int64_t>>(
                [&](std::string const& cve, std::int64_t score, std::optional<std::int64_t> percentile) {
                    auto const share = [](std::int64_t count) { return static_cast<double>(count) / billion; };
                    out.emplace(
                        cve, Score{cve, share(score), percentile ? std::optional(share(*percentile)) : std::nullopt});
                },
                "select cve, score, percentile from vulnerability_score" + among.sql(), among.arguments());
        }
        return out;
    });
}

}  // namespace kula::vulnerabilities
