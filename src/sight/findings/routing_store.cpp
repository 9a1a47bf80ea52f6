#include "findings/routing_store.hpp"

#include <fmt/format.h>

#include "routing_json.hpp"
#include "storage/record.hpp"

namespace kula::findings {
namespace {

using storage::Priority;
using storage::Session;

StoredRouting read(Session const& session) {
    auto const row =
        session.row<std::string, std::int64_t, base::Instant>("select rules, version, changed_at from routing");
    if (!row) return {shipped_routing()};
    auto const& [rules, version, changed_at] = *row;
    return {routing_from_json(rules), version, changed_at};
}

}  // namespace

base::Result<StoredRouting> RoutingStore::stored() const { return database_.read(read); }

base::Result<StoredRouting> RoutingStore::replace(std::int64_t version, RoutingContent content,
                                                  base::Actor const& actor) {
    auto const correct = checked(std::move(content));
    if (!correct) return correct.error();
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<StoredRouting> {
        auto const before = read(session);
        if (before.version != version)
            return base::conflict(fmt::format("it has been changed meanwhile, to version {}", before.version));
        if (before.content == *correct) return before;
        session.execute("insert into routing (id, rules, " KULA_RECORD_COLUMNS ") values (1, ?, " KULA_RECORD_PLACES
                        ") on conflict (id) do update set rules = excluded.rules, " KULA_RECORD_UPDATE("routing"),
                        to_json(*correct), storage::new_record(clock_, actor.name));
        journal_.append(session, actor,
                        {"routing.changed", "routing:rules", to_json(before.content), to_json(*correct)});
        return read(session);
    });
}

}  // namespace kula::findings
