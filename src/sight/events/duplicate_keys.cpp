#include "duplicate_keys.hpp"

#include <array>
#include <cstring>
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

/// The most telling of what names an end.
void append_end(std::string& text, Event const& event, std::string const& end) {
    constexpr std::array names{"ip", "fqdn", "url", "network", "account", "asn"};
    for (auto const* name : names) {
        auto const* const value = event.find(end + '.' + name);
        if (value == nullptr) continue;
        text += name;
        append(text, value);
        break;
    }
    append(text, event.find(end + ".port"));
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
    append(content, &event.fields());

    std::string happening = moment + parting;
    for (auto const* name : {"classification.type", "classification.subtype", "protocol.transport", "malware.name"})
        append(happening, event.find(name));
    append_end(happening, event, "source");
    append_end(happening, event, "destination");
    return {key_of(content), key_of(happening)};
}

}  // namespace kula::events
