#include "facts.hpp"

#include "content_json.hpp"
#include "seals/digest.hpp"

namespace kula::registry {
namespace {

using OrderedJson = nlohmann::ordered_json;

std::string told(Organisation const& organisation) {
    auto json = content_json(organisation.content, KeyForm::fingerprint);
    json["tlp"] = base::to_text(organisation.record.marking.tlp);
    json["pap"] = base::to_text(organisation.record.marking.pap);
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

/// A space of more prefixes is told by their number and digest: an entry of the trail has a bound.
constexpr std::size_t most_told_prefixes = 20'000;

std::string told(StoredNationalSpace const& space) {
    if (space.prefixes.size() > most_told_prefixes) {
        std::string lines;
        for (auto const& prefix : space.prefixes) lines += prefix + '\n';
        return OrderedJson{{"prefixes", space.prefixes.size()},
                           {"prefixes_sha256", seals::hex(seals::sha256(lines))},
                           {"as_numbers", space.as_numbers}}
            .dump();
    }
    return OrderedJson{{"prefixes", space.prefixes}, {"as_numbers", space.as_numbers}}.dump();
}

std::string subject(Proposal const& proposal) { return "proposal:" + proposal.id.text(); }

std::string told(Proposal const& proposal) {
    OrderedJson changes = OrderedJson::array();
    for (auto const& change : proposal.changes) {
        OrderedJson told_change{{"field", change.field}};
        if (change.of) told_change["of"] = *change.of;
        if (change.before) told_change["before"] = *change.before;
        if (change.after) told_change["after"] = *change.after;
        changes.push_back(std::move(told_change));
    }
    return OrderedJson{{"organisation", proposal.organisation.text()},
                       {"version", proposal.base_version},
                       {"remark", proposal.remark},
                       {"changes", std::move(changes)}}
        .dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

/// Only what was told, so that an entry stays small and a difference is readable.
std::string told(TeamContent const& content) {
    OrderedJson json = OrderedJson::object();
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
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

std::string subject(Organisation const& organisation) { return "organisation:" + organisation.id.text(); }

}  // namespace

journal::Fact created(Organisation const& organisation) {
    return {"organisation.created", subject(organisation), {}, told(organisation)};
}
journal::Fact changed(Organisation const& before, Organisation const& after) {
    return {"organisation.changed", subject(after), told(before), told(after)};
}
journal::Fact removed(Organisation const& organisation) {
    return {"organisation.removed", subject(organisation), told(organisation), {}};
}
journal::Fact contacts_confirmed(Organisation const& organisation) {
    OrderedJson const after{{"name", organisation.content.name}, {"contacts", organisation.content.contacts.size()}};
    return {"organisation.contacts_confirmed",
            subject(organisation),
            {},
            after.dump(-1, ' ', false, OrderedJson::error_handler_t::replace)};
}
journal::Fact contacts_asked(StaleContacts const& before, Freshness step, std::string const& about) {
    OrderedJson after{{"name", before.name}, {"step", to_text(step)}};
    if (!about.empty()) after["message"] = about;
    return {"organisation.contacts_asked",
            "organisation:" + before.organisation.text(),
            {},
            after.dump(-1, ' ', false, OrderedJson::error_handler_t::replace)};
}
journal::Fact proposal_made(Proposal const& proposal) {
    return {"proposal.made", subject(proposal), {}, told(proposal)};
}
journal::Fact proposal_decided(Proposal const& proposal) {
    OrderedJson const after{{"organisation", proposal.organisation.text()},
                            {"state", to_text(proposal.state)},
                            {"reason", proposal.reason}};
    return {"proposal." + std::string(to_text(proposal.state)),
            subject(proposal),
            {},
            after.dump(-1, ' ', false, OrderedJson::error_handler_t::replace)};
}
journal::Fact replaced(StoredNationalSpace const& before, StoredNationalSpace const& after) {
    return {"national_space.replaced", "national_space:", told(before), told(after)};
}
journal::Fact changed(TeamContent const& before, TeamContent const& after) {
    return {"team.changed", "team:", told(before), told(after)};
}

}  // namespace kula::registry
