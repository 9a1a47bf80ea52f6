#include "demo_messages.hpp"

#include <nlohmann/json.hpp>

#include "demo_organisations.hpp"
#include "shipped_data.hpp"

namespace kula {
namespace {

base::Actor const writer{"system:demo"};

/// A draft of the file; its names are those of the contract's `MessageDraft`.
notify::Draft draft_of(nlohmann::json const& json, registry::OrganisationId organisation) {
    notify::Draft draft;
    draft.organisation = organisation;
    draft.contacts.roles = json.at("roles").get<std::vector<std::string>>();
    draft.letter.subject = json.at("subject").get<std::string>();
    draft.letter.text = json.at("text").get<std::string>();
    draft.letter.language = json.at("language").get<std::string>();
    draft.letter.marking = {*base::parse_tlp(json.at("tlp").get<std::string>()),
                            *base::parse_pap(json.at("pap").get<std::string>())};
    return draft;
}

}  // namespace

base::Result<void> write_demo_messages(notify::Outbox& outbox, release::Gate& gate,
                                       registry::Registry const& registry) {
    notify::MessageQuery any;
    any.limit = 1;
    any.clearance = base::Clearance::everything();
    auto const known = outbox.list(any);
    if (!known) return known.error();
    if (known->total > 0) return {};
    for (auto const& json : nlohmann::json::parse(shipped_data("demo/messages.json"))) {
        auto const organisation = demo_organisation(json.at("organisation").get<std::string>(), registry);
        if (!organisation) return organisation.error();
        if (json.contains("plain_agreed")) {
            auto const agreed =
                gate.agree(*organisation, base::Tlp::amber, json["plain_agreed"].get<std::string>(), writer);
            if (!agreed) return agreed.error();
        }
        auto const written = outbox.write(draft_of(json, *organisation), writer);
        if (!written) return written.error();
    }
    return {};
}

}  // namespace kula
