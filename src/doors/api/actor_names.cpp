#include "actor_names.hpp"

#include "access/access.hpp"

namespace kula::api {

Json ActorNames::of(std::string const& actor) {
    auto const [known, is_new] = names_.try_emplace(actor, nullptr);
    if (is_new) known->second = look_up(actor);
    return known->second;
}

Json ActorNames::look_up(std::string const& actor) const {
    auto const colon = actor.find(':');
    if (colon == std::string::npos) return nullptr;
    auto const kind = actor.substr(0, colon);
    auto const id = base::Uuid::parse(std::string_view(actor).substr(colon + 1));
    if (!id) return nullptr;
    if (kind == "user") {
        auto const user = access_.find(access::UserId(*id));
        return user ? Json(user->content.full_name) : Json(nullptr);
    }
    if (kind != "token") return nullptr;
    auto const tokens = access_.tokens();
    if (!tokens) return nullptr;
    for (auto const& token : *tokens) {
        if (token.id.uuid() == *id) return token.name;
    }
    return nullptr;
}

}  // namespace kula::api
