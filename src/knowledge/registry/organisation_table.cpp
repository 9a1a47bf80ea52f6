#include "organisation_table.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <tuple>

#include "base/must.hpp"
#include "registry/fold.hpp"
#include "storage/record.hpp"

namespace kula::registry::organisation_table {
namespace {

using storage::Session;
using Text = std::optional<std::string>;

#define CONTENT_COLUMNS                                                                                               \
    "name, short_name, sector, country, website, notes, parent, subsector, size, entity_class, entity_class_reason, " \
    "languages"

std::string joined(std::vector<std::string> const& parts, char between) {
    std::string out;
    for (auto const& part : parts) out += (out.empty() ? "" : std::string(1, between)) + part;
    return out;
}

std::vector<std::string> parts_of(std::string const& text, char between) {
    std::vector<std::string> out;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, between);) out.push_back(part);
    return out;
}

template <class Choice>
Text text_of(std::optional<Choice> choice) {
    return choice ? Text(to_text(*choice)) : std::nullopt;
}

constexpr std::string_view has_contacts =
    "exists (select 1 from organisation_contact c where c.organisation = organisation.id)";
constexpr std::string_view openpgp = "openpgp";
constexpr std::string_view smime = "smime";
constexpr std::string_view office_hours = "office_hours";
constexpr std::string_view round_the_clock = "round_the_clock";

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
    out.add(content.subsector, text_of(content.size), text_of(content.entity_class), content.entity_class_reason,
            joined(content.languages, ' '));
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

seals::PublicKey key_of(std::string const& text, std::string const& fingerprint, std::string const& names,
                        std::string const& emails, std::string const& issuer) {
    seals::PublicKey out;
    out.text = text;
    out.fingerprint = fingerprint;
    out.names = parts_of(names, '\n');
    out.emails = parts_of(emails, '\n');
    out.issuer = issuer;
    return out;
}

void add_keys(Session const& session, OrganisationId id, std::vector<StoredContact>& contacts) {
    using Moment = std::optional<base::Instant>;
    session.each<base::Uuid, std::string, std::string, std::string, std::string, std::string, std::string,
                 base::Instant, Moment, std::int64_t, std::int64_t>(
        [&contacts](base::Uuid const& contact, std::string const& kind, std::string const& text,
                    std::string const& fingerprint, std::string const& names, std::string const& emails,
                    std::string const& issuer, base::Instant from, Moment const& until, std::int64_t is_revoked,
                    std::int64_t can_encrypt) {
            auto const owner = std::find_if(contacts.begin(), contacts.end(),
                                            [&contact](StoredContact const& row) { return row.id == contact; });
            base::must(owner != contacts.end(), "a key's contact is there");
            auto key = key_of(text, fingerprint, names, emails, issuer);
            key.valid_from = from;
            key.valid_until = until;
            key.is_revoked = is_revoked != 0;
            key.can_encrypt = can_encrypt != 0;
            (kind == openpgp ? owner->contact.openpgp : owner->contact.smime) = std::move(key);
        },
        "select k.contact, k.kind, k.key_text, k.fingerprint, k.names, k.emails, k.issuer, k.valid_from, k.valid_until, "
        "k.is_revoked, k.can_encrypt from organisation_contact_key k join organisation_contact c on c.id = k.contact "
        "where c.organisation = ?",
        id);
}

std::vector<StoredContact> contacts_of(Session const& session, OrganisationId id) {
    std::vector<StoredContact> out;
    session.each<base::Uuid, std::int64_t, std::string, std::string, Text, Text, Text, std::string>(
        [&out](base::Uuid const& row, std::int64_t position, std::string const& name, std::string const& role,
               Text const& email, Text const& phone, Text const& languages, std::string const& attendance) {
            Contact contact{name, role, email, phone, parts_of(languages.value_or(""), ' ')};
            if (attendance == round_the_clock) contact.attendance = Attendance::round_the_clock;
            out.push_back({row, position, std::move(contact)});
        },
        "select id, position, name, role, email, phone, languages, attendance from organisation_contact "
        "where organisation = ? order by position",
        id);
    add_keys(session, id, out);
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
                    network.value(), row_record(organisation));
}

void insert_key(Session& session, base::Uuid const& contact, std::string_view kind,
                std::optional<seals::PublicKey> const& key) {
    if (!key) return;
    session.execute(
        "insert into organisation_contact_key (contact, kind, key_text, fingerprint, names, emails, issuer, valid_from, "
        "valid_until, is_revoked, can_encrypt) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        contact, kind, key->text, key->fingerprint, joined(key->names, '\n'), joined(key->emails, '\n'), key->issuer,
        key->valid_from, key->valid_until, key->is_revoked ? 1 : 0, key->can_encrypt ? 1 : 0);
}

void insert_contact(Session& session, Organisation const& organisation, std::int64_t position, Contact const& contact) {
    auto const id = base::Uuid::v7(organisation.record.changed_at);
    Text const languages = contact.languages.empty() ? std::nullopt : std::optional(joined(contact.languages, ' '));
    session.execute(
        "insert into organisation_contact (id, organisation, position, name, role, email, phone, languages, attendance, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")",
        id, organisation.id, position, contact.name, contact.role, contact.email, contact.phone, languages,
        contact.attendance == Attendance::round_the_clock ? round_the_clock : office_hours, row_record(organisation));
    insert_key(session, id, openpgp, contact.openpgp);
    insert_key(session, id, smime, contact.smime);
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

bool has_changed_contacts(std::vector<StoredContact> const& stored, std::vector<Contact> const& wanted) {
    return !std::equal(stored.begin(), stored.end(), wanted.begin(), wanted.end(),
                       [](StoredContact const& row, Contact const& contact) { return row.contact == contact; });
}

void update_contacts(Session& session, Organisation& organisation) {
    auto stored = contacts_of(session, organisation.id);
    if (!has_changed_contacts(stored, organisation.content.contacts)) return;
    organisation.contacts_confirmed_at = organisation.record.changed_at;
    organisation.contacts_asking = {};
    confirm_contacts(session, organisation.id, organisation.contacts_confirmed_at);
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
        session.row<std::string, Text, Text, Text, Text, Text, std::optional<OrganisationId>, Text, Text, Text, Text,
                    std::string, base::Instant, std::int64_t, std::optional<base::Instant>, base::Record>(
            "select " CONTENT_COLUMNS ", contacts_confirmed_at, contacts_step, contacts_asked_at, " KULA_RECORD_COLUMNS
            " from organisation where id = ?",
            id);
    if (!row) return std::nullopt;
    auto const& [name, short_name, sector, country, website, notes, parent, subsector, size, entity_class, reason,
                 languages, confirmed_at, step, asked_at, record] = *row;
    Organisation out{id, {}, record, confirmed_at, {static_cast<Freshness>(step), asked_at}};
    auto& content = out.content;
    content.name = name;
    content.short_name = short_name;
    content.sector = sector;
    content.subsector = subsector;
    if (size) content.size = parse_organisation_size(*size);
    if (entity_class) content.entity_class = parse_entity_class(*entity_class);
    content.entity_class_reason = reason;
    content.languages = parts_of(languages, ' ');
    content.country = country;
    content.website = website;
    content.notes = notes;
    content.parent = parent;
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
                    ", name_key, name_order, search, contacts_confirmed_at, " KULA_RECORD_COLUMNS
                    ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")",
                    organisation.id, content_arguments(organisation.content), organisation.record.changed_at,
                    organisation.record);
    for (auto const& network : organisation.content.networks) insert_network(session, organisation, network);
    std::int64_t position = 0;
    for (auto const& contact : organisation.content.contacts)
        insert_contact(session, organisation, position++, contact);
}

void update(Session& session, Organisation& organisation) {
    auto const& record = organisation.record;
    session.execute(
        "update organisation set name = ?, short_name = ?, sector = ?, country = ?, website = ?, notes = ?, parent = ?, "
        "subsector = ?, size = ?, entity_class = ?, entity_class_reason = ?, languages = ?, name_key = ?, name_order = ?, search = ?, tlp = ?, pap = ?, lineage = ?, changed_at = ?, changed_by = ?, version = ? "
        "where id = ?",
        content_arguments(organisation.content), record.marking, record.lineage, record.changed_at, record.changed_by,
        record.version, organisation.id);
    update_networks(session, organisation);
    update_contacts(session, organisation);
}

void confirm_contacts(Session& session, OrganisationId id, base::Instant at) {
    session.execute(
        "update organisation set contacts_confirmed_at = ?, contacts_step = 0, contacts_asked_at = null where id = ?",
        at, id);
}

void add_freshness(storage::Where& where, Freshness from, base::Instant now) {
    auto const step = static_cast<std::int64_t>(from);
    if (from == Freshness::due) {
        where.add("contacts_step >= ? or contacts_confirmed_at <= ?", step, now - contacts_stay_fresh);
    } else {
        where.add("contacts_step >= ? or (contacts_step = ? and contacts_asked_at <= ?)", step, step - 1,
                  now - contacts_wait);
    }
    where.add(has_contacts);
}

std::vector<StaleContacts> stale_contacts(Session const& session, base::Instant now, std::size_t limit) {
    storage::Where where;
    where.add(
        "(contacts_step = 0 and contacts_confirmed_at <= ?) or (contacts_step between 1 and ? and "
        "contacts_asked_at <= ?)",
        now - contacts_stay_fresh, static_cast<std::int64_t>(Freshness::team) - 1, now - contacts_wait);
    where.add(has_contacts);
    std::vector<StaleContacts> out;
    session.each<OrganisationId, std::string, base::Instant, std::int64_t, std::optional<base::Instant>>(
        [&out](OrganisationId id, std::string const& name, base::Instant confirmed_at, std::int64_t step,
               std::optional<base::Instant> asked_at) {
            out.push_back({id, name, confirmed_at, {static_cast<Freshness>(step), asked_at}});
        },
        "select id, name, contacts_confirmed_at, contacts_step, contacts_asked_at from organisation" + where.sql() +
            " order by contacts_confirmed_at, id limit ?",
        where.arguments(), limit);
    return out;
}

std::size_t asked_since(Session const& session, base::Instant moment) {
    return static_cast<std::size_t>(
        session.value<std::int64_t>("select count(*) from organisation where contacts_asked_at > ?", moment));
}

bool take_step(Session& session, StaleContacts const& before, ContactsAsking const& after) {
    return session.execute(
               "update organisation set contacts_step = ?, contacts_asked_at = ? where id = ? and contacts_step = ? and "
               "contacts_confirmed_at = ?",
               static_cast<std::int64_t>(after.step), after.last_at, before.organisation,
               static_cast<std::int64_t>(before.asking.step), before.confirmed_at) == 1;
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
