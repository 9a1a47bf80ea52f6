#include "history.hpp"

#include "actor_names.hpp"
#include "differences.hpp"
#include "reply.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_read = 1000;

bool is_red(Json const& state) {
    auto const tlp = state.find("tlp");
    return tlp != state.end() && *tlp == "red";
}

}  // namespace

std::vector<journal::Entry> History::changes_of(Present const& present) const {
    std::vector<journal::Entry> changes;
    auto page = journal_.list({.subject = present.subject, .limit = most_read});
    if (!page) return changes;
    for (auto& entry : page->items) {
        // Signing in and the like are told of the same subject, and make no version.
        if (!entry.fact.before.empty() && !entry.fact.after.empty()) changes.push_back(std::move(entry));
    }
    return changes;
}

Json History::since(std::int64_t version, std::vector<journal::Entry> const& changes, Caller const& caller,
                    Present const& present) {
    if (version < 0 || version >= present.version) return nullptr;
    auto const steps = static_cast<std::size_t>(present.version - version);
    if (steps > changes.size()) return nullptr;  // Erased, or from before there was a trail.
    auto const before = Json::parse(changes[steps - 1].fact.before, nullptr, false);
    auto const after = Json::parse(changes.front().fact.after, nullptr, false);
    auto const shown = present.shown();
    if (!shown || !before.is_object() || !after.is_object()) return nullptr;
    bool const sees_everything = caller.actor.clearance.sees_everything();
    auto const tells = [&](std::string const& field) {
        auto const member = shown->find(field);
        // What is kept from those outside the team reads as null.
        return member != shown->end() && (sees_everything || !member->is_null());
    };
    return differences(before, after, tells, is_red(before) ? Earlier::withheld : Earlier::shown);
}

std::optional<net::Response> History::precondition(net::Request const& request, Caller const& caller,
                                                   Present const& present) const {
    auto refused = api::precondition(request, present.version);
    if (!refused || refused->status != net::Status::precondition_failed) return refused;
    auto const version = version_in(request.header("If-Match").value_or(""));
    auto const changes = changes_of(present);
    Json members{{"current_etag", etag(present.version)},
                 {"changed_at", nullptr},
                 {"changed_by", nullptr},
                 {"changed_by_name", nullptr},
                 {"changes", version ? since(*version, changes, caller, present) : Json(nullptr)}};
    if (!changes.empty()) members["changed_at"] = time(changes.front().at);
    if (!changes.empty() && caller.actor.clearance.sees_everything()) {
        members["changed_by"] = changes.front().actor;
        members["changed_by_name"] = ActorNames(access_).of(changes.front().actor);
    }
    return with_members(std::move(*refused), members);
}

}  // namespace kula::api
