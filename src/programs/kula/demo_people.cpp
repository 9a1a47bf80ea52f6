#include "demo_people.hpp"

#include <array>

#include <nlohmann/json.hpp>

namespace kula {
namespace {

constexpr std::string_view shared_password = "a tower over the lake";
constexpr std::string_view maker = "system:demo";
constexpr std::string_view constituent = "Example Hospital";

struct DemoPerson {
    std::string_view name;
    std::string_view full_name;
    std::string_view language;
    std::string_view role;
    std::string_view second_role{};  ///< Small teams wear several hats.
};

constexpr std::array<DemoPerson, 8> people{{
    {"example.analyst", "Example Analyst", "en", "duty_analyst"},
    {"example.head", "Example Head of Team", "mk", "head_of_team", "administrator"},
    {"example.admin", "Example Administrator", "en", "administrator"},
    {"example.auditor", "Example Auditor", "sq", "auditor"},
    {"example.publisher", "Example Publisher", "mk", "publisher"},
    {"example.registry", "Example Registry Officer", "sq", "registry_officer"},
    {"example.hospital", "Example Hospital Administrator", "mk", "constituent_administrator"},
    {"example.nurse", "Example Hospital Member", "sq", "constituent_member"},
}};

std::vector<std::string> roles_of(DemoPerson const& person) {
    std::vector<std::string> roles{std::string(person.role)};
    if (!person.second_role.empty()) roles.emplace_back(person.second_role);
    return roles;
}

base::Result<std::optional<base::Uuid>> organisation_of(DemoPerson const& person, registry::Registry const& registry) {
    if (access::Roles::shipped().find(person.role)->side == access::Side::team) return std::optional<base::Uuid>();
    registry::OrganisationQuery query;
    query.search = constituent;
    query.limit = 1;
    query.clearance = base::Clearance::everything();
    auto const found = registry.list(query);
    if (!found) return found.error();
    if (found->items.empty()) return base::not_found("the demo's constituent is not there");
    return std::optional(found->items.front().id.uuid());
}

base::Result<void> make(DemoPerson const& person, access::Access& access, registry::Registry const& registry) {
    auto const known = access.find_by_name(person.name);
    if (!known) return known.error();
    if (*known) return {};
    auto const organisation = organisation_of(person, registry);
    if (!organisation) return organisation.error();
    auto const invited = access.invite({.name = std::string(person.name),
                                        .full_name = std::string(person.full_name),
                                        .language = std::string(person.language),
                                        .roles = roles_of(person),
                                        .organisation = *organisation},
                                       base::Actor{std::string(maker)});
    if (!invited) return invited.error();
    auto const enrolled = access.enrol(invited->link.secret, shared_password, {"127.0.0.1", "kula demo"});
    if (!enrolled) return enrolled.error();
    auto const* const signed_in = std::get_if<access::SignedIn>(&*enrolled);
    if (signed_in == nullptr) return base::unavailable("the demo's people sign in too fast");
    return access.sign_out(signed_in->session, {"127.0.0.1", "kula demo"});
}

}  // namespace

base::Result<void> make_demo_people(access::Access& access, registry::Registry const& registry) {
    for (auto const& person : people) {
        if (auto const made = make(person, access, registry); !made) return made.error();
    }
    return {};
}

base::Result<void> refuse_demo_people(access::Access const& access) {
    for (auto const& person : people) {
        auto const known = access.find_by_name(person.name);
        if (!known) return known.error();
        if (*known && (*known)->record.created_by == maker)
            return base::refused("this data folder was made by 'kula demo': its people's passwords are public");
    }
    return {};
}

base::Result<void> refuse_others_than_demo_people(access::Access const& access) {
    access::UserQuery query;
    query.limit = people.size() + 1;
    auto const known = access.list(query);
    if (!known) return known.error();
    for (auto const& user : known->items) {
        if (user.record.created_by != maker)
            return base::refused("this data folder has people of its own: the demo needs one without");
    }
    return {};
}

std::string demo_people() {
    auto list = nlohmann::ordered_json::array();
    for (auto const& person : people)
        list.push_back({{"name", person.name}, {"password", shared_password}, {"roles", roles_of(person)}});
    return nlohmann::ordered_json{{"people", std::move(list)}}.dump();
}

}  // namespace kula
