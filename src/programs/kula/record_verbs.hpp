#pragma once
/// @file
/// `kula import` and `kula export`: the same code serves a data folder that nobody has open, and a running server over
/// the socket in its folder.

#include <stop_token>

#include "admin.hpp"
#include "events/event_store.hpp"
#include "intake/feeds.hpp"
#include "intake/intake.hpp"

namespace kula {

struct RecordVerbRooms {
    intake::Intake const& intake;
    intake::Feeds& feeds;
    events::EventStore const& events;
};

/// Whether it is one of these: `import`, `export events`, `export quarantine`.
bool is_record_verb(std::string const& verb);

/// Does it and prints it; yields the exit status. `file` is the open file of an `import`, whose options are `file` (its
/// path, for what is printed), `source`, `format`, `mapping` (the mapping's text) and `mapping-file`; those of `export`
/// are `format` and `source`.
int answer_record_verb(AdminRequest const& request, int file, RecordVerbRooms rooms, Print const& print,
                       std::stop_token const& stop);

}  // namespace kula
