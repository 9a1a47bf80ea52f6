#include <map>
#include <tuple>

#include "indicators/store.hpp"
#include "storage/record.hpp"
#include "store_state.hpp"

namespace kula::indicators {
namespace {

constexpr std::string_view active_listings =
    "select i.value, i.flagged, s.name, l.tlp, l.pap, l.readers from indicator_source l join indicator i on i.id = l.indicator "
    "join source s on s.id = l.source where l.active_from <= ? and l.active_until > ?";

Alerting alerting_of(bool flagged) { return flagged ? Alerting::warned : Alerting::alerted; }

}  // namespace

base::Result<void> Store::for_each_active(ActiveVisitor const& visitor) const {
    auto const now = state_->clock.now();
    return state_->database.read([&](storage::Session const& session) {
        std::string current;
        bool current_flagged = false;
        std::vector<std::tuple<std::string, base::Marking, base::Readers>> held;
        auto const tell = [&] {
            if (held.empty()) return;
            std::vector<ActiveListing> listings;
            listings.reserve(held.size());
            for (auto const& [source, marking, readers] : held) listings.push_back({source, marking, readers});
            if (auto const value = Value::parse(current, ReservedSpace::allow))
                visitor(*value, alerting_of(current_flagged), listings);
            held.clear();
        };
        session.each<std::string, bool, std::string, base::Marking, base::Readers>(
            [&](std::string const& value, bool flagged, std::string const& source, base::Marking marking,
                base::Readers const& readers) {
                if (value != current) tell();
                current = value;
                current_flagged = flagged;
                held.emplace_back(source, marking, readers);
            },
            std::string(active_listings) + " order by l.indicator", now, now);
        tell();
    });
}

base::Result<std::shared_ptr<Snapshot const>> Store::compile(std::shared_ptr<origins::AsTable const> as_table) const {
    auto const now = state_->clock.now();
    SnapshotBuilder builder;
    std::map<std::tuple<std::string, base::Marking, std::string>, SourceNumber> numbers;
    auto const read = state_->database.read([&](storage::Session const& session) {
        session.each<std::string, bool, std::string, base::Marking, base::Readers>(
            [&](std::string const& text, bool flagged, std::string const& name, base::Marking marking,
                base::Readers const& readers) {
                auto const value = Value::parse(text, ReservedSpace::allow);
                if (value.has_error()) return;
                auto const key = std::tuple(name, marking, readers.text());
                auto found = numbers.find(key);
                if (found == numbers.end()) found = numbers.emplace(key, builder.source(name, marking, readers)).first;
                builder.add(*value, found->second, alerting_of(flagged));
            },
            active_listings, now, now);
    });
    if (read.has_error()) return read.error();
    builder.as_table(std::move(as_table));
    return builder.compile();
}

}  // namespace kula::indicators
