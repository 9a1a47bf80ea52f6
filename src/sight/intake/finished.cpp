#include "intake/finished.hpp"

#include "intake/mapping.hpp"

namespace kula::intake {
namespace {

std::string series_of(std::string format, std::string_view name) {
    auto const type = Mappings::shadowserver_type(name);
    if (!type || format != "shadowserver/" + *type) return format;
    constexpr std::size_t date = std::string_view("2026-01-31-").size();
    auto rest = name.substr(name.rfind('/') + 1);  // The whole name where there is no folder.
    rest = rest.substr(date + type->size());
    return format.append(rest.substr(0, rest.find('.')));
}

}  // namespace

std::optional<FinishedDelivery> finished_behind(storage::Session const& session, std::int64_t number) {
    std::optional<FinishedDelivery> out;
    session.each<std::int64_t, std::string, std::string, std::string, std::string, base::Instant, bool, bool,
                 std::uint64_t, std::uint64_t>(
        [&](std::int64_t own, std::string id, std::string source, std::string format, std::string const& name,
            base::Instant received_at, bool complete, bool refused, std::uint64_t rows, std::uint64_t quarantined) {
            out = {own,     std::move(id), std::move(source), series_of(std::move(format), name), received_at, complete,
                   refused, rows,          quarantined};
        },
        "select finished, id, source, format, name, received_at, complete, case when state = 'refused' then 1 else 0 "
        "end, rows, quarantined from delivery where finished > ? and state <> 'stored' order by finished limit 1",
        number);
    return out;
}

}  // namespace kula::intake
