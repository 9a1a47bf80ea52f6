#pragma once
// In which hours a feed told of which values: where a search looks for what has no index of its own. A row is the
// same for all events of a feed, an hour and a value, so that it costs those that come in little, and names the event
// where there is but one. A value is known by its mark, which another one may share, and stays when an event changes:
// whoever looks there asks every event.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "events/activity.hpp"
#include "storage/database.hpp"

namespace kula::events {

/// What has marks. The numbers are kept: new ones come last.
enum class Marked : std::uint8_t { source, delivery, rsit_class, type, severity, as_number, country, port, tag };
/// Of a tag as `tag_line` writes it, without the line's ends.
std::int64_t mark_of(Marked what, std::string_view value);

/// Of an event, as its columns keep it.
struct MarkedValues {
    std::int64_t key = 0;  ///< `content_key`.
    base::Instant moment{};
    std::string source{}, delivery{}, rsit_class{}, type{};
    std::optional<std::string> severity{};
    std::optional<std::int64_t> as_number{};
    std::optional<std::string> country{};
    std::optional<std::int64_t> source_port{}, destination_port{};
    std::string tags{};
};

/// What a batch tells, each once.
class EventHours {
public:
    void note(MarkedValues const& values);
    /// Of events that are kept: `where` is SQL.
    void note(storage::Session const& session, std::string const& where, storage::Arguments const& arguments);
    /// Keeps what is not kept yet.
    void store(storage::Session& session) const;

private:
    using Entry = std::pair<std::int64_t, base::Instant>;  ///< Mark, hour.
    using Single = std::optional<std::int64_t>;            ///< The event's key; nothing where there are several.
    std::map<std::string, std::map<Entry, Single>, std::less<>> of_sources_{};
};

/// Of events that an older Kula kept; after the first start there are none. Goes on where it was stopped.
base::Result<void> write_event_hours(storage::Database& database);

/// The hours in which one feed told of all of some marks.
class HoursAhead {
public:
    struct Hour {
        base::Instant begin{};
        std::vector<std::string> sources{};  ///< That told of several.
        std::vector<std::int64_t> events{};  ///< Keys of those that are the only ones of their feed.
    };
    struct Found {
        std::vector<Hour> hours{};                ///< In the order.
        std::optional<base::Instant> stops_at{};  ///< The last hour that was asked, where there are more behind it.
    };

    /// At least one mark. The session outlives it.
    HoursAhead(storage::Session const& session, std::vector<std::int64_t> marks, SortOrder order);
    /// From the hour `first` to `last`, both included and the earlier first whatever the order; of many the first in
    /// the order.
    [[nodiscard]] Found between(base::Instant first, base::Instant last) const;

private:
    storage::Session const& session_;
    std::vector<std::int64_t> marks_;  ///< The rarest first.
    SortOrder order_;
};

}  // namespace kula::events
