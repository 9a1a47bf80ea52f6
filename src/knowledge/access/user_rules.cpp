#include "user_rules.hpp"

#include <algorithm>

#include "base/checks.hpp"
#include "text.hpp"

namespace kula::access {
namespace {

/// In the roles' own order; each once.
std::vector<std::string> in_order(std::vector<std::string> const& wanted, Roles const& roles, base::Checks& checks) {
    checks.expect(!wanted.empty(), "roles", "at least one is needed");
    for (auto const& id : wanted) checks.expect(roles.find(id) != nullptr, "roles", "holds one that is not known");
    std::vector<std::string> out;
    for (auto const& role : roles.all()) {
        if (std::find(wanted.begin(), wanted.end(), role.id) != wanted.end()) out.push_back(role.id);
    }
    bool const is_mixed = std::any_of(
        out.begin(), out.end(), [&](auto const& id) { return roles.find(id)->side != roles.find(out.front())->side; });
    checks.expect(!is_mixed, "roles", "are not all of one side");
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
    base::Checks checks;
    content.name = lower_case(content.name);
    checks.expect(is_sign_in_name(content.name), "name", "is not 2 to 64 of a-z, 0-9 and . _ - @");
    auto const& full_name = content.full_name;
    checks.expect(!is_blank(full_name) && full_name.size() <= 200 && is_clean(full_name), "full_name",
                  "is not 1 to 200 bytes of text");
    checks.expect(content.email.empty() || is_mailbox(content.email), "email", "is no mail address");
    bool const is_spoken = content.language == "mk" || content.language == "sq" || content.language == "en";
    checks.expect(is_spoken, "language", "is none of mk, sq, en");
    content.roles = in_order(content.roles, roles, checks);
    if (!content.roles.empty()) {
        bool const is_of_organisation = roles.find(content.roles.front())->side == Side::organisation;
        checks.expect(!is_of_organisation || content.organisation, "organisation", "is needed for these roles");
        checks.expect(is_of_organisation || !content.organisation, "organisation", "the team's roles belong to none");
    }
    if (auto error = checks.error()) return *std::move(error);
    return content;
}

}  // namespace kula::access
