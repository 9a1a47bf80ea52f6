#include "organisation_table.hpp"

#include <algorithm>
#include <string>
#include <tuple>

#include "base/must.hpp"
#include "fold.hpp"
#include "storage/record.hpp"

namespace kula::registry::organisation_table {
namespace {

using storage::Session;
using Text = std::optional<std::string>;

#define CONTENT_COLUMNS "name, short_name, sector, country, website, notes, parent"

std::string search_text(OrganisationContent const& content) {
    auto text = content.name + '\n' + content.short_name.value_or("");
    for (auto const& network : content.networks) text += '\n' + network.text();
    for (auto const& contact : content.contacts) text += '\n' + contact.email.value_or("");
    return folded(text);
}

storage::Arguments content_arguments(OrganisationContent const& content) {
    storage::Arguments out;
    out.add(content.name, content.short_name, content.sector, content.country, content.website, content.notes,
            content.parent);
    out.add(name_key(content.name), order_key(content.name), search_text(content));
    return out;
}

struct StoredNetwork {
    base::Uuid id;
    Network network;
};

Network stored_network(std::string const& kind, std::string const& value) {
    auto const known = parse_network_kind(kind);
    base::must(known.has_value(), "stored networks are of a known kind");
    auto network = Network::parse(*known, value);
    base::must(network.has_value(), "stored networks can be read");
    return std::move(*network);
}

std::vector<StoredNetwork> networks_of(Session const& session, OrganisationId id) {
    std::vector<StoredNetwork> out;
    session.each<base::Uuid, std::string, std::string>(
        [&out](base::Uuid const& row, std::string const& kind, std::string const& value) {
            out.push_back({row, stored_network(kind, value)});
        },
        "select id, kind, value from organisation_network where organisation = ?", id);
    std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.network < b.network; });
    return out;
}

struct StoredContact {
    base::Uuid id;
    std::int64_t position;
    Contact contact;
};

std::vector<StoredContact> contacts_of(Session const& session, OrganisationId id) {
    std::vector<StoredContact> out;
    session.each<base::Uuid, std::int64_t, std::string, std::string, Text, Text, Text>(
        [&out](base::Uuid const& row, std::int64_t position, std::string const& name, std::string const& role,
               Text const& email, Text const& phone, Text const& language) {
            auto const known = parse_contact_role(role).value_or(ContactRole::other);
            out.push_back({row, position, {name, known, email, phone, language}});
        },
        "select id, position, name, role, email, phone, language from organisation_contact where organisation = ? "
        "order by position",
        id);
    return out;
}

/// Made and changed when the organisation was changed; its own version begins at 1.
base::Record row_record(Organisation const& organisation) {
    auto record = organisation.record;
    record.created_at = record.changed_at;
    record.created_by = record.changed_by;
    record.version = 1;
    return record;
}

void insert_network(Session& session, Organisation const& organisation, Network const& network) {
    session.execute("insert into organisation_network (id, organisation, kind, value, " KULA_RECORD_COLUMNS
                    ") values (?, ?, ?, ?, " KULA_RECORD_PLACES ")",
                    base::Uuid::v7(organisation.record.changed_at), organisation.id, to_text(network.kind()),
                    network.text(), row_record(organisation));
}

void insert_contact(Session& session, Organisation const& organisation, std::int64_t position, Contact const& contact) {
    session.execute(
        "insert into organisation_contact (id, organisation, position, name, role, email, phone, language, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")",
        base::Uuid::v7(organisation.record.changed_at), organisation.id, position, contact.name, to_text(contact.role),
        contact.email, contact.phone, contact.language, row_record(organisation));
}

void update_networks(Session& session, Organisation const& organisation) {
    auto const stored = networks_of(session, organisation.id);
    auto const& wanted = organisation.content.networks;
    for (auto const& row : stored) {
        if (!std::binary_search(wanted.begin(), wanted.end(), row.network)) {
            session.execute("delete from organisation_network where id = ?", row.id);
        }
    }
    for (auto const& network : wanted) {
        auto const is_it = [&network](StoredNetwork const& row) { return row.network == network; };
        if (std::none_of(stored.begin(), stored.end(), is_it)) insert_network(session, organisation, network);
    }
}

void update_contacts(Session& session, Organisation const& organisation) {
    auto stored = contacts_of(session, organisation.id);
    std::int64_t position = 0;
    for (auto const& contact : organisation.content.contacts) {
        auto const same =
            std::find_if(stored.begin(), stored.end(), [&](auto const& row) { return row.contact == contact; });
        if (same == stored.end()) {
            insert_contact(session, organisation, position, contact);
        } else {
            if (same->position != position) {
                session.execute("update organisation_contact set position = ? where id = ?", position, same->id);
            }
            stored.erase(same);
        }
        ++position;
    }
    for (auto const& row : stored) session.execute("delete from organisation_contact where id = ?", row.id);
}

}  // namespace

std::optional<Organisation> find(Session const& session, OrganisationId id) {
    auto const row =
        session.row<std::string, Text, Text, Text, Text, Text, std::optional<OrganisationId>, base::Record>(
            "select " CONTENT_COLUMNS ", " KULA_RECORD_COLUMNS " from organisation where id = ?", id);
    if (!row) return std::nullopt;
    auto const& [name, short_name, sector, country, website, notes, parent, record] = *row;
    Organisation out{id, {name, short_name, sector, country, website, notes, parent, {}, {}}, record};
    for (auto& stored : networks_of(session, id)) out.content.networks.push_back(std::move(stored.network));
    for (auto& stored : contacts_of(session, id)) out.content.contacts.push_back(std::move(stored.contact));
    return out;
}

std::optional<OrganisationId> find_by_key(Session const& session, std::string_view key) {
    auto const row = session.row<OrganisationId>("select id from organisation where name_key = ?", key);
    return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

void insert(Session& session, Organisation const& organisation) {
    session.execute("insert into organisation (id, " CONTENT_COLUMNS
                    ", name_key, name_order, search, " KULA_RECORD_COLUMNS
                    ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")",
                    organisation.id, content_arguments(organisation.content), organisation.record);
    for (auto const& network : organisation.content.networks) insert_network(session, organisation, network);
    std::int64_t position = 0;
    for (auto const& contact : organisation.content.contacts)
        insert_contact(session, organisation, position++, contact);
}

void update(Session& session, Organisation const& organisation) {
    auto const& record = organisation.record;
    session.execute(
        "update organisation set name = ?, short_name = ?, sector = ?, country = ?, website = ?, notes = ?, parent = ?, "
        "name_key = ?, name_order = ?, search = ?, tlp = ?, pap = ?, lineage = ?, changed_at = ?, changed_by = ?, version = ? "
        "where id = ?",
        content_arguments(organisation.content), record.marking, record.lineage, record.changed_at, record.changed_by,
        record.version, organisation.id);
    update_networks(session, organisation);
    update_contacts(session, organisation);
}

void remove(Session& session, OrganisationId id) { session.execute("delete from organisation where id = ?", id); }

std::vector<Attribution::Claimant> claimants(Session const& session) {
    std::vector<Attribution::Claimant> out;
    session.each<OrganisationId, std::string, Text>(
        [&out](OrganisationId id, std::string const& name, Text const& sector) {
            out.push_back({{id, name, sector}, {}});
        },
        "select id, name, sector from organisation order by id");
    auto const is_earlier = [](Attribution::Claimant const& claimant, OrganisationId id) {
        return claimant.organisation.id < id;
    };
    session.each<OrganisationId, std::string, std::string>(
        [&](OrganisationId id, std::string const& kind, std::string const& value) {
            auto const owner = std::lower_bound(out.begin(), out.end(), id, is_earlier);
            base::must(owner != out.end() && owner->organisation.id == id, "a network's organisation is there");
            owner->networks.push_back(stored_network(kind, value));
        },
        "select organisation, kind, value from organisation_network");
    return out;
}

}  // namespace kula::registry::organisation_table
