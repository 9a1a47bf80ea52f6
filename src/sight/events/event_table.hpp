#pragma once
// What is read of the table event.

#include <string>

#include "events/event_search.hpp"
#include "storage/session.hpp"

namespace kula::storage {

/// As `found_event_columns`.
template <>
struct Column<events::FoundEvent> {
    static constexpr std::array types{ColumnType::text, ColumnType::integer, ColumnType::integer, ColumnType::integer,
                                      ColumnType::text, ColumnType::text,    ColumnType::integer, ColumnType::integer,
                                      ColumnType::text, ColumnType::text,    ColumnType::text,    ColumnType::text,
                                      ColumnType::text, ColumnType::text,    ColumnType::integer, ColumnType::integer,
                                      ColumnType::text, ColumnType::text,    ColumnType::text,    ColumnType::integer,
                                      ColumnType::text, ColumnType::text,    ColumnType::text,    ColumnType::text,
                                      ColumnType::text, ColumnType::text};
    static events::FoundEvent read(Cell const* cells);
};

}  // namespace kula::storage

namespace kula::events {

inline constexpr auto found_event_columns =
    "id, moment, content_key, observed, source, delivery, row, part, class, type, identifier, severity, malware, "
    "source_address, source_port, source_asn, source_country, source_domain, destination_address, destination_port, "
    "organisation, network, sector, tlp, pap, readers";

}  // namespace kula::events
