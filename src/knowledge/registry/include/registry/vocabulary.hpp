#pragma once
/// @file
/// Words that organisations are described with, each with its label in every language of the desk. Data, not code:
/// `data/i18n/sectors.json` (NIS2, annexes I and II, and a few more), `data/i18n/contact_roles.json`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace kula::registry {

struct Labels {
    std::string en;
    std::string mk;
    std::string sq;

    [[nodiscard]] std::string const& in(base::Language language) const {
        return language == base::Language::mk ? mk : language == base::Language::sq ? sq : en;
    }
};

/// Which rule of Directive (EU) 2022/2555 (NIS2), Articles 2 and 3, says from which size on an organisation is
/// essential or important.
enum class EntityRule : std::uint8_t {
    annex_1,                  ///< Essential when large, Art. 3(1)(a); important from medium on, Art. 3(2).
    annex_2,                  ///< Important from medium on, Art. 3(2).
    communications,           ///< Essential from medium on, Art. 3(1)(c); important below, Art. 2(2)(a)(i).
    trust_services,           ///< As annex I; important below medium too, Art. 2(2)(a)(ii).
    any_size,                 ///< Essential at any size, Art. 3(1)(b).
    central_administration,   ///< Essential at any size, Art. 3(1)(d).
    regional_administration,  ///< Important at any size where what it does is critical, Art. 2(2)(f)(ii).
    outside,                  ///< In neither annex.
};

/// A sub-sector of the annexes or, where these have none, a kind of entity that the rules treat by itself.
struct Subsector {
    std::string id;
    Labels labels;
    EntityRule rule;
};

struct Sector {
    std::string id;
    Labels labels;
    std::optional<int> annex;  ///< 1 or 2 of NIS2.
    EntityRule rule;
    std::vector<Subsector> subsectors{};
};

struct ContactRole {
    std::string id;
    Labels labels;
};

/// In the order to show them.
std::vector<Sector> const& sectors();
std::vector<ContactRole> const& contact_roles();

/// Null where there is none.
Sector const* sector(std::string_view id);
Subsector const* subsector(Sector const& sector, std::string_view id);
inline bool is_sector(std::string_view id) { return sector(id) != nullptr; }
ContactRole const* contact_role(std::string_view id);
inline bool is_contact_role(std::string_view id) { return contact_role(id) != nullptr; }

}  // namespace kula::registry
