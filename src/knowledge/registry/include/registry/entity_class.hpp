#pragma once
/// @file
/// How large an organisation is, and what it is under Directive (EU) 2022/2555 (NIS2). The class is a person's
/// decision; what sector and size suggest is told beside it. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kula::registry {

/// Recommendation 2003/361/EC, annex, Article 2: persons employed, and turnover or balance-sheet total.
enum class OrganisationSize : std::uint8_t {
    micro,   ///< Fewer than 10, and at most EUR 2 million.
    small,   ///< Fewer than 50, and at most EUR 10 million.
    medium,  ///< Fewer than 250, and at most EUR 50 million turnover or EUR 43 million balance sheet.
    large,   ///< Above that.
};
std::string_view to_text(OrganisationSize size);
std::optional<OrganisationSize> parse_organisation_size(std::string_view text);

/// NIS2, Article 3.
enum class EntityClass : std::uint8_t {
    essential,
    important,
    none,  ///< Looked at, and neither.
};
std::string_view to_text(EntityClass entity_class);
std::optional<EntityClass> parse_entity_class(std::string_view text);

struct ClassSuggestion {
    EntityClass entity_class;
    std::string
        basis;  ///< `3(1)(a)`, `3(1)(b)`, `3(1)(c)`, `3(1)(d)`, `3(2)`, `2(2)(a)`, `2(2)(f)`, `below` or `outside`.
};

/// Nothing where the sector is not told, or the size that it depends on. Critical entities (Art. 3(1)(f)) and those
/// that the state named (Art. 2(2)(b) to (e), Art. 3(1)(e), (g)) are beyond what can be derived.
std::optional<ClassSuggestion> suggested_class(std::optional<std::string> const& sector,
                                               std::optional<std::string> const& subsector,
                                               std::optional<OrganisationSize> size);

}  // namespace kula::registry
