#include "trail.hpp"

#include <nlohmann/json.hpp>

#include "secret.hpp"
#include "text.hpp"

namespace kula::access::trail {
namespace {

using nlohmann::json;

constexpr std::size_t told_digits = 8;
constexpr std::size_t longest_address = 64;

json organisation_of(std::optional<base::Uuid> const& organisation) {
    return organisation ? json(organisation->text()) : json(nullptr);
}

}  // namespace

std::string subject(UserId id) { return "user:" + id.text(); }
std::string subject(TokenId id) { return "token:" + id.text(); }

std::string unknown_subject(std::string_view kind, std::string_view typed) {
    // What was typed may be a password: with a key of this process nobody can try words against the trail.
    static auto const key = seals::random_bytes(32);
    return std::string(kind) + ':' + seals::hex(seals::hmac_sha256(key, typed)).substr(0, told_digits);
}

std::string told(User const& user) {
    auto const& content = user.content;
    return json{{"name", content.name},        {"full_name", content.full_name},
                {"email", content.email},      {"language", content.language},
                {"roles", content.roles},      {"organisation", organisation_of(content.organisation)},
                {"state", to_text(user.state)}}
        .dump();
}

std::string told(Token const& token) {
    return json{{"name", token.name},
                {"permissions", token.permissions},
                {"organisation", organisation_of(token.organisation)},
                {"person", token.person ? json(token.person->text()) : json()},
                {"expires_at", base::to_seconds_text(token.expires_at)}}
        .dump();
}

std::string told(std::initializer_list<std::pair<char const*, std::string>> members) {
    auto out = json::object();
    for (auto const& [name, value] : members) out[name] = value;
    return out.dump();
}

base::Actor person(UserId id, Origin const& origin) { return {subject(id), clipped(origin.address, longest_address)}; }

base::Actor stranger(Origin const& origin) { return {"system:access", clipped(origin.address, longest_address)}; }

}  // namespace kula::access::trail
