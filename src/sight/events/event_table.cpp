#include "event_table.hpp"

#include "storage/record.hpp"

namespace kula::storage {
namespace {

/// Reads cell after cell.
class Cursor {
public:
    explicit Cursor(Cell const* cells) : cells_(cells) {}
    template <class T>
    void take(T& to) {
        to = Column<T>::read(std::exchange(cells_, cells_ + Column<T>::types.size()));
    }

private:
    Cell const* cells_;
};

}  // namespace

events::FoundEvent Column<events::FoundEvent>::read(Cell const* cells) {
    events::FoundEvent out;
    Cursor cursor(cells);
    cursor.take(out.id);
    cursor.take(out.place.moment);
    cursor.take(out.place.key);
    cursor.take(out.observed);
    cursor.take(out.source);
    cursor.take(out.delivery);
    cursor.take(out.row);
    cursor.take(out.part);
    cursor.take(out.rsit_class);
    cursor.take(out.type);
    cursor.take(out.identifier);
    cursor.take(out.severity);
    cursor.take(out.malware);
    cursor.take(out.source_address);
    cursor.take(out.source_port);
    cursor.take(out.source_asn);
    cursor.take(out.source_country);
    cursor.take(out.source_domain);
    cursor.take(out.destination_address);
    cursor.take(out.destination_port);
    cursor.take(out.organisation);
    cursor.take(out.network);
    cursor.take(out.sector);
    cursor.take(out.marking);
    cursor.take(out.readers);
    return out;
}

}  // namespace kula::storage
