#include "indicator_list.hpp"

namespace kula::api {
namespace {

using indicators::Indicator;
using indicators::IndicatorQuery;

/// So many that filters leave are read and put in order; of more, the seen ones are tried one after the other.
constexpr std::int64_t few = 2000;

/// But for a text, by which the seen ones are found without their records.
bool is_narrowed(IndicatorQuery const& query) {
    return query.search.empty() && (query.kind || query.source || query.flagged || query.active);
}

class FoundIndicators {
public:
    using Item = Indicator;
    static constexpr events::ActivitySubject subject = events::ActivitySubject::indicator;
    static std::string key(Indicator const& indicator) { return indicator.value.text(); }

    /// `total` is what the query finds.
    FoundIndicators(indicators::Store const& store, IndicatorQuery query, std::int64_t total)
        : store_(store), query_(std::move(query)), finds_few_(is_narrowed(query_) && total <= few) {}

    [[nodiscard]] base::Result<indicators::IndicatorPage> page(std::string const& cursor, std::size_t limit) const {
        auto query = query_;
        query.cursor = cursor;
        query.limit = limit;
        return store_.list(query);
    }
    [[nodiscard]] base::Result<std::vector<Indicator>> among(std::vector<std::string> const& values) const {
        return store_.among(values, query_);
    }
    [[nodiscard]] base::Clearance const& clearance() const { return query_.clearance; }
    [[nodiscard]] std::string const& key_part() const { return query_.search; }
    [[nodiscard]] bool finds_few() const { return finds_few_; }

private:
    indicators::Store const& store_;
    IndicatorQuery const query_;
    bool const finds_few_;
};

}  // namespace

base::Result<Json> list_by_seen(indicators::Store const& store, IndicatorView const& view,
                                indicators::IndicatorQuery const& asked, base::Actor const& actor, SeenOrder order,
                                std::vector<std::string> const& shape) {
    auto const from = position_of(shape, asked.cursor);
    if (!from) return from.error();
    auto const total = store.count(asked);
    if (!total) return total.error();
    auto query = asked;
    query.sort = indicators::IndicatorSort::value;
    FoundIndicators const source(store, query, *total);
    auto const page = SeenList(source, view.activity(), order, asked.limit).page(*from);
    if (!page) return page.error();
    std::vector<Indicator> shown;
    Json items = Json::array();
    for (auto const& [indicator, activity] : page->entries) {
        items.push_back(view.full(indicator, activity));
        shown.push_back(indicator);
    }
    if (auto const told = view.account(actor, shown); !told) return told.error();
    return Json{{"items", std::move(items)},
                {"next", page->next ? Json(to_cursor(shape, page->next->text())) : Json(nullptr)},
                {"total", count(*total)}};
}

}  // namespace kula::api
