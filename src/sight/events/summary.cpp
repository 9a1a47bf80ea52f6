#include "summary.hpp"

#include <algorithm>
#include <limits>

#include "by_number.hpp"

namespace kula::events {
namespace {

constexpr std::int64_t most_points = 200;

struct Sum {
    std::uint64_t flows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t sightings = 0;
    void add(Row const& row) {
        flows += row.flows;
        bytes += row.bytes;
        ++sightings;
    }
};

/// Sums by number of a dictionary.
class Tally {
public:
    explicit Tally(Dictionary const& dictionary) : dictionary_(dictionary), sums_(dictionary) {}
    void add(Number number, Row const& row) { sums_[number].add(row); }

    [[nodiscard]] TopList take_top(std::size_t length) {
        auto all = std::move(sums_).take();
        auto const is_before = [this](auto const& a, auto const& b) {
            return a.second.flows != b.second.flows ? a.second.flows > b.second.flows : key(a.first) < key(b.first);
        };
        auto const end = all.begin() + static_cast<std::ptrdiff_t>(std::min(length, all.size()));
        std::partial_sort(all.begin(), end, all.end(), is_before);
        TopList out;
        for (auto each = all.begin(); each != end; ++each) {
            auto const& [number, sum] = *each;
            out.push_back({std::string(key(number)), sum.flows, sum.bytes, sum.sightings});
        }
        return out;
    }

private:
    [[nodiscard]] std::string_view key(Number number) const {
        return number == 0 ? std::string_view("none") : dictionary_.text(number);
    }

    Dictionary const& dictionary_;
    ByNumber<Sum> sums_;
};

class PortTally {
public:
    void add(Row const& row) { sums_[static_cast<std::uint32_t>(row.protocol) << 16 | row.port].add(row); }
    [[nodiscard]] TopList top(std::size_t length) const {
        TopList all;
        for (auto const& [key, sum] : sums_) {
            all.push_back(
                {std::to_string(key >> 16) + '/' + std::to_string(key & 0xffff), sum.flows, sum.bytes, sum.sightings});
        }
        auto const end = all.begin() + static_cast<std::ptrdiff_t>(std::min(length, all.size()));
        std::partial_sort(all.begin(), end, all.end(), [](TopEntry const& a, TopEntry const& b) {
            return a.flows != b.flows ? a.flows > b.flows : a.key < b.key;
        });
        all.erase(end, all.end());
        return all;
    }

private:
    std::unordered_map<std::uint32_t, Sum> sums_;
};

/// Everything a picture shows, while rows come.
class Sketch {
public:
    explicit Sketch(Columns const& columns)
        : totals(columns),
          indicators(columns.indicators),
          organisations(columns.organisations),
          sectors(columns.sectors),
          national(columns.ends),
          foreign(columns.ends),
          countries(columns.countries) {}

    void add(Row const& row) {
        totals.add(row);
        indicators.add(row.indicator, row);
        organisations.add(row.organisation, row);
        sectors.add(row.sector, row);
        ports.add(row);
        if (auto const end = row.national(); end != 0) national.add(end, row);
        if (auto const end = row.foreign(); end != 0) {
            foreign.add(end, row);
            countries.add(row.country, row);
        }
    }

    TotalsCounter totals;
    Tally indicators;
    Tally organisations;
    Tally sectors;
    PortTally ports;
    Tally national;
    Tally foreign;
    Tally countries;
};

std::vector<SeriesPoint> empty_series(Columns const& columns, Window window, std::chrono::hours step) {
    std::vector<SeriesPoint> series;
    auto collected = columns.collected().lower_bound(window.from);
    for (auto time = window.from; time < window.to; time += step) {
        while (collected != columns.collected().end() && *collected < time) ++collected;
        bool const is_collected = collected != columns.collected().end() && *collected < time + step;
        series.push_back({time, {}, !is_collected});
    }
    return series;
}

std::int64_t whole_hours(Window window) {
    return std::chrono::ceil<std::chrono::hours>(window.to - window.from).count();
}

std::optional<Totals> previous_totals(Columns const& columns, SightingFilter filter) {
    auto const length = std::chrono::hours(whole_hours(filter.window));
    filter.window.to = filter.window.from;
    filter.window.from -= length;
    if (columns.hours().empty() || filter.window.from < columns.hours().begin()->first) return std::nullopt;
    return totals_of(columns, filter);
}

}  // namespace

Totals totals_of(Columns const& columns, SightingFilter const& filter) {
    TotalsCounter counter(columns);
    Selection(columns, filter).each([&counter](base::Instant, Row const& row) { counter.add(row); });
    return counter.totals();
}

Picture picture_of(Columns const& columns, SightingFilter const& asked, std::size_t top) {
    auto filter = asked;
    filter.window.from = first_hour(filter.window);
    Picture out;
    out.window = filter.window;
    out.step =
        std::chrono::hours(std::max<std::int64_t>(1, (whole_hours(filter.window) + most_points - 1) / most_points));
    out.series = empty_series(columns, filter.window, out.step);
    Sketch sketch(columns);
    Selection(columns, filter).each([&](base::Instant hour, Row const& row) {
        sketch.add(row);
        auto const point = static_cast<std::size_t>((hour - filter.window.from) / out.step);
        out.series[point].flows[static_cast<std::size_t>(row.direction)] += row.flows;
    });
    out.totals = sketch.totals.totals();
    out.previous = previous_totals(columns, filter);
    out.indicators = sketch.indicators.take_top(top);
    out.organisations = sketch.organisations.take_top(top);
    out.sectors = sketch.sectors.take_top(top);
    out.ports = sketch.ports.top(top);
    out.national_addresses = sketch.national.take_top(top);
    out.foreign_addresses = sketch.foreign.take_top(top);
    if (columns.countries.size() > 1) out.countries = sketch.countries.take_top(top);  // Some table has ever known one.
    return out;
}

}  // namespace kula::events
