#include "registry/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "shipped_data.hpp"

namespace kula::registry {
namespace {

using Json = nlohmann::json;

std::string text_of(Json const& object, char const* name) { return object.at(name).get<std::string>(); }

Labels labels_of(Json const& entry) {
    auto const& labels = entry.at("labels");
    return {text_of(labels, "en"), text_of(labels, "mk"), text_of(labels, "sq")};
}

EntityRule rule_of(Json const& name) {
    constexpr std::array<std::pair<std::string_view, EntityRule>, 8> rules{
        {{"annex_1", EntityRule::annex_1},
         {"annex_2", EntityRule::annex_2},
         {"communications", EntityRule::communications},
         {"trust_services", EntityRule::trust_services},
         {"any_size", EntityRule::any_size},
         {"central_administration", EntityRule::central_administration},
         {"regional_administration", EntityRule::regional_administration},
         {"outside", EntityRule::outside}}};
    auto const text = name.get<std::string>();
    for (auto const& [known, rule] : rules) {
        if (known == text) return rule;
    }
    throw std::logic_error("sectors.json: unknown rule " + text);
}

Sector sector_of(Json const& entry) {
    Sector out{text_of(entry, "id"), labels_of(entry), {}, rule_of(entry.at("rule"))};
    if (entry.at("annex").is_number()) out.annex = entry.at("annex").get<int>();
    for (auto const& part : entry.value("subsectors", Json::array())) {
        auto const rule = part.find("rule");
        out.subsectors.push_back(
            {text_of(part, "id"), labels_of(part), rule == part.end() ? out.rule : rule_of(*rule)});
    }
    return out;
}

template <class Thing>
Thing const* find(std::vector<Thing> const& things, std::string_view id) {
    auto const found = std::find_if(things.begin(), things.end(), [id](Thing const& thing) { return thing.id == id; });
    return found == things.end() ? nullptr : &*found;
}

}  // namespace

std::vector<Sector> const& sectors() {
    static std::vector<Sector> const all = [] {
        std::vector<Sector> out;
        for (auto const& entry : Json::parse(shipped_data("i18n/sectors.json"))) out.push_back(sector_of(entry));
        return out;
    }();
    return all;
}

std::vector<ContactRole> const& contact_roles() {
    static std::vector<ContactRole> const all = [] {
        std::vector<ContactRole> out;
        for (auto const& entry : Json::parse(shipped_data("i18n/contact_roles.json")))
            out.push_back({text_of(entry, "id"), labels_of(entry)});
        return out;
    }();
    return all;
}

Sector const* sector(std::string_view id) { return find(sectors(), id); }
Subsector const* subsector(Sector const& sector, std::string_view id) { return find(sector.subsectors, id); }
ContactRole const* contact_role(std::string_view id) { return find(contact_roles(), id); }

}  // namespace kula::registry
