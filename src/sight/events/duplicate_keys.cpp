#include "duplicate_keys.hpp"

#include <cstring>
#include <map>
#include <string>

#include "storage/digest.hpp"

namespace kula::events {
namespace {

// In no JSON text.
constexpr char parting = '\x1f';

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

/// The fields in the order of their names, so that it does not matter how they were told.
void append_sorted(std::string& text, Json const& fields) {
    std::map<std::string_view, Json const*> sorted;
    for (auto const& [name, value] : fields.items()) sorted.emplace(name, &value);
    for (auto const& [name, value] : sorted) {
        text += name;
        append(text, value);
    }
}

std::string when(Event const& event, base::Instant observed) {
    auto const moment = event.moment("time.source");
    return moment ? base::to_seconds_text(*moment) : base::to_seconds_text(observed).substr(0, 10);
}

}  // namespace

DuplicateKeys duplicate_keys(Event const& event, std::string_view source, base::Instant observed) {
    auto const moment = when(event, observed);
    std::string content(source);
    content += parting + moment + parting;
    append_sorted(content, event.fields());

    std::string happening = moment + parting;
    for (auto const* name : {"classification.type", "classification.subtype", "protocol.transport", "malware.name"})
        append(happening, event.find(name));
    bool const has_source = append_end(happening, event, "source");
    bool const has_destination = append_end(happening, event, "destination");
    return {key_of(content), key_of(has_source || has_destination ? happening : content)};
}

}  // namespace kula::events
