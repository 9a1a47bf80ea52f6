#pragma once
// The tables of deliveries and their quarantined rows.

#include <optional>
#include <string>
#include <vector>

#include "intake/intake.hpp"

namespace kula::intake::delivery_table {

struct Quarantined {
    std::uint64_t row;
    std::uint64_t line;
    std::string reason;
    std::string raw_base64;
};

using State = DeliveryState;

struct Stored {
    DeliveryAccount account;
    State state = State::stored;
    base::Instant received_at{};
};

/// What comes, as the table keeps it.
struct Coming {
    std::string name;
    std::string source;
    std::string format;
    std::string fingerprint;  ///< Of `rules`.
    std::string rules;        ///< Its mapping's text; of what no mapping reads, `to_json` of what was told of it.
};
Coming coming(Incoming const& incoming);
constexpr std::string_view archive_format = "zip";
constexpr std::string_view mail_format = "mail";
constexpr std::string_view untold_format = "unknown";  ///< Nothing tells how it is to be read: it is refused.

/// One that is not read to its end.
struct Begun {
    std::string name;
    std::string source;
    std::string rules;
    storage::Blob blob;
};
std::vector<Begun> begun(storage::Session const& session);

/// The one of this source and content, made now unless it is there. It begins anew where another mapping reads it now
/// and rows were not understood, or reading was not at its end; and where it was refused.
Stored find_or_add(storage::Session& session, Coming const& incoming, storage::Blob const& blob,
                   base::Record const& record);
/// Forgets what became of it, and how it was read.
void begin_anew(storage::Session& session, std::string const& id, Coming const& coming);
/// What reads it, or read it last; nothing where a Kula of before read it.
std::optional<std::string> rules_of(storage::Session const& session, std::string const& id);
void store(storage::Session& session, DeliveryAccount const& account, State state, base::Record const& record);
void add_quarantined(storage::Session& session, std::string const& delivery, std::vector<Quarantined> const& rows);
std::vector<QuarantinedRow> quarantined_behind(storage::Session const& session, std::string const& delivery,
                                               std::uint64_t row, std::int64_t limit);

}  // namespace kula::intake::delivery_table
