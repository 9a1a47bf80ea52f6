#pragma once
// By what events are searched beyond what their fields say as they are: keys that put addresses and names in an order
// in which every prefix, and every domain with all below it, is one stretch; the same on every database.

#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "events/event.hpp"

namespace kula::events {

/// `4` or `6`, then the address's bytes in hexadecimal.
std::string address_key(base::Address address);
/// `d`, then the labels from the last to the first, a dot behind each, in hexadecimal.
std::string domain_key(std::string_view domain);

/// From `first` to `last`, both included.
struct KeyStretch {
    std::string first;
    std::string last;
};
KeyStretch stretch_of(base::Prefix const& prefix);
/// The domain and all below it.
KeyStretch stretch_of(std::string_view domain);

struct EventKeys {
    std::optional<std::string> source{};       ///< Of the first address of the end.
    std::optional<std::string> destination{};  ///< Likewise.
    std::optional<std::string> domain{};       ///< Of the first name.
    std::vector<std::string> further{};        ///< All other addresses and names of both ends, each once.
    std::string tags{};  ///< `\n`, then each in small letters with `\n` behind it; empty where there is none.
};

/// Addresses are `ip`, and the host of `url` where it is one. Names are `fqdn`, the host of `url` and `reverse_dns`,
/// the source's first. Tags are those of `tags_of`.
EventKeys keys_of(Event const& event);

/// What parts the tags of one text.
constexpr std::string_view tag_ends = ",;";

/// What stands in `tags` for one, with its ends.
std::string tag_line(std::string_view tag);

}  // namespace kula::events
