#include <fmt/format.h>

#include <algorithm>

#include "content_json.hpp"
#include "fold.hpp"
#include "import_rows.hpp"

namespace kula::registry {
namespace {

using Json = nlohmann::json;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Reads members of one object; the first that is of a wrong type is remembered, what follows reads as absent.
class Members {
public:
    Members(Json const& object, std::string path) : object_(object), path_(std::move(path)) {
        if (!object.is_object()) refuse("", "is no object");
    }
    std::optional<std::string> text(char const* name) {
        auto const* const member = find(name);
        if (member == nullptr) return std::nullopt;
        if (member->is_string()) return member->get<std::string>();
        refuse(name, "is no text");
        return std::nullopt;
    }
    std::vector<std::string> texts(char const* name) {
        std::vector<std::string> out;
        auto const* const member = array(name);
        if (member == nullptr) return out;
        for (auto const& entry : *member) {
            if (!entry.is_string()) {
                refuse(name, "holds what is no text");
                break;
            }
            out.push_back(entry.get<std::string>());
        }
        return out;
    }
    bool flag(char const* name) {
        auto const* const member = find(name);
        if (member != nullptr && !member->is_boolean()) refuse(name, "is neither true nor false");
        return member != nullptr && member->is_boolean() && member->get<bool>();
    }
    /// A text that `parse` knows.
    template <class Parse>
    auto choice(char const* name, Parse parse, std::string_view otherwise) -> decltype(parse("")) {
        auto const word = text(name);
        if (!word) return std::nullopt;
        auto found = parse(*word);
        if (!found) refuse(name, otherwise);
        return found;
    }
    std::optional<seals::PublicKey> key(char const* name) {
        auto word = text(name);
        if (!word) return std::nullopt;
        seals::PublicKey out;
        out.text = std::move(*word);
        return out;
    }
    Json const* array(char const* name) {
        auto const* const member = find(name);
        if (member != nullptr && !member->is_array()) refuse(name, "is no array");
        return member != nullptr && member->is_array() ? member : nullptr;
    }
    void refuse(std::string const& name, std::string_view reason) {
        if (!error_) error_ = base::invalid(fmt::format("{}{}: {}", path_, name, reason));
    }
    void take_error(Members const& other) {
        if (!error_) error_ = other.error_;
    }
    [[nodiscard]] std::optional<base::Error> const& error() const { return error_; }

private:
    Json const* find(char const* name) const {
        if (error_) return nullptr;
        auto const found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }

    Json const& object_;
    std::string path_;
    std::optional<base::Error> error_;
};

/// A text, or an object with `kind` and `value`.
base::Result<Network> read_network(Json const& entry) {
    if (entry.is_string()) return Network::parse(entry.get<std::string>());
    Members members(entry, "");
    auto const kind = members.text("kind");
    auto const value = members.text("value");
    if (members.error()) return *members.error();
    if (!value) return base::invalid("has no value");
    if (!kind) return Network::parse(*value);
    auto const known = parse_network_kind(*kind);
    if (!known) return base::invalid("is of an unknown kind");
    return Network::parse(*known, *value);
}

void read_networks(Members& members, OrganisationContent& content) {
    auto const* const networks = members.array("networks");
    if (networks == nullptr) return;
    for (auto const& entry : *networks) {
        auto network = read_network(entry);
        if (network.has_error())
            return members.refuse(fmt::format("networks[{}]", content.networks.size()), network.error().detail);
        content.networks.push_back(std::move(*network));
    }
}

void read_contacts(Members& members, OrganisationContent& content) {
    auto const* const contacts = members.array("contacts");
    if (contacts == nullptr) return;
    for (auto const& entry : *contacts) {
        auto const path = fmt::format("contacts[{}]", content.contacts.size());
        Members contact(entry, path + '.');
        Contact out;
        out.name = contact.text("name").value_or("");
        out.email = contact.text("email");
        out.phone = contact.text("phone");
        out.languages = contact.texts("languages");
        out.role = contact.text("role").value_or(out.role);
        if (contact.flag("round_the_clock")) out.attendance = Attendance::round_the_clock;
        out.openpgp = contact.key("pgp_key");
        out.smime = contact.key("smime_certificate");
        members.take_error(contact);
        content.contacts.push_back(std::move(out));
    }
}

void read_content(Members& members, OrganisationContent& content) {
    content.name = members.text("name").value_or("");
    content.short_name = members.text("short_name");
    content.sector = members.text("sector");
    content.country = members.text("country");
    content.website = members.text("website");
    content.notes = members.text("notes");
    content.subsector = members.text("subsector");
    content.size = members.choice("size", parse_organisation_size, "is none of micro, small, medium and large");
    content.entity_class =
        members.choice("entity_class", parse_entity_class, "is none of essential, important and none");
    content.entity_class_reason = members.text("entity_class_reason");
    content.languages = members.texts("languages");
    read_networks(members, content);
    read_contacts(members, content);
}

base::Result<Draft> read_entry(Json const& entry) {
    Members members(entry, "");
    Draft draft;
    read_content(members, draft.content);
    draft.parent = members.text("parent");
    auto const tlp = members.text("tlp");
    auto const pap = members.text("pap");
    draft.tlp = base::parse_tlp(tlp.value_or("amber"));
    draft.pap = base::parse_pap(pap.value_or("amber"));
    if (!draft.tlp) members.refuse("tlp", "is no TLP label");
    if (draft.tlp == base::Tlp::red) members.refuse("tlp", "an organisation is at most TLP:AMBER+STRICT");
    if (!draft.pap) members.refuse("pap", "is no PAP label");
    if (members.error()) return *members.error();
    draft.spoken = {true, true, true, true, true, true, true, true, true, true, true, true, true, true, true};
    return draft;
}

base::Error too_long() { return base::invalid("the file is longer than 16 MiB"); }

void take(DraftCollector& collector, std::size_t place, Json const& entry) {
    if (entry.is_discarded()) return collector.take(place, std::nullopt, base::invalid("is no JSON"));
    auto const name = entry.is_object() ? entry.find("name") : entry.end();
    bool const is_named = entry.is_object() && name != entry.end() && name->is_string();
    collector.take(place, is_named ? std::optional(name->get<std::string>()) : std::nullopt, read_entry(entry));
}

}  // namespace

base::Result<OrganisationContent> content_from_json(std::string_view text) {
    auto const object = Json::parse(text, nullptr, false);
    Members members(object, "");
    OrganisationContent out;
    read_content(members, out);
    if (members.error()) return *members.error();
    return out;
}

base::Result<ImportDrafts> read_json(std::string_view text) {
    if (text.size() > most_import_bytes) return too_long();
    auto const document = Json::parse(text, nullptr, false);
    if (!document.is_array()) return base::invalid("the file is no JSON array");
    DraftCollector collector;
    std::size_t place = 0;
    for (auto const& entry : document) take(collector, ++place, entry);
    return collector.finish();
}

base::Result<ImportDrafts> read_json_lines(std::string_view text) {
    if (text.size() > most_import_bytes) return too_long();
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    DraftCollector collector;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!trimmed(line).empty()) take(collector, number, Json::parse(line, nullptr, false));
    }
    return collector.finish();
}

}  // namespace kula::registry
