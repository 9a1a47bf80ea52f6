#include "national_space_table.hpp"

#include <sstream>

#include "storage/record.hpp"

namespace kula::registry::national_space_table {

StoredNationalSpace read(storage::Session const& session) {
    StoredNationalSpace out;
    auto const row = session.row<std::string, std::string, std::int64_t, base::Instant>(
        "select prefixes, as_numbers, version, changed_at from national_space where id = 1");
    if (!row) return out;
    auto const& [prefixes, as_numbers, version, changed_at] = *row;
    out.version = version;
    out.changed_at = changed_at;
    std::istringstream lines(prefixes);
    for (std::string line; std::getline(lines, line);) out.prefixes.push_back(line);
    std::istringstream numbers(as_numbers);
    for (std::uint32_t number = 0; numbers >> number;) out.as_numbers.push_back(number);
    return out;
}

void write(storage::Session& session, StoredNationalSpace const& space, base::Record const& record) {
    std::string prefixes;
    std::string as_numbers;
    for (auto const& prefix : space.prefixes) prefixes += prefix + '\n';
    for (auto const number : space.as_numbers) as_numbers += std::to_string(number) + '\n';
    session.execute(
        "insert into national_space (id, prefixes, as_numbers, " KULA_RECORD_COLUMNS
        ") values (1, ?, ?, " KULA_RECORD_PLACES
        ") on conflict (id) do update set prefixes = excluded.prefixes, as_numbers = excluded.as_numbers, " KULA_RECORD_UPDATE(
            "national_space"),
        prefixes, as_numbers, record);
}

}  // namespace kula::registry::national_space_table
