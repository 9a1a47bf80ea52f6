#include "actor_names.hpp"
#include "gate.hpp"
#include "journal/journal.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

/// Told as JSON; what is none (an entry made by hand) is shown as text.
Json payload(std::string const& text) {
    if (text.empty()) return nullptr;
    auto json = Json::parse(text, nullptr, false);
    return json.is_discarded() ? Json(text) : json;
}

Json told(journal::Entry const& entry, ActorNames& names) {
    return {{"sequence", entry.sequence},          {"at", time(entry.at)},      {"actor", entry.actor},
            {"actor_name", names.of(entry.actor)}, {"deed", entry.fact.deed},   {"subject", entry.fact.subject},
            {"origin", or_null(entry.origin)},     {"why", or_null(entry.why)}, {"before", payload(entry.fact.before)},
            {"after", payload(entry.fact.after)},  {"erased", entry.is_erased}, {"hash", entry.hash}};
}

std::optional<journal::EntryOrder> parse_order(std::string const& text) {
    if (text == "sequence") return journal::EntryOrder::oldest_first;
    return text == "-sequence" ? std::optional(journal::EntryOrder::newest_first) : std::nullopt;
}

net::Response list(net::Request const& request, journal::Journal const& journal, access::Access const& access) {
    Parameters parameters(request);
    journal::EntryQuery query;
    query.subject = parameters.text("subject", 200);
    query.actor = parameters.text("actor", 100);
    query.deed = parameters.text("deed", 64);
    query.from = parameters.instant("from");
    query.to = parameters.instant("to");
    query.order = parameters.parsed("sort", 10, "must be sequence or -sequence", parse_order)
                      .value_or(journal::EntryOrder::newest_first);
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = journal.list(query);
    if (!page) return refusal(page.error());
    ActorNames names(access);
    Json items = Json::array();
    for (auto const& entry : page->items) items.push_back(told(entry, names));
    return reply({{"items", std::move(items)}, {"next", or_null(page->next)}});
}

net::Response verify(journal::Journal const& journal) {
    auto const found = journal.verify(std::nullopt);
    if (!found) return refusal(found.error());
    Json breaks = Json::array();
    for (auto const& broken : found->breaks)
        breaks.push_back({{"sequence", broken.sequence}, {"reason", broken.reason}});
    return reply({{"holds", found->holds()},
                  {"entries", count(found->entries)},
                  {"erased", count(found->erased)},
                  {"sequence", found->head.sequence},
                  {"hash", found->head.hash},
                  {"breaks", std::move(breaks)}});
}

net::Response sign(Caller const& caller, journal::Journal& journal, seals::SigningKey const& key, base::Instant now) {
    auto const recorded = journal.record(caller.actor, {"journal.checkpoint_signed", "journal:"});
    if (!recorded) return refusal(recorded.error());
    auto const head = journal.head();
    if (!head) return refusal(head.error());
    auto response = net::content("text/plain; charset=utf-8", journal::to_text(journal::sign(*head, now, key)));
    response.headers.set("Content-Disposition",
                         "attachment; filename=\"kula-journal-" + std::to_string(head->sequence) + ".checkpoint\"");
    return response;
}

}  // namespace

void add_journal_routes(GuardedRouter& router, journal::Journal& journal, access::Access const& access,
                        seals::SigningKey const& key, base::Clock const& clock) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/journal";
    router.add(Method::get, all, [&](Request const& request, Caller const&) { return list(request, journal, access); });
    router.add(Method::get, all + "/verification", [&](Request const&, Caller const&) { return verify(journal); },
               {.lane = net::Lane::heavy});
    router.add(Method::post, all + "/checkpoints",
               [&](Request const&, Caller const& caller) { return sign(caller, journal, key, clock.now()); });
}

}  // namespace kula::api
