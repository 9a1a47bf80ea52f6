#pragma once
// When two events are one: the rule by which duplicates are told.
//
// A delivery tells an event that is known already
// - if the same source told the very same (`telling`): every field is equal; or
// - if another source told of the same happening (`happening`): equal are the type (with its finer one), of both ends
//   the address, domain and URL (or network, account or AS number where there is none of them) and the port, the
//   transport protocol, the malware's name, and the second in which it happened; and they do not name different
//   problems (`classification.identifier`). Where no end is named, nothing is the same.
// Where no moment is told, the day of receiving stands for it: a list that comes every hour is one telling a day. A
// source that tells of one happening twice with other details is believed: it knows what it does. Sources of one
// speaker are no others to each other: two reports of it tell of two problems.
//
// Where a source's events fold (`Folding`), an event's own key (`content`) leaves out the moment within the window and
// what may differ: further tellings fold into that event.

#include <cstdint>
#include <string_view>

#include "events/event_store.hpp"

namespace kula::events {

/// The first eight bytes of a SHA-256 each.
struct DuplicateKeys {
    std::int64_t content;    ///< Of the event.
    std::int64_t telling;    ///< Of this telling; the same as `content` where it does not fold.
    std::int64_t happening;  ///< Of what happened, whoever tells of it.
};

/// Who tells by this source: `shadowserver` by `shadowserver/scan_dns`.
inline std::string_view speaker_of(std::string_view source) { return source.substr(0, source.find('/')); }

DuplicateKeys duplicate_keys(Event const& event, EventOrigin const& origin);

}  // namespace kula::events
