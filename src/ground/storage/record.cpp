#include "storage/record.hpp"

#include <utility>

namespace kula::storage {

base::Marking Column<base::Marking>::read(Cell const* cells) {
    auto const tlp = base::parse_tlp(cells[0].text);
    auto const pap = base::parse_pap(cells[1].text);
    base::must(tlp && pap, "stored markings are known labels");
    return {*tlp, *pap};
}

void Column<base::Marking>::bind(Cells& cells, base::Marking const& marking) {
    bind_value(cells, base::to_text(marking.tlp));
    bind_value(cells, base::to_text(marking.pap));
}

base::Readers Column<base::Readers>::read(Cell const* cells) {
    auto readers = base::Readers::parse(cells[0].text);
    base::must(readers.has_value(), "stored readers are ids of people");
    return std::move(*readers);
}

void Column<base::Readers>::bind(Cells& cells, base::Readers const& readers) { bind_value(cells, readers.text()); }

base::Record Column<base::Record>::read(Cell const* cells) {
    return {Column<base::Id<base::Owner>>::read(cells),
            Column<base::Marking>::read(cells + 1),
            cells[3].text,
            Column<base::Instant>::read(cells + 4),
            cells[5].text,
            Column<base::Instant>::read(cells + 6),
            cells[7].text,
            Column<std::int64_t>::read(cells + 8)};
}

void Column<base::Record>::bind(Cells& cells, base::Record const& record) {
    bind_value(cells, record.owner);
    bind_value(cells, record.marking);
    bind_value(cells, record.lineage);
    bind_value(cells, record.created_at);
    bind_value(cells, record.created_by);
    bind_value(cells, record.changed_at);
    bind_value(cells, record.changed_by);
    bind_value(cells, record.version);
}

ReadableRows readable_rows(std::string_view prefix, base::Clearance const& clearance) {
    ReadableRows out;
    if (clearance.reads_every_red()) return out;
    std::string const table(prefix);
    out.sql = table + "tlp <> 'red'";
    if (!clearance.person()) return out;
    // Ids are of one length and hold neither comma nor wildcard, so that one is found only as a whole.
    out.sql += " or " + table + "readers like ?";
    out.arguments.add('%' + clearance.person()->text() + '%');
    return out;
}

base::Record new_record(base::Clock const& clock, std::string actor, base::Marking marking, std::string lineage,
                        base::Id<base::Owner> owner) {
    auto const now = clock.now();
    return {owner, marking, std::move(lineage), now, actor, now, actor, 1};
}

}  // namespace kula::storage
