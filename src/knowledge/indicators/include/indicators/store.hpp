#pragma once
/// @file
/// The stored indicators: what each source lists, since when, how sure and until when. The same value from several
/// sources is one indicator with several listings; its marking is the strictest of theirs. A listing under TLP:RED is
/// shown to its readers only, and counts for the indicator only where no other source lists it: then the indicator is
/// TLP:RED and its readers are those whom all its sources name (docs/decisions/0015).
///
/// An import is the present word of a source: what it listed before and lists no longer is gone (its validity ends).
/// All members are safe from any thread; imports run one after the other. `unavailable` wherever the database does not
/// answer.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/marking.hpp"
#include "base/result.hpp"
#include "indicators/decay.hpp"
#include "indicators/list.hpp"
#include "indicators/snapshot.hpp"
#include "indicators/value.hpp"
#include "indicators/warninglist.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"

namespace kula::indicators {

struct Indicator;
using IndicatorId = base::Id<Indicator>;

/// One source's word about an indicator.
struct Listing {
    std::string source;
    Confidence confidence = 0;  ///< As the source gave it.
    Confidence effective = 0;   ///< After decay, now.
    base::Marking marking{};
    base::Readers readers{};  ///< Of TLP:RED.
    std::optional<std::string> rsit_class{}, rsit_type{};
    std::optional<std::string> comment{};
    base::Instant first_listed{}, last_listed{};             ///< First and latest import that held it.
    std::optional<base::Instant> first_seen{}, last_seen{};  ///< As the source told.
    std::optional<base::Instant> valid_until{};
    bool is_listed = false;  ///< The source's latest import held it.
    bool is_active = false;  ///< Listed, valid and not faded.
};

struct Indicator {
    IndicatorId id{};
    Value value{};
    base::Marking marking{};
    base::Readers readers{};                               ///< Of TLP:RED: whom every source names.
    std::optional<std::string> rsit_class{}, rsit_type{};  ///< Of the most confident source.
    Confidence confidence = 0;  ///< The greatest effective one; worked out at imports and by `refresh`.
    bool is_active = false;
    bool is_flagged = false;  ///< A warning list holds it; which, `Warninglists::matches` tells.
    base::Instant first_listed{}, last_listed{};
    std::optional<base::Instant> valid_until{};  ///< The latest of its sources'; absent where one gives no end.
    std::vector<Listing> listings{};             ///< By name of source.
};

enum class IndicatorSort : std::uint8_t {
    value,
    value_descending,
    confidence,
    confidence_descending,
    last_listed,
    last_listed_descending
};

struct IndicatorQuery {
    std::string search{};  ///< Anywhere in the value, letter case apart. At most 200 bytes.
    std::optional<Kind> kind{};
    std::optional<std::string> source{};  ///< Name; listed by it now or before.
    std::optional<bool> flagged{};
    std::optional<bool> active{};
    IndicatorSort sort = IndicatorSort::last_listed_descending;
    std::string cursor{};    ///< `next` of the page before, or any of its `behind`; empty for the first.
    std::size_t limit = 50;  ///< 1 to 1,000.
    base::Clearance clearance = base::Clearance::of_team(std::nullopt);  ///< Unless told otherwise nothing TLP:RED.
};

struct IndicatorPage {
    std::vector<Indicator> items{};
    std::vector<std::string> behind{};  ///< By item: the cursor that goes on behind it.
    std::string next{};                 ///< Empty on the last page.
    std::int64_t total = 0;             ///< Of all pages.
};

struct SourceSummary {
    std::string id;
    std::string name;
    Confidence confidence = 0;
    base::Marking marking{};
    std::optional<std::string> rsit_class{}, rsit_type{};
    std::int64_t indicators = 0;  ///< Listed now.
    std::int64_t active = 0;
    base::Instant last_import{};
    base::Readers readers{};  ///< Of TLP:RED.
};

struct IndicatorCounts {
    std::int64_t total = 0, active = 0, flagged = 0, sources = 0;
};

/// What an import does with a list that has shrunk below half of what the source listed before: a broken download looks
/// so. But for `allow`, one of whose lines none is an indicator is refused, whatever was listed before.
enum class Shrinking : std::uint8_t {
    refuse,        ///< Below half.
    refuse_empty,  ///< To nothing: what came was no list.
    allow
};

struct SourceReport {
    base::Uuid import{};
    std::string source{};
    ImportReport lines{};      ///< What became of the lines.
    std::int64_t listed = 0;   ///< Different values.
    std::int64_t fresh = 0;    ///< Of these, new to the source, or back on its list.
    std::int64_t gone = 0;     ///< No longer listed by the source.
    std::int64_t flagged = 0;  ///< Listed, and held by a warning list.
};

/// One source that stands by an active indicator.
struct ActiveListing {
    std::string_view source;
    base::Marking marking{};
    base::Readers readers{};
};
/// Views live as long as the call.
using ActiveVisitor =
    std::function<void(Value const& value, Alerting alerting, std::span<ActiveListing const> listings)>;

struct StoreState;

class Store {
public:
    /// Brings the tables up to date. Database, journal, clock and decay table outlive the
    /// store.
    static base::Result<std::unique_ptr<Store>> open(storage::Database& database, journal::Journal& journal,
                                                     base::Clock const& clock,
                                                     DecayTable const& decay = DecayTable::shipped());
    ~Store();
    Store(Store const&) = delete;
    Store& operator=(Store const&) = delete;

    /// Takes a list (compressed or not) as the present word of the source, which is made if it is new. `invalid`: the
    /// source's name (1 to 200 bytes), confidence, class, type or readers break a rule; the
    /// name is that of a list under TLP:RED which is not the actor's to read; the compression is broken; the list
    /// shrank below half and `shrinking` refuses that; then nothing is changed. Written in parts: if the database fails
    /// between them, importing again completes it. Two entries in the
    /// trail: when it began, and what became of it.
    base::Result<SourceReport> import(ListSource const& source, std::string_view list, base::Actor const& actor,
                                      ListOptions const& options = {}, Shrinking shrinking = Shrinking::refuse);
    base::Result<SourceReport> import_file(ListSource const& source, std::filesystem::path const& file,
                                           base::Actor const& actor, ListOptions const& options = {},
                                           Shrinking shrinking = Shrinking::refuse);

    // What a clearance may not read is not there: not found, not listed, not counted.

    /// `not_found`.
    [[nodiscard]] base::Result<Indicator> find(IndicatorId id, base::Clearance const& clearance) const;
    /// By any text of the value. `not_found`; `invalid` where it is none.
    [[nodiscard]] base::Result<Indicator> find(std::string_view value, base::Clearance const& clearance) const;
    /// In the order of `ids`, at most 1,000; those that are not there are left out.
    [[nodiscard]] base::Result<std::vector<Indicator>> find(std::vector<IndicatorId> const& ids,
                                                            base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<IndicatorPage> list(IndicatorQuery const& query) const;
    /// What the query finds in all; its place and limit are not asked.
    [[nodiscard]] base::Result<std::int64_t> count(IndicatorQuery const& query) const;
    /// Those of these canonical texts, at most 1,000, that the query takes, in no order; its place and limit are not
    /// asked.
    [[nodiscard]] base::Result<std::vector<Indicator>> among(std::vector<std::string> const& values,
                                                             IndicatorQuery const& query) const;
    /// By name.
    [[nodiscard]] base::Result<std::vector<SourceSummary>> sources(base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<IndicatorCounts> counts(base::Clearance const& clearance) const;

    /// Every indicator that some source stands by now, one by one.
    base::Result<void> for_each_active(ActiveVisitor const& visitor) const;
    /// The same, compiled for matching; `as_table` says what listed AS numbers announce.
    [[nodiscard]] base::Result<std::shared_ptr<Snapshot const>> compile(
        std::shared_ptr<origins::AsTable const> as_table = {}) const;

    /// From now on flags by these lists, and flags all that is stored anew; how many flags changed.
    base::Result<std::int64_t> use_warninglists(std::shared_ptr<Warninglists const> lists);
    [[nodiscard]] std::shared_ptr<Warninglists const> warninglists() const;
    /// Works out confidences after decay anew; to be called every hour or so. How many listings changed.
    base::Result<std::int64_t> refresh();

    /// Called after every change of what is active or flagged, in the thread that made it. Subscribe before threads
    /// start.
    void on_change(std::function<void()> listener);

private:
    explicit Store(std::unique_ptr<StoreState> state);
    std::unique_ptr<StoreState> state_;
};

}  // namespace kula::indicators
