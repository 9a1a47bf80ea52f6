#pragma once
// How a search reaches events: what a filter asks for, one condition each, and the indices that lead to what fulfils
// it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event_hours.hpp"
#include "events/event_search.hpp"
#include "storage/session.hpp"
#include "storage/where.hpp"

namespace kula::events {

struct SqlCondition {
    std::string sql;
    storage::Arguments arguments;
};

/// One index, and which stretch of it. Those of one condition together reach all that fulfil it.
struct EventWay {
    std::string_view index;
    SqlCondition stretch;
    bool is_in_order = true;  ///< The stretch lies in the order of lists.
};

struct EventCondition {
    SqlCondition holds;
    std::vector<EventWay> ways{};        ///< None where no index helps.
    std::optional<std::int64_t> mark{};  ///< Hours in which it stands are among those of the mark.
};

/// What a clearance may not read is little, and known by an index of its own; nothing where that is nothing.
std::optional<SqlCondition> readable_events(base::Clearance const& clearance);

/// Of a filter but its time, and what may be read; the ones that lead to fewest, as a rule, first.
std::vector<EventCondition> conditions_of(EventFilter const& filter, storage::Dialect dialect);

/// The ways that lead to fewest, and what is left to be asked of every event there.
class EventPlan {
public:
    /// The session outlives it.
    EventPlan(storage::Session const& session, EventFilter const& filter, SortOrder order);

    /// What is looked at on one way.
    struct Look {
        std::string from;  ///< ` from event where …`
        storage::Arguments arguments;
    };
    /// Next to each other in the order; several looks may have events in common.
    struct Piece {
        std::vector<Look> looks{};
        std::optional<EventPlace> stops_at{};  ///< The last place looked at, where there are more behind it.
    };
    /// Behind this place, of each way about so many events at most.
    [[nodiscard]] Piece piece(std::optional<EventPlace> const& behind, std::size_t events) const;
    /// What the feeds told in these hours, behind this place.
    [[nodiscard]] Piece piece(std::optional<EventPlace> const& behind,
                              std::vector<HoursAhead::Hour> const& hours) const;
    /// Everything behind this place.
    [[nodiscard]] Piece piece(std::optional<EventPlace> const& behind) const;

    /// Whether the ways lead to what is meant and nothing else.
    [[nodiscard]] bool leads_to_nothing_else() const { return rest_.empty(); }
    /// Where the ways lead to very many, marks of what is sought among them; else none.
    [[nodiscard]] std::vector<std::int64_t> const& marks() const { return marks_; }
    [[nodiscard]] SortOrder order() const { return order_; }
    /// Of the filter's time.
    [[nodiscard]] std::optional<base::Instant> const& from() const { return from_; }
    [[nodiscard]] std::optional<base::Instant> const& to() const { return to_; }
    [[nodiscard]] std::string order_by() const;
    /// Whether `a` stands before `b`.
    [[nodiscard]] bool is_before(EventPlace const& a, EventPlace const& b) const;

private:
    [[nodiscard]] std::size_t reached(EventWay const& way) const;
    [[nodiscard]] std::string table(EventWay const& way) const;
    [[nodiscard]] storage::Where where(EventWay const& way, std::optional<EventPlace> const& behind) const;
    [[nodiscard]] Look look(EventWay const& way, storage::Where where,
                            std::vector<SqlCondition> const& conditions) const;

    storage::Session const& session_;
    SortOrder order_;
    std::optional<base::Instant> from_;
    std::optional<base::Instant> to_;
    std::vector<SqlCondition> always_{};  ///< What an index answers on every way: the time, and what may be read.
    std::vector<EventWay> ways_{};
    std::vector<SqlCondition> rest_{};
    std::vector<SqlCondition> all_{};  ///< Of the ways, and the rest.
    std::vector<std::int64_t> marks_{};
};

}  // namespace kula::events
