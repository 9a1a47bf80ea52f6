#include "intake/finished.hpp"

#include <re2/re2.h>

#include "intake/mapping.hpp"

namespace kula::intake {
namespace {

std::string series_of(std::string format, std::string_view name, std::string_view id) {
    // What one event of MISP does not tell, another may.
    if (format == "misp") return format.append("/").append(name.substr(name.rfind('/') + 1));
    // Somebody told of one thing, and tells no more of it.
    if (format == "xarf") return format.append("/").append(id);
    auto const type = Mappings::shadowserver_type(name);
    if (!type || format != "shadowserver/" + *type) return format;
    auto filter = name.substr(name.rfind('/') + 1);  // The whole name where there is no folder.
    filter.remove_prefix(filter.find(*type) + type->size());
    static RE2 const date(R"(-\d{4}-\d\d-\d\d)");
    re2::StringPiece rest(filter.data(), filter.size());
    RE2::Consume(&rest, date);
    filter.remove_prefix(filter.size() - rest.size());
    return format.append(filter.substr(0, filter.find('.')));
}

}  // namespace

std::optional<FinishedDelivery> finished_behind(storage::Session const& session, std::int64_t number) {
    std::optional<FinishedDelivery> out;
    session.each<std::int64_t, std::string, std::string, std::string, std::string, base::Instant, bool, bool,
                 std::uint64_t, std::uint64_t>(
        [&](std::int64_t own, std::string id, std::string source, std::string format, std::string const& name,
            base::Instant received_at, bool complete, bool refused, std::uint64_t rows, std::uint64_t quarantined) {
            auto series = series_of(std::move(format), name, id);
            out = {own,     std::move(id), std::move(source), std::move(series), received_at, complete,
                   refused, rows,          quarantined};
        },
        "select finished, id, source, format, name, received_at, complete, case when state = 'refused' then 1 else 0 "
        "end, rows, quarantined from delivery where finished > ? and state <> 'stored' order by finished limit 1",
        number);
    return out;
}

}  // namespace kula::intake
