#include "table_top.hpp"

#include <span>

#include "formats/csv.hpp"
#include "row.hpp"
#include "texts.hpp"

namespace kula::intake {

TableTop table_top(std::string_view beginning) {
    step_over_mark(beginning, false);
    formats::CsvReader reader(formats::CsvReader::delimiter_of(beginning.substr(0, beginning.find('\n'))));
    auto rest = std::as_bytes(std::span(beginning));
    TableTop out;
    for (auto* row : {&out.columns, &out.cells}) {
        if (reader.next(rest, formats::InputEnd::reached) != formats::CsvReader::Next::row) break;
        for (auto const field : reader.fields()) row->push_back(as_utf8(trimmed(field)));
    }
    return out;
}

}  // namespace kula::intake
