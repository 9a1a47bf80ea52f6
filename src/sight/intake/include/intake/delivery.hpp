#pragma once
/// @file
/// What is known of a delivery: what became of its rows, and how lists of deliveries are asked for. Values only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/id.hpp"
#include "base/instant.hpp"

namespace kula::intake {

/// What a block list says of its source's indicators.
struct ListAccount {
    std::uint64_t listed = 0;  ///< Different values.
    std::uint64_t fresh = 0;   ///< Of these, new or back.
    std::uint64_t gone = 0;    ///< Listed before, and no longer.
};

/// What became of a delivery: `rows` = `accepted` + `duplicates` + `quarantined`.
struct DeliveryAccount {
    std::string id{};
    std::string sha256{};
    std::string format{};
    std::uint64_t rows = 0;
    std::uint64_t accepted = 0;    ///< Of which an event is new, or counts one more.
    std::uint64_t duplicates = 0;  ///< All of whose events were known.
    std::uint64_t quarantined = 0;
    std::uint64_t events = 0;             ///< New ones.
    bool is_complete = true;              ///< It did not break off, as far as can be told.
    bool came_before = false;             ///< Nothing was read again.
    bool was_refused = false;             ///< It is no delivery of its source.
    std::optional<std::string> reason{};  ///< Why it was refused as a whole, is not complete, or told nothing.
    std::uint64_t left_out = 0;           ///< That the mapping says are no rows, when it was read.
    /// That the mapping does not know, of the first row; their cells are kept.
    std::vector<std::string> new_columns{};
    std::optional<ListAccount> list{};  ///< Of a block list that was taken as such.

    /// As whoever sent it is told: what came before tells nothing new, so that its rows are duplicates all.
    [[nodiscard]] DeliveryAccount as_answer() const;
};

enum class DeliveryState : std::uint8_t {
    stored,  ///< Kept, and not read to its end.
    read,
    refused,  ///< It is no delivery of its source.
};
std::string_view to_text(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);

/// As it is kept. `account` tells nothing of `came_before`.
struct Delivery {
    DeliveryAccount account;
    std::string source{};
    std::string name{};  ///< As the sender named it.
    std::uint64_t bytes = 0;
    DeliveryState state = DeliveryState::stored;
    base::Instant received_at{};
    base::Instant changed_at{};  ///< When its rows were read last.

    [[nodiscard]] bool is_archive() const;
};
using DeliveryId = base::Id<Delivery>;

enum class DeliverySort : std::uint8_t {
    received,
    received_descending,
    rows,
    rows_descending,
    quarantined,
    quarantined_descending,
};

struct DeliveryQuery {
    base::Clearance clearance = base::Clearance::of({});
    std::optional<std::string> source{};
    std::optional<DeliveryState> state{};
    std::optional<bool> complete{};
    std::optional<bool> set_aside{};  ///< Whether rows of it are in quarantine.
    std::string search{};             ///< Part of its name, in any case of ASCII letters; at most 200 bytes.
    DeliverySort sort = DeliverySort::received_descending;
    std::string cursor{};
    std::size_t limit = 50;  ///< 1 to 1,000.
};

struct DeliveryTotals {
    std::uint64_t deliveries = 0;
    std::uint64_t stored = 0;
    std::uint64_t failed = 0;     ///< Refused or broken off.
    std::uint64_t set_aside = 0;  ///< With rows in quarantine.
    std::uint64_t rows = 0;
    std::uint64_t events = 0;
    std::uint64_t quarantined = 0;  ///< Rows.
};

struct DeliveryPage {
    std::vector<Delivery> items{};
    std::string next{};  ///< Empty on the last page.
    DeliveryTotals totals{};
};

/// A row with its bytes.
struct QuarantinedRow {
    std::string delivery;
    std::string source;
    std::string name;
    std::uint64_t row = 0;
    std::uint64_t line = 0;
    std::string reason;
    std::string raw_base64;
};

/// A row that is set aside, for the eye.
struct ShownRow {
    std::uint64_t row = 0;
    std::uint64_t line = 0;  ///< Where it begins; 0 where that is not known.
    std::string reason;
    std::string raw;         ///< Its beginning, as `shown` of it.
    std::string raw_base64;  ///< The same bytes.
    bool is_cut = false;     ///< There are more.
};

/// A delivery's first lines, as `shown` of each.
struct Preview {
    std::vector<std::string> lines{};
    bool is_cut = false;  ///< There are more, or longer ones.
};

}  // namespace kula::intake
