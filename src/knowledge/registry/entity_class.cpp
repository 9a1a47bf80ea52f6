#include "registry/entity_class.hpp"

#include <algorithm>
#include <iterator>

#include "registry/vocabulary.hpp"

namespace kula::registry {
namespace {

constexpr OrganisationSize sizes[] = {OrganisationSize::micro, OrganisationSize::small, OrganisationSize::medium,
                                      OrganisationSize::large};
constexpr EntityClass classes[] = {EntityClass::essential, EntityClass::important, EntityClass::none};

template <class Choice, std::size_t count>
std::optional<Choice> parse(Choice const (&choices)[count], std::string_view text) {
    auto const* const found =
        std::find_if(std::begin(choices), std::end(choices), [text](Choice choice) { return to_text(choice) == text; });
    return found == std::end(choices) ? std::nullopt : std::optional(*found);
}

ClassSuggestion by_size(EntityRule rule, OrganisationSize size) {
    bool const is_medium = size >= OrganisationSize::medium;
    bool const is_large = size == OrganisationSize::large;
    switch (rule) {
        case EntityRule::annex_1:
            if (is_large) return {EntityClass::essential, "3(1)(a)"};
            break;
        case EntityRule::communications:
            if (is_medium) return {EntityClass::essential, "3(1)(c)"};
            return {EntityClass::important, "2(2)(a)"};
        case EntityRule::trust_services:
            if (is_large) return {EntityClass::essential, "3(1)(a)"};
            return {EntityClass::important, is_medium ? "3(2)" : "2(2)(a)"};
        default: break;
    }
    return is_medium ? ClassSuggestion{EntityClass::important, "3(2)"} : ClassSuggestion{EntityClass::none, "below"};
}

}  // namespace

std::string_view to_text(OrganisationSize size) {
    switch (size) {
        case OrganisationSize::micro: return "micro";
        case OrganisationSize::small: return "small";
        case OrganisationSize::medium: return "medium";
        case OrganisationSize::large: break;
    }
    return "large";
}

std::optional<OrganisationSize> parse_organisation_size(std::string_view text) { return parse(sizes, text); }

std::string_view to_text(EntityClass entity_class) {
    switch (entity_class) {
        case EntityClass::essential: return "essential";
        case EntityClass::important: return "important";
        case EntityClass::none: break;
    }
    return "none";
}

std::optional<EntityClass> parse_entity_class(std::string_view text) { return parse(classes, text); }

std::optional<ClassSuggestion> suggested_class(std::optional<std::string> const& sector_id,
                                               std::optional<std::string> const& subsector_id,
                                               std::optional<OrganisationSize> size) {
    auto const* const known = sector_id ? sector(*sector_id) : nullptr;
    if (known == nullptr) return std::nullopt;
    auto const* const part = subsector_id ? subsector(*known, *subsector_id) : nullptr;
    auto const rule = part == nullptr ? known->rule : part->rule;
    switch (rule) {
        case EntityRule::any_size: return ClassSuggestion{EntityClass::essential, "3(1)(b)"};
        case EntityRule::central_administration: return ClassSuggestion{EntityClass::essential, "3(1)(d)"};
        case EntityRule::regional_administration: return ClassSuggestion{EntityClass::important, "2(2)(f)"};
        case EntityRule::outside: return ClassSuggestion{EntityClass::none, "outside"};
        default: break;
    }
    return size ? std::optional(by_size(rule, *size)) : std::nullopt;
}

}  // namespace kula::registry
