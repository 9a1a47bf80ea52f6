// Making reports of what the own sensors saw: each hour that is over is a delivery.
//
// The feed's etag is the last hour that was told, noted when its delivery is read: what a crash cuts off is told again,
// as content that came before.

#include <algorithm>
#include <map>

#include "feeds_state.hpp"
#include "intake/sensors.hpp"
#include "sensor_report.hpp"

namespace kula::intake {
namespace {

using std::chrono::hours;

/// Behind the end of an hour, until what was seen in it is stored.
constexpr auto grace = std::chrono::minutes(5);
/// Hours of before in which something was seen that was stored late: a router's clock goes wrong, a flush waits.
constexpr auto late_hours = hours(2);
/// Told at one look.
constexpr std::size_t most_hours = 24;
/// Before the feed was made, and of exporters that are usual.
constexpr auto a_day = hours(24);
constexpr std::size_t asked_at_once = 1000;  // Sightings, and indicators.

/// Whether it is told with this hour: it is of it, or was stored when its own was told already.
bool is_told_with(base::Instant hour, events::Sighting const& sighting) {
    return sighting.hour == hour || sighting.record.changed_at >= hour + grace;
}

base::Instant hour_at(base::Instant moment) { return std::chrono::floor<hours>(moment); }

/// The rows of one page, in its order.
base::Result<std::string> rows_of(base::Instant hour, std::vector<events::Sighting> const& page,
                                  indicators::Store const& store) {
    std::vector<std::string> values;
    for (auto const& sighting : page) {
        if (is_told_with(hour, sighting) && seeker_of(sighting)) values.push_back(sighting.seen.indicator);
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.empty()) return std::string();
    auto const found = store.among(values, {});
    if (!found) return found.error();
    std::map<std::string, indicators::Indicator const*, std::less<>> by_value;
    for (auto const& indicator : *found) by_value[indicator.value.text()] = &indicator;
    std::string out;
    for (auto const& sighting : page) {
        auto const seeker = is_told_with(hour, sighting) ? seeker_of(sighting) : std::nullopt;
        auto const indicator = by_value.find(sighting.seen.indicator);
        if (seeker && indicator != by_value.end() && says_something(*indicator->second))
            out += report_row(sighting, *seeker, *indicator->second);
    }
    return out;
}

base::Result<storage::Blob> write_report(base::Instant hour, Coverage const& coverage, OwnSensors const& sensors,
                                         storage::BlobWriter writer) {
    auto const add = [&](std::string_view text) { return writer.add(std::as_bytes(std::span(text))); };
    if (auto const added = add(report_head(hour, coverage)); !added) return added.error();
    events::SightingFilter filter;
    filter.window = {hour - late_hours, hour + hours(1)};
    std::string cursor;
    do {
        auto const page = sensors.sightings.list(filter, events::SightingSort::first, events::SortOrder::ascending,
                                                 cursor, asked_at_once);
        if (!page) return page.error();
        auto const rows = rows_of(hour, page->items, sensors.indicators);
        if (!rows) return rows.error();
        if (auto const added = add(*rows); !added) return added.error();
        cursor = page->next;
    } while (!cursor.empty());
    if (auto const added = add(report_end(coverage)); !added) return added.error();
    return writer.finish();
}

}  // namespace

base::Result<std::set<std::string>> watched(indicators::Store const& store, std::vector<std::string> const& listed) {
    std::set<std::string> out;
    for (std::size_t at = 0; at < listed.size(); at += asked_at_once) {
        auto const begins = listed.begin() + static_cast<std::ptrdiff_t>(at);
        auto const ends = begins + static_cast<std::ptrdiff_t>(std::min(listed.size() - at, asked_at_once));
        auto const found = store.among({begins, ends}, {});
        if (!found) return found.error();
        for (auto const& indicator : *found) {
            if (indicator.is_active && says_something(indicator)) out.insert(indicator.value.text());
        }
    }
    return out;
}

Attempt Feeds::State::ask_sensors(Feed const& feed, std::stop_token const& stop) const {
    Attempt attempt;
    attempt.etag = feed.state.etag;
    if (!sensors) {
        attempt.failed = base::unavailable("nothing collects flows here");
        return attempt;
    }
    auto const told = base::parse_instant(feed.state.etag);
    auto const from = told ? *told + hours(1) : hour_at(feed.state.watched_from) - a_day;
    auto const until = hour_at(clock.now() - grace);  // The hour that begins here is not over.
    auto const shares = sensors->sightings.collected({from - a_day, until});
    if (!shares) {
        attempt.failed = shares.error();
        return attempt;
    }
    std::size_t count = 0;
    for (auto hour = from; hour < until && !attempt.failed && !stop.stop_requested(); hour += hours(1)) {
        auto const begins = std::partition_point(shares->begin(), shares->end(),
                                                 [&](auto const& share) { return share.hour <= hour - a_day; });
        auto const ends =
            std::partition_point(begins, shares->end(), [&](auto const& share) { return share.hour <= hour; });
        auto const coverage = coverage_of(hour, std::span(begins, ends));
        if (coverage.shares.empty()) continue;  // Nobody looked.
        attempt.is_waiting = count == most_hours;
        if (attempt.is_waiting) break;
        auto writer = intake.begin();
        auto const blob = writer ? write_report(hour, coverage, *sensors, std::move(*writer))
                                 : base::Result<storage::Blob>(writer.error());
        if (!blob) {
            attempt.failed = blob.error();
            break;
        }
        receive(told_of(feed, report_name(hour)), *blob, attempt, stop);
        if (!attempt.failed) attempt.etag = base::to_seconds_text(hour);
        ++count;
    }
    return attempt;
}

}  // namespace kula::intake
