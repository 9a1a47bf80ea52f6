#include "organisation_input.hpp"

#include <fmt/format.h>

#include <limits>

#include "registry/vocabulary.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_problems = 100;
constexpr std::size_t most_networks = 2000;
constexpr std::size_t most_contacts = 100;
constexpr std::size_t most_languages = 10;
constexpr std::size_t most_prefixes = 100'000;
constexpr std::size_t most_as_numbers = 10'000;

enum class Need { required, optional };

/// One object of the body; what is wrong with its members goes into one list, each under its path.
class Members {
public:
    Members(Json const& object, std::string path, std::vector<net::FieldProblem>& problems)
        : object_(object), path_(std::move(path)), problems_(problems) {
        if (!object.is_object()) wrong("", "must be an object");
    }

    std::optional<std::string> text(std::string const& name, Need need = Need::optional) {
        auto const* const member = find(name);
        if (member == nullptr || member->is_null()) {
            if (need == Need::required && object_.is_object()) wrong(name, "is required");
            return std::nullopt;
        }
        if (member->is_string()) return member->get<std::string>();
        wrong(name, "must be a text");
        return std::nullopt;
    }

    template <class Parse>
    void choice(std::string const& name, std::string const& rule, Parse parse, Need need = Need::optional) {
        auto const value = text(name, need);
        if (value && !parse(*value)) wrong(name, rule);
    }

    bool flag(std::string const& name) {
        auto const* const member = find(name);
        if (member == nullptr || member->is_boolean()) return member != nullptr && member->get<bool>();
        wrong(name, "must be true or false");
        return false;
    }
    std::vector<std::string> texts(std::string const& name, std::size_t most) {
        std::vector<std::string> out;
        if (find(name) == nullptr) return out;
        list(name, most, [&](Json const& entry, std::string const& at) {
            if (entry.is_string()) return out.push_back(entry.get<std::string>());
            problems_.push_back({at, "must be a text"});
        });
        return out;
    }
    /// With its text only: the registry reads it.
    std::optional<seals::PublicKey> key(std::string const& name) {
        auto given = text(name);
        if (!given) return std::nullopt;
        seals::PublicKey out;
        out.text = std::move(*given);
        return out;
    }

    template <class Take>
    void list(std::string const& name, std::size_t most, Take take) {
        auto const* const member = find(name);
        if (member == nullptr) {
            if (object_.is_object()) wrong(name, "is required");
            return;
        }
        if (!member->is_array()) return wrong(name, "must be a list");
        if (member->size() > most) return wrong(name, fmt::format("may have {} entries", most));
        for (std::size_t at = 0; at < member->size(); ++at) take((*member)[at], path(fmt::format("{}[{}]", name, at)));
    }

    void wrong(std::string const& name, std::string message) {
        if (problems_.size() < most_problems)
            problems_.push_back({name.empty() && path_.empty() ? "body" : path(name), std::move(message)});
    }

private:
    [[nodiscard]] Json const* find(std::string const& name) const {
        if (!object_.is_object()) return nullptr;
        auto const found = object_.find(name);
        return found == object_.end() ? nullptr : &*found;
    }
    [[nodiscard]] std::string path(std::string const& name) const {
        return path_.empty() || name.empty() ? path_ + name : path_ + '.' + name;
    }

    Json const& object_;
    std::string const path_;
    std::vector<net::FieldProblem>& problems_;
};

template <class Target, class T>
bool assign(Target& target, std::optional<T> const& parsed) {
    if (parsed) target = *parsed;
    return parsed.has_value();
}

registry::Contact contact_from(Json const& json, std::string const& path, std::vector<net::FieldProblem>& problems) {
    registry::Contact contact;
    Members members(json, path, problems);
    contact.name = members.text("name", Need::required).value_or("");
    contact.role = members.text("role", Need::required).value_or(contact.role);
    if (!registry::is_contact_role(contact.role)) members.wrong("role", "is no known role");
    contact.email = members.text("email");
    contact.phone = members.text("phone");
    contact.languages = members.texts("languages", most_languages);
    if (members.flag("round_the_clock")) contact.attendance = registry::Attendance::round_the_clock;
    contact.openpgp = members.key("pgp_key");
    contact.smime = members.key("smime_certificate");
    return contact;
}

void take_network(Json const& json, std::string const& path, OrganisationInput& input) {
    Members members(json, path, input.problems);
    std::optional<registry::NetworkKind> kind;
    members.choice(
        "kind", "must be prefix, as or domain",
        [&](std::string const& text) { return (kind = registry::parse_network_kind(text)).has_value(); },
        Need::required);
    auto const value = members.text("value", Need::required);
    if (!kind || !value) return;
    auto network = registry::Network::parse(*kind, *value);
    if (!network) return members.wrong("value", network.error().detail);
    input.content.networks.push_back(std::move(*network));
}

}  // namespace

OrganisationInput organisation_from(Json const& json) {
    OrganisationInput input;
    Members members(json, "", input.problems);
    auto& content = input.content;
    content.name = members.text("name", Need::required).value_or("");
    content.short_name = members.text("short_name");
    content.sector = members.text("sector");
    content.subsector = members.text("subsector");
    members.choice("size", "must be micro, small, medium or large", [&](std::string const& text) {
        return assign(content.size, registry::parse_organisation_size(text));
    });
    members.choice("entity_class", "must be essential, important or none", [&](std::string const& text) {
        return assign(content.entity_class, registry::parse_entity_class(text));
    });
    content.entity_class_reason = members.text("entity_class_reason");
    content.languages = members.texts("languages", most_languages);
    content.website = members.text("website");
    content.notes = members.text("notes");
    // Whose an address is stands beside every sighting: nothing that a few persons could keep (decision 0015).
    members.choice("tlp", "must be clear, green, amber or amber+strict", [&](std::string const& text) {
        return assign(input.marking.tlp, base::parse_tlp(text)) && input.marking.tlp != base::Tlp::red;
    });
    members.choice("pap", "must be clear, green, amber or red",
                   [&](std::string const& text) { return assign(input.marking.pap, base::parse_pap(text)); });
    members.list("networks", most_networks,
                 [&](Json const& entry, std::string const& path) { take_network(entry, path, input); });
    members.list("contacts", most_contacts, [&](Json const& entry, std::string const& path) {
        content.contacts.push_back(contact_from(entry, path, input.problems));
    });
    return input;
}

NationalSpaceInput national_space_from(Json const& json) {
    NationalSpaceInput input;
    Members members(json, "", input.problems);
    members.list("prefixes", most_prefixes, [&](Json const& entry, std::string const& path) {
        if (entry.is_string()) return input.prefixes.push_back(entry.get<std::string>());
        members.wrong(path, "must be a text");
    });
    members.list("as_numbers", most_as_numbers, [&](Json const& entry, std::string const& path) {
        bool const fits =
            entry.is_number_unsigned() && entry.get<std::uint64_t>() <= std::numeric_limits<std::uint32_t>::max();
        if (fits) return input.as_numbers.push_back(entry.get<std::uint32_t>());
        members.wrong(path, "must be a whole number from 0 to 4294967295");
    });
    return input;
}

}  // namespace kula::api
