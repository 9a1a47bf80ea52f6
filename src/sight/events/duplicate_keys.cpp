#include "duplicate_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string>

#include "storage/digest.hpp"

namespace kula::events {
namespace {

// Of the way that a telling came, not of what it tells.
constexpr std::array<std::string_view, 2> of_the_way{"raw", "time.observation"};
// In no JSON text.
constexpr char parting = '\x1f';
// Of `2026-11-21T09:00:00Z`.
constexpr std::size_t length_to_day = 10;
constexpr std::size_t length_to_hour = 13;

std::int64_t key_of(std::string_view text) {
    auto const digest = storage::sha256(text);
    std::int64_t key = 0;
    std::memcpy(&key, digest.data(), sizeof key);
    return key;
}

void append(std::string& text, Json const* value) {
    if (value != nullptr) text += value->dump();
    text += parting;
}

/// What names an end; false where nothing does.
bool append_end(std::string& text, Event const& event, std::string const& end) {
    bool is_named = false;
    auto const append_named = [&](char const* name) {
        auto const* const value = event.find(end + '.' + name);
        if (value == nullptr) return;
        text += name;
        append(text, value);
        is_named = true;
    };
    for (auto const* name : {"ip", "fqdn", "url"}) append_named(name);
    for (auto const* name : {"network", "account", "asn"}) {
        if (!is_named) append_named(name);
    }
    append(text, event.find(end + ".port"));
    return is_named;
}

/// The fields in the order of their names, so that it does not matter how they were told, nor by which way they came.
template <typename IsMeant>
void append_sorted(std::string& text, Json const& fields, IsMeant const& is_meant) {
    std::map<std::string_view, Json const*> sorted;
    for (auto const& [name, value] : fields.items()) {
        bool const is_of_the_way = std::find(of_the_way.begin(), of_the_way.end(), name) != of_the_way.end();
        if (!is_of_the_way && is_meant(name)) sorted.emplace(name, &value);
    }
    for (auto const& [name, value] : sorted) {
        text += name;
        append(text, value);
    }
}

/// Of what folds into the event.
std::int64_t folded_key(Event const& event, std::string const& told_by, std::string_view moment,
                        Folding const& folding) {
    auto const window = moment.substr(0, folding.within == Folding::Within::day ? length_to_day : length_to_hour);
    auto text = fmt::format("{}{}{}", told_by, window, parting);
    auto const& without = folding.without;
    append_sorted(text, event.fields(), [&](std::string_view name) {
        bool const is_what_folds = name == "time.source" || name == "time.until" || name == "count";
        return !is_what_folds && std::find(without.begin(), without.end(), name) == without.end();
    });
    return key_of(text);
}

std::string when(Event const& event, base::Instant observed) {
    auto const moment = event.moment("time.source");
    return moment ? base::to_seconds_text(*moment) : base::to_seconds_text(observed).substr(0, 10);
}

}  // namespace

DuplicateKeys duplicate_keys(Event const& event, EventOrigin const& origin) {
    auto const moment = when(event, origin.observed);
    auto const told_by = origin.source + parting;
    auto telling = told_by + moment + parting;
    append_sorted(telling, event.fields(), [](std::string_view) { return true; });
    std::string happening = moment + parting;
    for (auto const* name : {"classification.type", "classification.subtype", "protocol.transport", "malware.name"})
        append(happening, event.find(name));
    bool const has_source = append_end(happening, event, "source");
    bool const has_destination = append_end(happening, event, "destination");
    DuplicateKeys keys{};
    keys.telling = key_of(telling);
    bool const folds = origin.folding && event.moment("time.source");
    keys.content = folds ? folded_key(event, told_by, moment, *origin.folding) : keys.telling;
    keys.happening = has_source || has_destination ? key_of(happening) : keys.telling;
    return keys;
}

}  // namespace kula::events
