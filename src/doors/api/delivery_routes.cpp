#include <charconv>
#include <fstream>

#include "cursor.hpp"
#include "delivery_view.hpp"
#include "gate.hpp"
#include "intake/intake.hpp"
#include "journal/journal.hpp"
#include "members.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using intake::DeliverySort;

base::Error no_such_delivery() { return base::not_found("no such delivery"); }

std::optional<DeliverySort> parse_delivery_sort(std::string const& text) {
    if (text == "received") return DeliverySort::received;
    if (text == "-received") return DeliverySort::received_descending;
    if (text == "rows") return DeliverySort::rows;
    if (text == "-rows") return DeliverySort::rows_descending;
    if (text == "quarantined") return DeliverySort::quarantined;
    if (text == "-quarantined") return DeliverySort::quarantined_descending;
    return std::nullopt;
}

net::Response list(net::Request const& request, Caller const& caller, intake::Intake const& intake) {
    Parameters parameters(request);
    intake::DeliveryQuery query;
    query.clearance = caller.actor.clearance;
    query.source = parameters.text("source", 200);
    query.state = parameters.parsed("state", 10, "must be stored, read or refused", intake::parse_delivery_state);
    query.complete = parameters.boolean("complete");
    query.set_aside = parameters.boolean("set_aside");
    query.search = parameters.text("search", 200).value_or("");
    query.sort = parameters
                     .parsed("sort", 20, "must be received, rows or quarantined, with - before it for descending",
                             parse_delivery_sort)
                     .value_or(DeliverySort::received_descending);
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = intake.list(query);
    if (!page) return refusal(page.error());
    Json items = Json::array();
    for (auto const& delivery : page->items) items.push_back(shown(delivery));
    return reply({{"items", std::move(items)}, {"next", or_null(page->next)}, {"totals", shown(page->totals)}});
}

net::Response list_sources(Caller const& caller, intake::Intake const& intake) {
    auto const sources = intake.sources(caller.actor.clearance);
    if (!sources) return refusal(sources.error());
    Json items = Json::array();
    for (auto const& name : *sources) items.push_back({{"name", name}});
    return reply({{"items", std::move(items)}});
}

net::Response detail(intake::DeliveryId id, Caller const& caller, intake::Intake const& intake) {
    auto const& clearance = caller.actor.clearance;
    auto const delivery = intake.find(id, clearance);
    if (!delivery) return refusal(delivery.error());
    auto const mapping = intake.mapping_of(id, clearance);
    if (!mapping) return refusal(mapping.error());
    auto const preview = intake.preview(id, clearance);
    if (!preview) return refusal(preview.error());
    return reply({{"delivery", shown(*delivery)},
                  {"mapping", *mapping ? shown_mapping(**mapping) : Json(nullptr)},
                  {"preview", shown(*preview)}});
}

/// A row's number, bound to its delivery.
std::optional<std::uint64_t> row_behind(std::string const& id, std::string const& cursor) {
    auto const key = from_cursor({id}, cursor);
    std::uint64_t row = 0;
    if (!key) return std::nullopt;
    auto const [end, fault] = std::from_chars(key->data(), key->data() + key->size(), row);
    return fault == std::errc{} && end == key->data() + key->size() ? std::optional(row) : std::nullopt;
}

net::Response quarantine(net::Request const& request, intake::DeliveryId id, Caller const& caller,
                         intake::Intake const& intake) {
    Parameters parameters(request);
    auto const cursor = parameters.cursor();
    auto const limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const behind = cursor.empty() ? 0 : row_behind(id.text(), cursor);
    if (!behind) return refusal(base::invalid("cursor: belongs to another query"));
    auto rows = intake.quarantined(id, *behind, limit + 1, caller.actor.clearance);
    if (!rows) return refusal(rows.error());
    std::string next;
    if (rows->size() > limit) {
        rows->pop_back();
        next = to_cursor({id.text()}, std::to_string(rows->back().row));
    }
    Json items = Json::array();
    for (auto const& row : *rows) items.push_back(shown(row));
    return reply({{"items", std::move(items)}, {"next", or_null(next)}});
}

/// The bytes as they came, piece by piece. The trail is told before anything goes out.
net::Response raw(net::Request const& request, intake::DeliveryId id, Caller const& caller,
                  intake::Intake const& intake, journal::Journal& journal) {
    constexpr std::size_t piece = 64 << 10;
    auto const delivery = intake.find(id, caller.actor.clearance);
    if (!delivery) return refusal(delivery.error());
    auto const path = intake.raw(id, caller.actor.clearance);
    if (!path) return refusal(path.error());
    auto const file = std::make_shared<std::ifstream>(*path, std::ios::binary);
    if (!file->is_open()) return refusal(base::unavailable("the delivery's bytes cannot be read"));
    auto response = net::content("application/octet-stream", "");
    response.headers.set("Content-Disposition", attachment(delivery->name));
    if (request.method == net::Method::head) return response;
    auto const recorded = journal.record(caller.actor, {"delivery.taken_out", "delivery:" + id.text()});
    if (!recorded) return refusal(recorded.error());
    response.body = net::Parts{[file]() -> std::optional<std::string> {
        std::string out(piece, '\0');
        file->read(out.data(), static_cast<std::streamsize>(out.size()));
        if (file->bad()) throw std::runtime_error("a delivery's bytes cannot be read to their end");
        out.resize(static_cast<std::size_t>(file->gcount()));
        return out.empty() ? std::nullopt : std::optional(std::move(out));
    }};
    return response;
}

net::Response read_again(net::Request const& request, intake::DeliveryId id, Caller const& caller,
                         intake::Intake& intake) {
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    Members members(*json, "", problems);
    auto const text = members.text("mapping", Need::optional);
    members.refuse_others();
    if (!problems.empty()) return refusal(std::move(problems));
    std::optional<intake::Mapping> mapping;
    if (text) {
        auto parsed = intake::Mapping::parse(*text);
        if (!parsed) return refusal(mistakes_of_mapping(parsed.error()));
        mapping = std::move(*parsed);
    }
    auto const begun = intake.read_again(id, mapping, caller.actor);
    return begun ? reply(shown(*begun), net::Status::accepted) : refusal(begun.error());
}

}  // namespace

void add_delivery_routes(GuardedRouter& router, intake::Intake& intake, journal::Journal& journal) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/deliveries";
    std::string const one = all + "/{id}";
    /// What answers about the delivery that the path names.
    auto const about = [](auto answer) {
        return [answer](Request const& request, Caller const& caller) {
            auto const id = intake::DeliveryId::parse(request.parameter("id"));
            return id ? answer(request, *id, caller) : refusal(no_such_delivery());
        };
    };
    router.add(Method::get, all,
               [&](Request const& request, Caller const& caller) { return list(request, caller, intake); });
    router.add(Method::get, all + "/sources",
               [&](Request const&, Caller const& caller) { return list_sources(caller, intake); });
    router.add(Method::get, one, about([&](Request const&, intake::DeliveryId id, Caller const& caller) {
                   return detail(id, caller, intake);
               }));
    router.add(Method::get, one + "/quarantine",
               about([&](Request const& request, intake::DeliveryId id, Caller const& caller) {
                   return quarantine(request, id, caller, intake);
               }));
    router.add(Method::get, one + "/raw",
               about([&](Request const& request, intake::DeliveryId id, Caller const& caller) {
                   return raw(request, id, caller, intake, journal);
               }),
               {.lane = net::Lane::heavy});
    router.add(Method::post, one + "/read-again",
               about([&](Request const& request, intake::DeliveryId id, Caller const& caller) {
                   return read_again(request, id, caller, intake);
               }));
}

}  // namespace kula::api
