#include "facts.hpp"

#include <nlohmann/json.hpp>

#include "seals/digest.hpp"

namespace kula::registry {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::optional<std::string> const& text) { return text ? Json(*text) : Json(nullptr); }

/// A space of more prefixes is told by their number and digest: an entry of the trail has a bound.
constexpr std::size_t most_told_prefixes = 20'000;

std::string told(StoredNationalSpace const& space) {
    if (space.prefixes.size() > most_told_prefixes) {
        std::string lines;
        for (auto const& prefix : space.prefixes) lines += prefix + '\n';
        return Json{{"prefixes", space.prefixes.size()},
                    {"prefixes_sha256", seals::hex(seals::sha256(lines))},
                    {"as_numbers", space.as_numbers}}
            .dump();
    }
    return Json{{"prefixes", space.prefixes}, {"as_numbers", space.as_numbers}}.dump();
}

/// Only what was told, so that an entry stays small and a difference is readable.
std::string told(TeamContent const& content) {
    Json json = Json::object();
    for (auto const& field : team_texts()) {
        for (auto const language : base::languages) {
            auto const& text = (content.*field.value).in(language);
            if (!text.empty()) json[std::string(field.name)][std::string(base::to_text(language))] = text;
        }
    }
    for (auto const& field : team_lines()) {
        if (auto const& line = content.*field.value; !line.empty()) json[std::string(field.name)] = line;
    }
    for (auto const& field : team_lists()) {
        if (auto const& list = content.*field.value; !list.empty()) json[std::string(field.name)] = list;
    }
    json["publishes_figures"] = content.figures == PublicFigures::published;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string subject(Organisation const& organisation) { return "organisation:" + organisation.id.text(); }

}  // namespace

std::string told(Organisation const& organisation) {
    auto const& content = organisation.content;
    Json networks = Json::array();
    for (auto const& network : content.networks) networks.push_back(network.text());
    Json contacts = Json::array();
    for (auto const& contact : content.contacts) {
        contacts.push_back({{"name", contact.name},
                            {"role", to_text(contact.role)},
                            {"email", or_null(contact.email)},
                            {"phone", or_null(contact.phone)},
                            {"language", or_null(contact.language)}});
    }
    return Json{{"name", content.name},
                {"short_name", or_null(content.short_name)},
                {"sector", or_null(content.sector)},
                {"country", or_null(content.country)},
                {"website", or_null(content.website)},
                {"notes", or_null(content.notes)},
                {"parent", content.parent ? Json(content.parent->text()) : Json(nullptr)},
                {"tlp", base::to_text(organisation.record.marking.tlp)},
                {"pap", base::to_text(organisation.record.marking.pap)},
                {"networks", std::move(networks)},
                {"contacts", std::move(contacts)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

journal::Fact created(Organisation const& organisation) {
    return {"organisation.created", subject(organisation), {}, told(organisation)};
}
journal::Fact changed(Organisation const& before, Organisation const& after) {
    return {"organisation.changed", subject(after), told(before), told(after)};
}
journal::Fact removed(Organisation const& organisation) {
    return {"organisation.removed", subject(organisation), told(organisation), {}};
}
journal::Fact replaced(StoredNationalSpace const& before, StoredNationalSpace const& after) {
    return {"national_space.replaced", "national_space:", told(before), told(after)};
}
journal::Fact changed(TeamContent const& before, TeamContent const& after) {
    return {"team.changed", "team:", told(before), told(after)};
}

}  // namespace kula::registry
