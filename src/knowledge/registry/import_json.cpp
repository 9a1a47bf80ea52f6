#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "content_json.hpp"
#include "import_rows.hpp"
#include "registry/fold.hpp"

namespace kula::registry {
namespace {

using Json = nlohmann::json;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Reads members of one object: what is wrong with them goes to `checks`, what it has besides to `others`.
class Members {
public:
    Members(Json const& object, std::string path, Checks& checks)
        : object_(object), path_(std::move(path)), checks_(checks) {
        if (!object.is_object()) checks.refuse(path_, "is no object");
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
        each(name, [&](Json const& entry, std::string const&) {
            if (entry.is_string()) return out.push_back(entry.get<std::string>());
            refuse(name, "holds what is no text");
        });
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
    /// Hands over each entry of an array with its path.
    template <class Take>
    void each(char const* name, Take take) {
        auto const* const member = find(name);
        if (member == nullptr) return;
        if (!member->is_array()) return refuse(name, "is no array");
        for (std::size_t at = 0; at < member->size(); ++at) take((*member)[at], fmt::format("{}[{}]", path(name), at));
    }
    void refuse(char const* name, std::string_view reason) { checks_.refuse(path(name), reason); }
    /// To be asked after every member was taken.
    [[nodiscard]] std::vector<std::string> others() const {
        std::vector<std::string> out;
        if (!object_.is_object()) return out;
        for (auto const& [name, value] : object_.items()) {
            if (!taken_.contains(name)) out.push_back(path(name));
        }
        return out;
    }

private:
    Json const* find(char const* name) {
        taken_.emplace(name);
        if (!object_.is_object()) return nullptr;
        auto const found = object_.find(name);
        return found == object_.end() || found->is_null() ? nullptr : &*found;
    }
    [[nodiscard]] std::string path(std::string const& name) const { return path_.empty() ? name : path_ + '.' + name; }

    Json const& object_;
    std::string path_;
    Checks& checks_;
    std::set<std::string, std::less<>> taken_{};
};

/// A text, or an object with `kind` and `value`.
std::optional<Network> read_network(Json const& entry, std::string const& path, Checks& checks) {
    std::optional<base::Result<Network>> network;
    if (entry.is_string()) {
        network = Network::parse(entry.get<std::string>());
    } else {
        Members members(entry, path, checks);
        auto const kind = members.text("kind");
        auto const value = members.text("value");
        auto const known = kind ? parse_network_kind(*kind) : std::nullopt;
        if (kind && !known) members.refuse("kind", "is of an unknown kind");
        if (!value && entry.is_object()) members.refuse("value", "is required");
        if (value && known) network = Network::parse(*known, *value);
        if (value && !kind) network = Network::parse(*value);
    }
    if (network && network->has_error()) checks.refuse(path, network->error());
    return network && network->has_value() ? std::optional(**network) : std::nullopt;
}

Contact read_contact(Members& contact) {
    Contact out;
    out.name = contact.text("name").value_or("");
    out.email = contact.text("email");
    out.phone = contact.text("phone");
    out.languages = contact.texts("languages");
    out.role = contact.text("role").value_or(out.role);
    if (contact.flag("round_the_clock")) out.attendance = Attendance::round_the_clock;
    out.openpgp = contact.key("pgp_key");
    out.smime = contact.key("smime_certificate");
    return out;
}

/// Returns the names of the contacts' members that were not read.
std::vector<std::string> read_content(Members& members, OrganisationContent& content, Checks& checks) {
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
    members.each("networks", [&](Json const& entry, std::string const& path) {
        if (auto network = read_network(entry, path, checks)) content.networks.push_back(std::move(*network));
    });
    std::vector<std::string> others;
    members.each("contacts", [&](Json const& entry, std::string const& path) {
        Members contact(entry, path, checks);
        content.contacts.push_back(read_contact(contact));
        for (auto& other : contact.others()) others.push_back(std::move(other));
    });
    return others;
}

base::Error too_long() { return base::invalid("the file is longer than 16 MiB"); }

void take(DraftCollector& collector, std::size_t place, Json const& entry) {
    if (entry.is_discarded()) return collector.skip(place, std::nullopt, base::invalid("is no JSON"));
    if (!entry.is_object()) return collector.skip(place, std::nullopt, base::invalid("is no object"));
    Checks checks;
    Members members(entry, "", checks);
    Draft draft;
    auto others = read_content(members, draft.content, checks);
    draft.parent = members.text("parent");
    draft.tlp = base::parse_tlp(members.text("tlp").value_or("amber"));
    draft.pap = base::parse_pap(members.text("pap").value_or("amber"));
    if (!draft.tlp) members.refuse("tlp", "is no TLP label");
    if (draft.tlp == base::Tlp::red) members.refuse("tlp", "an organisation is at most TLP:AMBER+STRICT");
    if (!draft.pap) members.refuse("pap", "is no PAP label");
    draft.spoken = {true, true, true, true, true, true, true, true, true, true, true, true, true, true, true};
    collector.pass_over(members.others());
    collector.pass_over(std::move(others));
    collector.take(place, std::move(draft), std::move(checks));
}

}  // namespace

base::Result<OrganisationContent> content_from_json(std::string_view text) {
    auto const object = Json::parse(text, nullptr, false);
    Checks checks;
    Members members(object, "", checks);
    OrganisationContent out;
    read_content(members, out, checks);
    if (auto error = checks.error()) return *std::move(error);
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
