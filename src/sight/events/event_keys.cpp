#include "event_keys.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "event_owner.hpp"
#include "events/tags.hpp"

namespace kula::events {
namespace {

constexpr std::size_t most_further = 200;  ///< Of one event; what is beyond is found by its fields alone.

void append_hexadecimal(std::string& to, unsigned char byte) {
    static constexpr char digits[] = "0123456789abcdef";
    to += digits[byte >> 4];
    to += digits[byte & 15];
}

/// The first of all goes to its place, each other one to those that have none.
class KeyPlaces {
public:
    explicit KeyPlaces(std::vector<std::string>& further) : further_(further) {}
    void put(std::optional<std::string>& place, std::string key) {
        if (!place) {
            place = std::move(key);
        } else if (*place != key && further_.size() < most_further &&
                   std::find(further_.begin(), further_.end(), key) == further_.end()) {
            further_.push_back(std::move(key));
        }
    }

private:
    std::vector<std::string>& further_;
};

void add_tags(std::vector<std::string>& tags, std::string_view text) {
    while (!text.empty()) {
        auto const length = std::min(text.find_first_of(tag_ends), text.size());
        auto tag = as_tag(text.substr(0, length));
        if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(std::move(tag));
        text.remove_prefix(std::min(length + 1, text.size()));
    }
}

}  // namespace

std::string address_key(base::Address address) {
    std::string key(1, address.is_v4() ? '4' : '6');
    auto const bytes = address.bytes();
    for (std::size_t at = 0; at < static_cast<std::size_t>(address.width()) / 8; ++at)
        append_hexadecimal(key, bytes[at]);
    return key;
}

std::string domain_key(std::string_view domain) {
    std::string key = "d";
    while (!domain.empty()) {
        auto const dot = domain.rfind('.');
        auto const label = dot == std::string_view::npos ? domain : domain.substr(dot + 1);
        for (char const c : label) append_hexadecimal(key, static_cast<unsigned char>(c));
        append_hexadecimal(key, '.');
        domain = domain.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
    return key;
}

KeyStretch stretch_of(base::Prefix const& prefix) { return {address_key(prefix.first()), address_key(prefix.last())}; }

KeyStretch stretch_of(std::string_view domain) {
    auto const key = domain_key(domain);
    return {key, key + "ff"};  // No text in UTF-8 holds this byte.
}

EventKeys keys_of(Event const& event) {
    EventKeys keys;
    KeyPlaces places(keys.further);
    for (auto const* const end : {"source", "destination"}) {
        auto& address_place = std::string_view(end) == "source" ? keys.source : keys.destination;
        auto const name = std::string(end);
        for (auto const& text : addresses_of(event, name)) {
            if (auto const address = base::Address::parse(text)) places.put(address_place, address_key(*address));
        }
        each_text(event.find(name + ".fqdn"),
                  [&](std::string const& text) { places.put(keys.domain, domain_key(text)); });
        each_text(event.find(name + ".url"), [&](std::string const& text) {
            if (auto const host = host_of(text)) places.put(keys.domain, domain_key(*host));
        });
        each_text(event.find(name + ".reverse_dns"),
                  [&](std::string const& text) { places.put(keys.domain, domain_key(text)); });
    }
    for (auto const& tag : tags_of(event)) keys.tags += (keys.tags.empty() ? "\n" : "") + tag + '\n';
    return keys;
}

std::string tag_line(std::string_view tag) { return '\n' + as_tag(tag) + '\n'; }

std::string as_tag(std::string_view text) {
    auto tag = base::lower_case(base::trimmed(text));
    std::erase_if(tag, [](char c) { return c >= 0 && c < ' '; });
    return tag;
}

std::vector<std::string> tags_of(Event const& event) {
    std::vector<std::string> tags;
    for (auto const* const name : {"classification.identifier", "extra.tag", "extra.tags"})
        each_text(event.find(name), [&](std::string const& text) { add_tags(tags, text); });
    return tags;
}

}  // namespace kula::events
