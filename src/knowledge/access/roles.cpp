#include <nlohmann/json.hpp>

#include "access/role.hpp"
#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::access {
namespace {

Side side_of(std::string const& text) {
    base::must(text == "team" || text == "organisation", "a role's side is team or organisation");
    return text == "team" ? Side::team : Side::organisation;
}

}  // namespace

Roles const& Roles::shipped() {
    static Roles const shipped = [] {
        auto const table = nlohmann::json::parse(shipped_data("access/roles.json"));
        Roles out;
        for (auto const& [permission, about] : table.at("permissions").items()) out.permissions_.insert(permission);
        for (auto const& permission : table.at("for_people_only")) {
            out.for_people_only_.insert(permission.get<std::string>());
            base::must(out.is_permission(permission.get<std::string>()), "what is for people only is known");
        }
        for (auto const& row : table.at("roles")) {
            Role role;
            role.id = row.at("id").get<std::string>();
            role.side = side_of(row.at("side").get<std::string>());
            role.needs_second_factor = row.at("second_factor").get<bool>();
            for (auto const& permission : row.at("permissions")) {
                role.permissions.insert(permission.get<std::string>());
                base::must(out.is_permission(permission.get<std::string>()), "a role holds known permissions");
            }
            base::must(out.find(role.id) == nullptr, "a role stands in the table once");
            out.roles_.push_back(std::move(role));
        }
        return out;
    }();
    return shipped;
}

std::set<std::string, std::less<>> Roles::permissions_of_tokens(Side side) const {
    std::set<std::string, std::less<>> out;
    for (auto const& role : roles_) {
        if (side == Side::organisation && role.side != Side::organisation) continue;
        out.insert(role.permissions.begin(), role.permissions.end());
    }
    for (auto const& permission : for_people_only_) out.erase(permission);
    return out;
}

std::set<std::string, std::less<>> Roles::permissions_of(std::vector<std::string> const& roles) const {
    std::set<std::string, std::less<>> out;
    for (auto const& id : roles) {
        if (auto const* const role = find(id)) out.insert(role->permissions.begin(), role->permissions.end());
    }
    return out;
}

Role const* Roles::find(std::string_view id) const {
    for (auto const& role : roles_) {
        if (role.id == id) return &role;
    }
    return nullptr;
}

}  // namespace kula::access
