#include "user_rules.hpp"

#include <algorithm>

#include "text.hpp"

namespace kula::access {
namespace {

base::Result<std::vector<std::string>> in_order(std::vector<std::string> const& wanted, Roles const& roles) {
    if (wanted.empty()) return base::invalid("roles: at least one is needed");
    for (auto const& id : wanted) {
        if (roles.find(id) == nullptr) return base::invalid("roles: holds one that is not known");
    }
    std::vector<std::string> out;
    for (auto const& role : roles.all()) {
        if (std::find(wanted.begin(), wanted.end(), role.id) != wanted.end()) out.push_back(role.id);
    }
    auto const side = roles.find(out.front())->side;
    bool const is_mixed =
        std::any_of(out.begin(), out.end(), [&](auto const& id) { return roles.find(id)->side != side; });
    if (is_mixed) return base::invalid("roles: are not all of one side");
    return out;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

}  // namespace

std::string_view to_text(UserState state) {
    switch (state) {
        case UserState::invited: return "invited";
        case UserState::active: return "active";
        case UserState::deactivated: break;
    }
    return "deactivated";
}

std::optional<UserState> parse_user_state(std::string_view text) {
    for (auto const state : {UserState::invited, UserState::active, UserState::deactivated}) {
        if (text == to_text(state)) return state;
    }
    return std::nullopt;
}

bool is_sign_in_name(std::string_view name) {
    return name.size() >= 2 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '@';
           });
}

base::Result<UserContent> checked(UserContent content, Roles const& roles) {
    content.name = lower_case(content.name);
    if (!is_sign_in_name(content.name)) return base::invalid("name: is not 2 to 64 of a-z, 0-9 and . _ - @");
    auto const& full_name = content.full_name;
    if (is_blank(full_name) || full_name.size() > 200 || !is_clean(full_name))
        return base::invalid("full_name: is not 1 to 200 bytes of text");
    if (!content.email.empty() && !is_mailbox(content.email)) return base::invalid("email: is no mail address");
    if (content.language != "mk" && content.language != "sq" && content.language != "en")
        return base::invalid("language: is none of mk, sq, en");
    auto ordered = in_order(content.roles, roles);
    if (ordered.has_error()) return ordered.error();
    content.roles = std::move(*ordered);
    bool const is_of_organisation = roles.find(content.roles.front())->side == Side::organisation;
    if (is_of_organisation && !content.organisation) return base::invalid("organisation: is needed for these roles");
    if (!is_of_organisation && content.organisation)
        return base::invalid("organisation: the team's roles belong to none");
    return content;
}

}  // namespace kula::access
