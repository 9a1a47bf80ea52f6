#include <algorithm>
#include <map>

#include "gate.hpp"
#include "history.hpp"
#include "intake/feeds.hpp"
#include "members.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using intake::Feed;
using intake::FeedContent;
using intake::FeedKind;

constexpr std::size_t largest_delivery = 64 * 1024 * 1024;
constexpr std::size_t largest_input = 2 * 1024 * 1024;  // a mapping written out
constexpr std::size_t most_headers = 10;
constexpr std::size_t most_senders = 50;
constexpr std::size_t most_reports = 50;
constexpr std::size_t most_types = 200;

/// What serving feeds needs.
struct Desk {
    intake::Feeds& feeds;
    History const& history;
    base::Clock const& clock;

    [[nodiscard]] Json told(Feed const& feed) const {
        auto json = Json::parse(intake::to_json(feed.content));
        auto const& state = feed.state;
        Json out{{"id", feed.id.text()}};
        out.update(json);
        auto const condition = std::string(to_text(state.condition));
        bool const has_folder = feed.content.kind == FeedKind::folder;
        out.update(
            Json{{"health", to_text(health_of(feed, clock.now()))},
                 {"running", feed.is_running},
                 {"next_due", time_or_null(state.next_due)},
                 {"tried_at", time_or_null(state.tried_at)},
                 {"succeeded_at", time_or_null(state.succeeded_at)},
                 {"delivered_at", time_or_null(state.delivered_at)},
                 {"condition", or_null(condition)},
                 {"failures", count(state.failures)},
                 {"fault", or_null(state.fault)},
                 {"delivery_fault", or_null(state.delivery_fault)},
                 {"drop_folder", has_folder ? Json(feeds.drop_folder(feed.content.name).string()) : Json(nullptr)},
                 {"version", feed.record.version},
                 {"created_at", time(feed.record.created_at)},
                 {"changed_at", time(feed.record.changed_at)}});
        return out;
    }
    [[nodiscard]] base::Result<Json> told_with_runs(Feed const& feed, base::Clearance const& clearance) const {
        auto const runs = feeds.runs(feed.id, clearance);
        if (!runs) return runs.error();
        auto json = told(feed);
        json["runs"] = Json::array();
        for (auto const& run : *runs) {
            json["runs"].push_back({{"at", time(run.at)},
                                    {"outcome", to_text(run.outcome)},
                                    {"fault", or_null(run.fault)},
                                    {"rows", count(run.rows)},
                                    {"accepted", count(run.accepted)},
                                    {"quarantined", count(run.quarantined)}});
        }
        return json;
    }
    [[nodiscard]] net::Response answer(base::Result<Feed> const& feed, Caller const& caller,
                                       net::Status status = net::Status::ok) const {
        if (!feed) return refusal(feed.error());
        auto const json = told_with_runs(*feed, caller.actor.clearance);
        if (!json) return refusal(json.error());
        auto response = reply_versioned(*json, feed->record.version, status);
        // The entity tag is the record's and stays while the feed goes on: a kept answer would pass for the present
        // one.
        response.headers.set("Cache-Control", "no-store");
        if (status == net::Status::created) response.headers.set("Location", "/api/v1/feeds/" + feed->id.text());
        return response;
    }
    [[nodiscard]] base::Result<Feed> find(net::Request const& request, Caller const& caller) const {
        auto const id = intake::FeedId::parse(request.parameter("id"));
        if (!id) return base::not_found("no such feed");
        return feeds.find(*id, caller.actor.clearance);
    }
    /// What stands against changing the feed as it was just read.
    [[nodiscard]] std::optional<net::Response> stale(net::Request const& request, Caller const& caller,
                                                     Feed const& feed) const {
        return history.precondition(request, caller, {"feed:" + feed.id.text(), feed.record.version, [&] {
                                                          return base::Result<Json>(told(feed));
                                                      }});
    }
};

std::int64_t whole_number(Members& members, std::string_view name, std::int64_t otherwise) {
    auto const* const member = members.any(name, Need::optional);
    if (member == nullptr) return otherwise;
    if (member->is_number_integer() && (!member->is_number_unsigned() || member->get<std::uint64_t>() <= INT64_MAX))
        return member->get<std::int64_t>();
    members.wrong(name, "must be a whole number");
    return otherwise;
}

std::chrono::seconds within_a_lifetime(std::int64_t seconds) {
    constexpr std::int64_t most = 3'153'600'000;
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, most));
}

/// The contract's `FeedMailbox`.
std::optional<intake::FeedMailbox> mailbox_from(Json const* json, std::vector<net::FieldProblem>& problems) {
    if (json == nullptr || json->is_null()) return std::nullopt;
    intake::FeedMailbox out;
    Members members(*json, "mailbox", problems);
    out.user = members.text("user", Need::required).value_or("");
    out.password = members.text("password", Need::optional);
    out.folder = members.text("folder", Need::optional).value_or(out.folder);
    out.senders = members.texts("senders", most_senders, Need::optional);
    out.moved_to = members.text("moved_to", Need::optional).value_or("");
    members.refuse_others();
    return out;
}

/// The contract's `FeedShadowserver`.
std::optional<intake::FeedShadowserver> shadowserver_from(Json const* json, std::vector<net::FieldProblem>& problems) {
    if (json == nullptr || json->is_null()) return std::nullopt;
    intake::FeedShadowserver out;
    Members members(*json, "shadowserver", problems);
    out.key = members.text("key", Need::optional);
    out.secret = members.text("secret", Need::optional);
    out.reports = members.texts("reports", most_reports, Need::optional);
    out.types = members.texts("types", most_types, Need::optional);
    out.days = static_cast<std::uint32_t>(members.integer("days", 1, 90, Need::optional).value_or(out.days));
    out.downloads = members.text("downloads", Need::optional).value_or(out.downloads);
    members.refuse_others();
    return out;
}

/// The contract's `FeedInput`; what is wrong with it goes to `problems`.
FeedContent content_from(Json const& json, std::vector<net::FieldProblem>& problems) {
    FeedContent out;
    Members members(json, "", problems);
    out.name = members.text("name", Need::required).value_or("");
    out.title = members.text("title", Need::required).value_or("");
    members.choice("kind", "must be pull, folder, push, mailbox, shadowserver, misp or sightings", Need::required,
                   [&](std::string const& text) {
                       auto const kind = intake::parse_feed_kind(text);
                       out.kind = kind.value_or(out.kind);
                       return kind.has_value();
                   });
    out.source = members.text("source", Need::optional).value_or("");
    out.format = members.text("format", Need::optional).value_or(out.format);
    out.mapping = members.text("mapping", Need::optional).value_or("");
    out.url = members.text("url", Need::optional).value_or("");
    members.list("headers", most_headers, Need::optional, [&](Json const& entry, std::string const& at) {
        Members header(entry, at, problems);
        auto name = header.text("name", Need::required).value_or("");
        out.headers.push_back({std::move(name), header.text("value", Need::optional)});
        header.refuse_others();
    });
    out.mailbox = mailbox_from(members.any("mailbox", Need::optional), problems);
    out.shadowserver = shadowserver_from(members.any("shadowserver", Need::optional), problems);
    out.period = within_a_lifetime(whole_number(members, "period", out.period.count()));
    auto const* const expected = members.any("expected", Need::optional);
    if (expected != nullptr && !expected->is_null())
        out.expected = within_a_lifetime(whole_number(members, "expected", 0));
    out.most_bytes = static_cast<std::uint64_t>(
        std::max<std::int64_t>(whole_number(members, "most_bytes", static_cast<std::int64_t>(out.most_bytes)), 0));
    if (members.any("enabled", Need::optional) != nullptr) out.is_enabled = members.flag("enabled", Need::optional);
    members.pass_over({"id", "health", "running", "next_due", "tried_at", "succeeded_at", "delivered_at", "condition",
                       "failures", "fault", "delivery_fault", "drop_folder", "version", "created_at", "changed_at",
                       "runs"});
    members.refuse_others();
    return out;
}

std::optional<net::Response> read_input(net::Request const& request, FeedContent& content) {
    if (auto refused = other_type(request, {"application/json"})) return refused;
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    content = content_from(*json, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    return std::nullopt;
}

net::Response list(Desk const& desk, Caller const& caller) {
    auto const found = desk.feeds.list(caller.actor.clearance);
    if (!found) return refusal(found.error());
    Json items = Json::array();
    std::map<std::string, std::int64_t, std::less<>> counts;
    for (auto const& feed : *found) {
        items.push_back(desk.told(feed));
        ++counts[items.back().at("health").get<std::string>()];
    }
    Json health = Json::object();
    for (auto const each : intake::feed_healths)
        health[std::string(to_text(each))] = counts[std::string(to_text(each))];
    Json formats{"auto", "shadowserver"};
    for (auto const& name : intake::Mappings::shipped().names()) formats.push_back(name);
    return reply({{"items", std::move(items)}, {"health", std::move(health)}, {"formats", std::move(formats)}});
}

net::Response add(net::Request const& request, Caller const& caller, Desk const& desk) {
    FeedContent content;
    if (auto refused = read_input(request, content)) return std::move(*refused);
    return desk.answer(desk.feeds.add(std::move(content), caller.actor), caller, net::Status::created);
}

net::Response replace(net::Request const& request, Caller const& caller, Desk const& desk) {
    auto const before = desk.find(request, caller);
    if (!before) return refusal(before.error());
    if (auto refused = desk.stale(request, caller, *before)) return std::move(*refused);
    FeedContent content;
    if (auto refused = read_input(request, content)) return std::move(*refused);
    return desk.answer(desk.feeds.replace(before->id, before->record.version, std::move(content), caller.actor),
                       caller);
}

net::Response remove(net::Request const& request, Caller const& caller, Desk const& desk) {
    auto const before = desk.find(request, caller);
    if (!before) return refusal(before.error());
    if (auto refused = desk.stale(request, caller, *before)) return std::move(*refused);
    auto const removed = desk.feeds.remove(before->id, before->record.version, caller.actor);
    return removed ? net::no_content() : refusal(removed.error());
}

net::Response run(net::Request const& request, Caller const& caller, Desk const& desk) {
    auto const feed = desk.find(request, caller);
    if (!feed) return refusal(feed.error());
    auto const asked = desk.feeds.look_soon(feed->id, caller.actor);
    return asked ? reply(desk.told(*asked), net::Status::accepted) : refusal(asked.error());
}

Json told(intake::Received const& file) {
    auto const account = file.account ? file.account->as_answer() : intake::DeliveryAccount{};
    auto const reason = file.account ? account.reason : std::optional(file.account.error().detail);
    return {{"file", file.name},
            {"sha256", or_null(account.sha256)},
            {"format", or_null(account.format)},
            {"rows", count(account.rows)},
            {"accepted", count(account.accepted)},
            {"duplicates", count(account.duplicates)},
            {"quarantined", count(account.quarantined)},
            {"events", count(account.events)},
            {"complete", account.is_complete},
            {"refused", !file.account || account.was_refused},
            {"reason", or_null(reason)},
            {"new_columns", account.new_columns}};
}

net::Response send(net::Request const& request, Caller const& caller, Desk const& desk) {
    auto const feed = desk.find(request, caller);
    if (!feed) return refusal(feed.error());
    Parameters parameters(request);
    auto const name = parameters.text("name", 255);
    if (!name) parameters.wrong("name", "is required");
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const received = desk.feeds.deliver(feed->id, *name, request.body, caller.actor);
    if (!received) return refusal(received.error());
    Json files = Json::array();
    for (auto const& file : *received) files.push_back(told(file));
    return reply({{"files", std::move(files)}});
}

}  // namespace

void add_feed_routes(GuardedRouter& router, intake::Feeds& feeds, History const& history, base::Clock const& clock) {
    using net::Method;
    using net::Request;
    Desk const desk{feeds, history, clock};
    std::string const all = "/api/v1/feeds";
    std::string const one = all + "/{id}";
    router.add(Method::get, all, [desk](Request const&, Caller const& caller) { return list(desk, caller); });
    router.add(Method::post, all,
               [desk](Request const& request, Caller const& caller) { return add(request, caller, desk); },
               {largest_input});
    router.add(Method::get, one, [desk](Request const& request, Caller const& caller) {
        return desk.answer(desk.find(request, caller), caller);
    });
    router.add(Method::put, one,
               [desk](Request const& request, Caller const& caller) { return replace(request, caller, desk); },
               {largest_input});
    router.add(Method::remove, one,
               [desk](Request const& request, Caller const& caller) { return remove(request, caller, desk); });
    router.add(Method::post, one + "/run",
               [desk](Request const& request, Caller const& caller) { return run(request, caller, desk); });
    router.add(Method::post, one + "/deliveries",
               [desk](Request const& request, Caller const& caller) { return send(request, caller, desk); },
               {largest_delivery, net::Lane::heavy});
}

}  // namespace kula::api
