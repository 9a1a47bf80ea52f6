#pragma once
/// @file
/// Roles and what they may do: the table `data/access/roles.json`, compiled in. Immutable.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace kula::access {

/// How far a role sees.
enum class Side : std::uint8_t {
    team,          ///< Everything.
    organisation,  ///< Its own organisation and those below it.
};

struct Role {
    std::string id;  ///< `duty_analyst`.
    Side side = Side::organisation;
    bool needs_second_factor = true;
    std::set<std::string, std::less<>> permissions{};
};

class Roles {
public:
    /// The table as shipped. A faulty one is a bug and throws.
    static Roles const& shipped();

    /// Null for an unknown id.
    [[nodiscard]] Role const* find(std::string_view id) const;
    /// In the order of the table.
    [[nodiscard]] std::vector<Role> const& all() const { return roles_; }
    [[nodiscard]] bool is_permission(std::string_view name) const { return permissions_.contains(name); }
    /// Sorted.
    [[nodiscard]] std::set<std::string, std::less<>> const& permissions() const { return permissions_; }
    /// What a service token may hold; one that sees a single organisation only what some role of that side may.
    [[nodiscard]] std::set<std::string, std::less<>> permissions_of_tokens(Side side) const;

    /// All that these roles may, of which the unknown may nothing.
    [[nodiscard]] std::set<std::string, std::less<>> permissions_of(std::vector<std::string> const& roles) const;

private:
    std::vector<Role> roles_;
    std::set<std::string, std::less<>> permissions_;
    std::set<std::string, std::less<>> for_people_only_;
};

}  // namespace kula::access
