#pragma once
/// @file
/// The kept sightings: on disk in full, and in memory as narrow columns that answer every filter, sort, sum and top
/// list in milliseconds (about 80 bytes a sighting).
///
/// The columns are read in the background after `open`; a question asked meanwhile waits for them, some seconds, then
/// is `unavailable`. They follow this process's own writes. All members are safe from any thread.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "events/activity.hpp"
#include "events/collected.hpp"
#include "events/picture.hpp"
#include "storage/database.hpp"

namespace kula::events {

enum class SightingSort : std::uint8_t { last, first, flows, bytes, packets };

/// The longest page.
constexpr std::size_t longest_sighting_page = 1000;

struct SightingPage {
    std::vector<Sighting> items;
    std::string next{};  ///< Cursor of the next page; empty on the last.
    Totals totals;       ///< Of all pages.
};

/// One hour of the same traffic.
struct SightingHour {
    SightingId id;
    base::Instant hour;
    std::uint64_t flows;
    std::uint64_t packets;
    std::uint64_t bytes;
};

/// Sightings of all that is kept which share something with one sighting, itself included.
struct Related {
    std::uint64_t same_indicator = 0;
    std::uint64_t same_organisation = 0;  ///< 0 where it has none, as the next.
    std::uint64_t same_national_address = 0;
};

/// What one flush brought; what is TLP:RED is in none of it, for news are told to everybody alike.
struct News {
    base::Instant at;
    std::uint64_t count = 0;        ///< Sightings that began or grew.
    std::uint64_t begun = 0;        ///< Of them, those that began.
    std::vector<SightingId> ids{};  ///< At most 100 of them.
    FlowsByDirection flows{};       ///< What was added.
    std::uint64_t bytes = 0;
};

struct Retention {
    std::chrono::days longest{90};  ///< Hours that began longer ago go.
    std::int64_t most_bytes =
        std::int64_t{4096} * 1'000'000;  ///< At `bytes_per_sighting` each; then the oldest hours go.
};
/// What a stored sighting takes with its index: 370 bytes in SQLite and 460 in PostgreSQL, of addresses; names take
/// more.
constexpr std::int64_t bytes_per_sighting = 500;

class SightingStore {
public:
    /// Brings the tables up to date and begins to read. The database and the clock outlive the store.
    static base::Result<std::unique_ptr<SightingStore>> open(storage::Database& database, base::Clock const& clock);
    ~SightingStore();
    SightingStore(SightingStore const&) = delete;
    SightingStore& operator=(SightingStore const&) = delete;

    /// Adds to the sightings of the same id, or makes them; all in one transaction, which also notes that the
    /// sightings' hours and the hour of `now` were collected. `batch` is a number that rises with every batch of this
    /// process: the same one again (after an `unavailable` whose outcome is unknown) adds nothing twice.
    base::Result<void> add(std::vector<Sighting> const& sightings, std::uint64_t batch);

    /// Adds to what the exporters told in these hours.
    base::Result<void> note_collected(std::vector<CollectedShare> const& shares);
    /// Of hours in the window, by hour and exporter. Waits for nothing but the database.
    [[nodiscard]] base::Result<std::vector<CollectedShare>> collected(Window window) const;

    /// A cursor belongs to its filter and sort (`invalid` otherwise). Ties are broken by id, so that paging is stable.
    [[nodiscard]] base::Result<SightingPage> list(SightingFilter const& filter, SightingSort sort, SortOrder order,
                                                  std::string const& cursor, std::size_t limit) const;
    /// `not_found` also where the clearance does not reach, as in the next two.
    [[nodiscard]] base::Result<Sighting> find(SightingId id, base::Clearance const& clearance) const;
    /// Every kept hour of the same traffic, oldest first, at most the last 2,160.
    [[nodiscard]] base::Result<std::vector<SightingHour>> hours(SightingId id, base::Clearance const& clearance) const;
    /// Counts only what the clearance reaches.
    [[nodiscard]] base::Result<Related> related(SightingId id, base::Clearance const& clearance) const;

    /// Every number equals `totals` of the same filter with the number's own key added. The window is closed at both
    /// ends; `invalid` where it is not, is empty or is longer than ten years.
    [[nodiscard]] base::Result<Picture> picture(SightingFilter const& filter, std::size_t top) const;
    [[nodiscard]] base::Result<Totals> totals(SightingFilter const& filter) const;
    /// Earliest first, latest last moment of what the filter means; nothing where that is nothing.
    [[nodiscard]] base::Result<std::optional<std::pair<base::Instant, base::Instant>>> span(
        SightingFilter const& filter) const;
    /// Of all that was ever seen.
    [[nodiscard]] base::Result<Activities> activity(ActivitySubject of, Window window,
                                                    base::Clearance const& clearance) const;
    /// Of these keys.
    [[nodiscard]] base::Result<Activities> activity(ActivitySubject of, std::vector<std::string> const& keys,
                                                    Window window, base::Clearance const& clearance) const;
    /// What was ever seen, in the order that is asked for.
    [[nodiscard]] base::Result<std::vector<RankedActivity>> ranked(ActivityRanking const& ranking) const;
    /// Whether TLP:RED is among what the filter means: a read of it is to be accounted for.
    [[nodiscard]] base::Result<bool> holds_red(SightingFilter const& filter) const;

    /// Hour of the oldest sighting kept. Waits for nothing but the database.
    [[nodiscard]] base::Result<std::optional<base::Instant>> oldest_hour() const;
    [[nodiscard]] base::Result<std::uint64_t> size() const;

    /// Takes away what is too old or too much, oldest hours first, in small batches, and gives the space back; how many
    /// sightings went. To be called every few minutes.
    base::Result<std::uint64_t> apply(Retention const& retention);
    /// Its sightings stay, unattributed: for an organisation that was removed.
    base::Result<void> release_organisation(registry::OrganisationId id);

    /// Called after every batch that was stored, in the thread that stored it. Subscribe before threads start.
    void on_news(std::function<void(News const&)> listener);

private:
    struct State;
    explicit SightingStore(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::events
