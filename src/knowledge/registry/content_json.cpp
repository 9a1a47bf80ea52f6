#include "content_json.hpp"

namespace kula::registry {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson or_null(std::optional<std::string> const& text) { return text ? OrderedJson(*text) : OrderedJson(nullptr); }

template <class Choice>
OrderedJson word(std::optional<Choice> const& choice) {
    return choice ? OrderedJson(to_text(*choice)) : OrderedJson(nullptr);
}

OrderedJson key_json(std::optional<seals::PublicKey> const& key, KeyForm form) {
    if (!key) return nullptr;
    return form == KeyForm::fingerprint ? key->fingerprint : key->text;
}

}  // namespace

OrderedJson content_json(OrganisationContent const& content, KeyForm keys) {
    OrderedJson networks = OrderedJson::array();
    for (auto const& network : content.networks) networks.push_back(network.text());
    OrderedJson contacts = OrderedJson::array();
    for (auto const& contact : content.contacts) {
        contacts.push_back({{"name", contact.name},
                            {"role", contact.role},
                            {"email", or_null(contact.email)},
                            {"phone", or_null(contact.phone)},
                            {"languages", contact.languages},
                            {"round_the_clock", contact.attendance == Attendance::round_the_clock},
                            {"pgp_key", key_json(contact.openpgp, keys)},
                            {"smime_certificate", key_json(contact.smime, keys)}});
    }
    return {{"name", content.name},
            {"short_name", or_null(content.short_name)},
            {"sector", or_null(content.sector)},
            {"subsector", or_null(content.subsector)},
            {"size", word(content.size)},
            {"entity_class", word(content.entity_class)},
            {"entity_class_reason", or_null(content.entity_class_reason)},
            {"languages", content.languages},
            {"country", or_null(content.country)},
            {"website", or_null(content.website)},
            {"notes", or_null(content.notes)},
            {"parent", content.parent ? OrderedJson(content.parent->text()) : OrderedJson(nullptr)},
            {"networks", std::move(networks)},
            {"contacts", std::move(contacts)}};
}

}  // namespace kula::registry
