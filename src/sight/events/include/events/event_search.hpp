#pragma once
/// @file
/// Search over the kept events, in the order in which they happened.
///
/// What is set in a filter and has an index (time, organisation, address, domain, malware, type, source) leads, or the
/// hours in which a feed told of what is sought (delivery, class, identifier, severity, AS number, country, port, tag).
/// What they lead to is looked at for the rest of the filter in the order, for so long. So every answer comes in
/// bounded time however many events there are, and says how far it looked where that was not all (docs/decisions/0022).
/// All members are safe from any thread.

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "base/result.hpp"
#include "events/activity.hpp"
#include "events/event.hpp"
#include "events/event_filter.hpp"
#include "storage/database.hpp"

namespace kula::events {

/// Up to so many an index is taken to lead to few; of no more are facets.
constexpr std::size_t most_looked_at = 20'000;
/// Of one question, for what no index answers; a part of the 200 ms in which it is to be answered.
constexpr std::chrono::milliseconds longest_look{100};
/// A total counts no further.
constexpr std::int64_t most_counted = 100'000;
constexpr std::size_t longest_event_page = 1000;

/// An event's place in the order of lists.
struct EventPlace {
    base::Instant moment{};
    std::int64_t key = 0;
    friend auto operator<=>(EventPlace const&, EventPlace const&) = default;

    [[nodiscard]] std::string text() const;
    static std::optional<EventPlace> parse(std::string_view text);
};

/// What a list says of an event: of several values the first. Addresses and names are those told, or of the URL.
struct FoundEvent {
    base::Id<Event> id{};
    EventPlace place{};
    base::Instant observed{};
    std::string source{};
    std::string delivery{};
    std::uint64_t row = 0;
    std::uint32_t part = 0;
    std::string rsit_class{}, type{};
    std::optional<std::string> identifier{}, severity{}, malware{};
    std::optional<std::string> source_address{};
    std::optional<std::uint16_t> source_port{};
    std::optional<std::uint32_t> source_asn{};
    std::optional<std::string> source_country{}, source_domain{};
    std::optional<std::string> destination_address{};
    std::optional<std::uint16_t> destination_port{};
    std::optional<registry::OrganisationId> organisation{};
    std::optional<std::string> network{};  ///< The claim that decided whose it is.
    std::optional<std::string> sector{};
    base::Marking marking{};
    base::Readers readers{};
};

struct FoundEventDetail {
    FoundEvent found;
    Event event;  ///< All fields.
    base::Record record;
    Json decision{};  ///< `EventDecision` as JSON; null of events that were kept before it was.
};

struct EventQuery {
    EventFilter filter{};
    SortOrder order = SortOrder::descending;
    std::optional<EventPlace> behind{};
    std::size_t limit = 50;  ///< 1 to `longest_event_page`.
};

struct EventPage {
    std::vector<FoundEvent> items{};
    std::optional<EventPlace> next{};  ///< Where it goes on; nothing at the end.
    /// Where looking stopped before the page was full: what is behind this moment was not looked at yet.
    std::optional<base::Instant> looked_to{};
};

enum class EventFacet : std::uint8_t { organisation, rsit_class, type, severity, source, asn, country, port, day };

struct FacetValue {
    std::string key;  ///< What the filter of this name takes; of a day its date. Empty: none.
    std::int64_t events = 0;
};

struct EventSummary {
    std::int64_t total = 0;
    bool is_more = false;      ///< There are, or may be, more than `total`.
    std::int64_t counted = 0;  ///< Of these the facets tell: the newest.
    /// By number; days by date, newest first. Where `counted` is `total` and there are no more, each number is the
    /// total of the filter with the value added.
    std::map<EventFacet, std::vector<FacetValue>> facets{};
};

class EventSearch {
public:
    /// Outlives it; its tables are those of an open `EventStore`.
    explicit EventSearch(storage::Database const& database, std::chrono::milliseconds longest = longest_look)
        : database_(database), longest_look_(longest) {}

    /// `invalid` where the limit or the text is out of bounds.
    [[nodiscard]] base::Result<EventPage> list(EventQuery const& query) const;
    /// At most `top` of each facet but days.
    [[nodiscard]] base::Result<EventSummary> summary(EventFilter const& filter, std::size_t top) const;
    /// `not_found` also where the clearance does not reach.
    [[nodiscard]] base::Result<FoundEventDetail> find(base::Id<Event> id, base::Clearance const& clearance) const;

private:
    storage::Database const& database_;
    std::chrono::milliseconds longest_look_;
};

}  // namespace kula::events
