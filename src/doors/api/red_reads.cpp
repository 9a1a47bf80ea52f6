#include "red_reads.hpp"

#include <algorithm>
#include <tuple>

namespace kula::api {
namespace {

constexpr std::chrono::minutes told_once_in{10};
constexpr std::size_t most_remembered = 20'000;

bool may_be_named(access::User const& user) {
    auto const& roles = user.content.roles;
    return user.state == access::UserState::active && !user.content.organisation &&
           std::any_of(roles.begin(), roles.end(), [](std::string const& id) {
               auto const* const role = access::Roles::shipped().find(id);
               return role != nullptr && role->permissions.contains("indicators.read");
           });
}

}  // namespace

std::vector<std::string> RedReads::not_told(base::Actor const& actor, std::string_view kind,
                                            std::vector<std::string> const& ids) {
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    std::vector<std::string> fresh;
    for (auto const& id : ids) {
        auto const found = told_.find({actor.name, std::string(kind) + ':' + id});
        bool const is_known = found != told_.end() && now - found->second < told_once_in;
        if (!is_known && std::find(fresh.begin(), fresh.end(), id) == fresh.end()) fresh.push_back(id);
    }
    return fresh;
}

base::Result<void> RedReads::account(base::Actor const& actor, std::string_view kind,
                                     std::vector<std::string> const& ids) {
    if (ids.empty()) return {};
    auto const fresh = not_told(actor, kind, ids);
    if (fresh.empty()) return {};
    auto const subject = std::string(kind) + ':' + (fresh.size() == 1 ? fresh.front() : "list");
    auto const recorded = journal_.record(actor, {"red.read", subject, {}, written(Json{{"read", fresh}})});
    if (!recorded) return recorded.error();
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    if (told_.size() + fresh.size() > most_remembered)
        std::erase_if(told_, [now](auto const& read) { return now - read.second >= told_once_in; });
    if (told_.size() + fresh.size() > most_remembered) told_.clear();
    for (auto const& id : fresh) told_[{actor.name, std::string(kind) + ':' + id}] = now;
    return {};
}

Json RedReads::shown(base::Readers const& readers) const {
    Json list = Json::array();
    for (auto const& person : readers.people()) {
        auto const user = access_.find(access::UserId(person));
        list.push_back({{"id", person.text()}, {"full_name", user ? Json(user->content.full_name) : Json(nullptr)}});
    }
    return list;
}

base::Result<std::vector<access::User>> RedReads::candidates() const {
    std::vector<access::User> out;
    access::UserQuery query;
    query.state = access::UserState::active;
    query.limit = 500;
    do {
        auto page = access_.list(query);
        if (!page) return page.error();
        for (auto& user : page->items) {
            if (may_be_named(user)) out.push_back(std::move(user));
        }
        query.cursor = page->next;
    } while (!query.cursor.empty());
    std::sort(out.begin(), out.end(), [](access::User const& a, access::User const& b) {
        return std::tie(a.content.full_name, a.content.name) < std::tie(b.content.full_name, b.content.name);
    });
    return out;
}

base::Result<Json> RedReads::shown_candidates() const {
    auto const people = candidates();
    if (!people) return people.error();
    Json list = Json::array();
    for (auto const& person : *people)
        list.push_back({{"id", person.id.text()}, {"full_name", person.content.full_name}});
    return list;
}

base::Result<bool> RedReads::are_candidates(base::Readers const& readers) const {
    auto const known = candidates();
    if (!known) return known.error();
    return std::all_of(readers.people().begin(), readers.people().end(), [&](base::Uuid const& person) {
        return std::any_of(known->begin(), known->end(),
                           [&](access::User const& user) { return user.id.uuid() == person; });
    });
}

}  // namespace kula::api
