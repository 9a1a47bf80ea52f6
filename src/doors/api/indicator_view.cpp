#include "indicator_view.hpp"

#include <algorithm>

namespace kula::api {
namespace {

constexpr std::size_t most_kept = 20'000;

Json listing_of(indicators::Listing const& listing, RedReads const& red) {
    Json json{{"name", listing.source},
              {"confidence", listing.confidence},
              {"effective_confidence", listing.effective},
              {"tlp", base::to_text(listing.marking.tlp)},
              {"pap", base::to_text(listing.marking.pap)},
              {"class", or_null(listing.rsit_class)},
              {"type", or_null(listing.rsit_type)},
              {"comment", or_null(listing.comment)},
              {"first_listed", time(listing.first_listed)},
              {"last_listed", time(listing.last_listed)},
              {"valid_until", time_or_null(listing.valid_until)},
              {"active", listing.is_active}};
    if (listing.marking.tlp == base::Tlp::red) json["readers"] = red.shown(listing.readers);
    return json;
}

Json warning_lists_of(indicators::Indicator const& indicator, indicators::Store const& store) {
    Json list = Json::array();
    auto const lists = indicator.is_flagged ? store.warninglists() : nullptr;
    if (!lists) return list;
    for (auto const& hit : lists->matches(indicator.value)) {
        list.push_back({{"name", hit.list}, {"kind", indicators::to_text(hit.type)}, {"entry", hit.entry}});
    }
    return list;
}

Json reference_to(indicators::Indicator const& indicator) {
    return {{"id", indicator.id.text()},
            {"value", indicator.value.text()},
            {"kind", indicators::to_text(indicator.value.kind)},
            {"tlp", base::to_text(indicator.marking.tlp)},
            {"class", or_null(indicator.rsit_class)},
            {"type", or_null(indicator.rsit_type)},
            {"flagged", indicator.is_flagged}};
}

}  // namespace

base::Result<Json> IndicatorView::reference(std::string const& value, std::string const& kind, base::Tlp tlp,
                                            base::Clearance const& clearance) const {
    std::uint64_t generation = 0;
    {
        std::lock_guard const lock(mutex_);
        if (auto const kept = references_.find(value); kept != references_.end()) return kept->second;
        generation = generation_;
    }
    auto const indicator = store_.find(std::string_view(value), clearance);
    if (!indicator && indicator.error().fault == base::Fault::unavailable) return indicator.error();
    if (!indicator) {
        return Json{{"id", nullptr},    {"value", value},  {"kind", kind},    {"tlp", base::to_text(tlp)},
                    {"class", nullptr}, {"type", nullptr}, {"flagged", false}};
    }
    auto const json = reference_to(*indicator);
    if (indicator->marking.tlp == base::Tlp::red) return json;
    std::lock_guard const lock(mutex_);
    if (generation == generation_) {
        if (references_.size() >= most_kept) references_.clear();
        references_.emplace(value, json);
    }
    return json;
}

base::Result<void> IndicatorView::account(base::Actor const& actor,
                                          std::vector<indicators::Indicator> const& read) const {
    std::vector<std::string> red;
    for (auto const& indicator : read) {
        auto const& listings = indicator.listings;
        bool const shows_red = std::any_of(listings.begin(), listings.end(),
                                           [](auto const& listing) { return listing.marking.tlp == base::Tlp::red; });
        if (shows_red) red.push_back(indicator.id.text());
    }
    return red_.account(actor, "indicator", red);
}

base::Result<Json> IndicatorView::full(std::string const& value, base::Actor const& actor) const {
    auto const indicator = store_.find(std::string_view(value), actor.clearance);
    if (!indicator) return indicator.error();
    if (auto const told = account(actor, {*indicator}); !told) return told.error();
    auto const activities = activity_.indicators({value}, actor.clearance);
    if (!activities) return activities.error();
    return full(*indicator, of(*activities, value));
}

Json IndicatorView::full(indicators::Indicator const& indicator, events::Activity const& activity) const {
    auto json = reference_to(indicator);
    if (indicator.marking.tlp == base::Tlp::red) json["readers"] = shown(indicator.readers);
    json["confidence"] = indicator.confidence;
    json["active"] = indicator.is_active;
    Json sources = Json::array();
    for (auto const& listing : indicator.listings) sources.push_back(listing_of(listing, red_));
    json["sources"] = std::move(sources);
    json["warning_lists"] = warning_lists_of(indicator, store_);
    json["first_listed"] = time(indicator.first_listed);
    json["last_listed"] = time(indicator.last_listed);
    json["valid_until"] = time_or_null(indicator.valid_until);
    append(json, activity, WithFlows::no);
    return json;
}

std::optional<std::string> IndicatorView::value_of(std::string const& id_or_value,
                                                   base::Clearance const& clearance) const {
    if (auto const id = indicators::IndicatorId::parse(id_or_value)) {
        auto const indicator = store_.find(*id, clearance);
        return indicator ? std::optional(indicator->value.text()) : std::optional<std::string>("");
    }
    auto const value = indicators::Value::parse(id_or_value, indicators::ReservedSpace::allow);
    return value ? std::optional(value->text()) : std::nullopt;
}

void IndicatorView::indicators_changed() const {
    std::lock_guard const lock(mutex_);
    references_.clear();
    ++generation_;
}

}  // namespace kula::api
