#pragma once
// The kept sightings as narrow rows by hour: texts are numbers of dictionaries, so that a scan compares and adds
// integers. Not safe from several threads by itself.

#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "decision.hpp"
#include "events/activity.hpp"

namespace kula::events {

/// Place of a text in a dictionary; 0 stands for "none".
using Number = std::uint32_t;

class Dictionary {
public:
    Dictionary() { texts_.emplace_back(); }
    Number add(std::string_view text);
    [[nodiscard]] std::optional<Number> find(std::string_view text) const;
    [[nodiscard]] std::string const& text(Number number) const { return texts_[number]; }
    [[nodiscard]] std::size_t size() const { return texts_.size(); }

private:
    std::deque<std::string> texts_;  ///< A deque: the views of `numbers_` stay where they are.
    std::unordered_map<std::string_view, Number> numbers_;
};

struct Row {
    base::Uuid id;
    std::uint64_t flows;
    std::uint64_t packets;
    std::uint64_t bytes;
    std::int32_t
        first;  ///< Milliseconds from the beginning of the hour; often negative, for a flow may begin before it.
    std::int32_t last;
    Number indicator;
    Number matched;
    Number peer;
    Number organisation;
    std::uint16_t sector;
    std::uint16_t country;
    std::uint16_t port;
    std::uint16_t readers;  ///< 0 unless TLP:RED.
    std::uint8_t protocol;
    Direction direction;
    Side side;
    base::Tlp tlp;

    [[nodiscard]] Number end(End which) const {
        return which == End::none ? 0 : which == End::matched ? matched : peer;
    }
    [[nodiscard]] Number national() const { return end(ends_of(direction, side).national); }
    [[nodiscard]] Number foreign() const { return end(ends_of(direction, side).foreign); }
    [[nodiscard]] bool is_same_traffic(Row const& other) const {
        return indicator == other.indicator && matched == other.matched && peer == other.peer &&
               direction == other.direction && side == other.side && protocol == other.protocol && port == other.port;
    }
};

/// A moment as a count of milliseconds, the precision in which rows keep it.
std::int64_t to_milliseconds(base::Instant instant);
/// No moment.
inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

/// The last bytes of an identity are bits of a digest.
struct UuidHash {
    std::size_t operator()(base::Uuid const& uuid) const noexcept;
};
using Places = std::unordered_map<base::Uuid, std::uint32_t, UuidHash>;

class Columns {
public:
    /// Appends one that is not there yet.
    void load(Sighting const& sighting);
    /// Adds up with the one of the same identity, or appends; whether it began. `settle` is to follow.
    bool add(Sighting const& sighting);
    /// Works out anew what is kept of the rows beside them, where a row left it: gone, or of other readers.
    void settle();
    void note_collected(base::Instant hour) { collected_.insert(hour); }

    /// `settle` is to follow the last one; until then what is gone may still be told of as seen.
    void remove_hour(base::Instant hour);
    void forget_collected_before(base::Instant hour) {
        collected_.erase(collected_.begin(), collected_.lower_bound(hour));
    }
    void release(Number organisation);
    /// Dictionaries without the texts that no row uses any more.
    [[nodiscard]] Columns compacted() const;

    [[nodiscard]] std::map<base::Instant, std::vector<Row>> const& hours() const { return hours_; }
    [[nodiscard]] std::set<base::Instant> const& collected() const { return collected_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::optional<std::pair<base::Instant, Row>> find(SightingId id) const;

    [[nodiscard]] Dictionary const& keys(ActivitySubject of) const {
        return of == ActivitySubject::indicator ? indicators : organisations;
    }
    [[nodiscard]] static Number Row::*number(ActivitySubject of) {
        return of == ActivitySubject::indicator ? &Row::indicator : &Row::organisation;
    }
    /// Milliseconds of the last moment in all that is not TLP:RED, by number; `never` where there is none, or beyond
    /// its end.
    [[nodiscard]] std::vector<std::int64_t> const& last_seen(ActivitySubject of) const {
        return of == ActivitySubject::indicator ? indicators_last_ : organisations_last_;
    }
    /// Calls `visit(hour, row)` for every row that is TLP:RED, in no order.
    template <class Visitor>
    void each_red(Visitor const& visit) const {
        for (auto const& [hour, at] : red_) visit(hour, hours_.at(hour)[at]);
    }

    Dictionary indicators;
    Dictionary ends;
    Dictionary organisations;
    Dictionary sectors;
    Dictionary countries;
    Dictionary readers;  ///< `red:` and who may read.

private:
    Row row_of(Sighting const& sighting);
    void note(base::Instant hour, std::size_t at);
    void note_all();
    Places& places_of(base::Instant hour);

    std::map<base::Instant, std::vector<Row>> hours_;
    std::set<base::Instant> collected_;
    std::size_t size_ = 0;
    std::vector<std::int64_t> indicators_last_;
    std::vector<std::int64_t> organisations_last_;
    std::vector<std::pair<base::Instant, std::size_t>> red_;  ///< Hour, and place in it.
    bool is_settled_ = true;
    /// Where the sightings of the hours that are added to stand; only of the last few such hours.
    std::map<base::Instant, Places> places_;
};

}  // namespace kula::events
