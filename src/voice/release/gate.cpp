#include "release/gate.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "decision_table.hpp"
#include "release_migrations.hpp"
#include "seals/digest.hpp"
#include "storage/record.hpp"

namespace kula::release {
namespace {

using storage::Priority;
using storage::Session;
using Json = nlohmann::ordered_json;

constexpr std::string_view public_role = "press";
constexpr std::size_t longest_why = 500;

std::string subject_of(registry::OrganisationId organisation) { return "organisation:" + organisation.text(); }

std::string state_of(PlainAgreement const& agreement) {
    return Json{{"up_to", base::to_text(agreement.up_to)}, {"why", agreement.why}}.dump();
}

}  // namespace

base::Result<std::unique_ptr<Gate>> Gate::open(storage::Database& database, journal::Journal& journal,
                                               registry::Registry const& registry, base::Clock const& clock,
                                               OwnKeys own) {
    if (auto const migrated = database.migrate(release_migrations()); !migrated) return migrated.error();
    return std::unique_ptr<Gate>(new Gate(database, journal, registry, clock, own));
}

base::Result<std::vector<registry::Contact>> Gate::contacts(registry::OrganisationId organisation,
                                                            base::Clearance const& clearance) const {
    if (organisation != the_team) {
        auto found = registry_.find(organisation, clearance);
        if (!found) return found.error();
        return std::move(found->content.contacts);
    }
    auto const own = registry_.team()->as_contact();
    if (!clearance.sees_everything() || !own) return base::not_found("the team has told no address of its own");
    auto contact = *own;
    auto const& key = registry_.team()->content.pgp_key;
    if (key.empty()) return std::vector{std::move(contact)};
    auto read = seals::read_openpgp_key(key);
    if (!read) return read.error();
    contact.openpgp = std::move(*read);
    return std::vector{std::move(contact)};
}

base::Result<std::vector<Addressee>> Gate::addressees(registry::OrganisationId organisation, Choice const& choice,
                                                      base::Clearance const& clearance) const {
    auto const found = contacts(organisation, clearance);
    if (!found) return found.error();
    auto const has = [](std::vector<std::string> const& list, std::string const& text) {
        return std::find(list.begin(), list.end(), text) != list.end();
    };
    std::vector<std::string> named;
    for (auto const& address : choice.addresses) named.push_back(base::lower_case(address));
    std::vector<std::string> taken;
    std::vector<Addressee> out;
    for (auto const& contact : *found) {
        if (!contact.email) continue;
        auto const address = base::lower_case(*contact.email);
        bool const is_named = has(named, address);
        if (has(taken, address) || !(is_named || has(choice.roles, contact.role))) continue;
        taken.push_back(address);
        out.push_back({organisation, contact, is_named ? Addressed::by_name : Addressed::by_role});
    }
    for (auto const& address : named) {
        if (!has(taken, address)) return base::invalid("addresses", "name somebody who is no contact");
    }
    return out;
}

base::Result<Addressee> Gate::addressee(registry::OrganisationId organisation, std::string const& address,
                                        Addressed addressed) const {
    auto found = addressees(organisation, {{}, {address}}, base::Clearance::everything());
    if (!found && found.error().fault != base::Fault::invalid) return found.error();
    if (!found || found->empty()) return base::not_found("no contact has this address any more");
    found->front().addressed = addressed;
    return std::move(found->front());
}

base::Result<Addressee> Gate::machine(registry::OrganisationId organisation, std::string webhook,
                                      base::Clearance const& clearance) const {
    auto const found = registry_.find(organisation, clearance);
    if (!found) return found.error();
    registry::Contact contact;
    contact.name = found->content.name;
    contact.role.clear();
    return Addressee{organisation, std::move(contact), Addressed::by_role, std::move(webhook)};
}

base::Result<Decision> Gate::foretell(base::Marking const& marking, Addressee const& addressee) const {
    auto const agreed = database_.read(
        [&](Session const& session) { return decision_table::agreement(session, addressee.organisation); });
    if (!agreed) return agreed.error();
    auto const& contact = addressee.contact;
    auto const now = clock_.now();
    Question question{marking, addressee.addressed, contact.role == public_role};
    if (contact.openpgp) question.openpgp = registry::state_of(*contact.openpgp, now);
    if (contact.smime) question.smime = registry::state_of(*contact.smime, now);
    question.own = own_;
    question.is_own_machine = !addressee.webhook.empty();
    if (*agreed) question.plain_agreed = (*agreed)->up_to;
    return decide(question);
}

seals::PublicKey const* Gate::key_of(Addressee const& addressee, Form form) {
    auto const& contact = addressee.contact;
    if (form == Form::openpgp && contact.openpgp) return &*contact.openpgp;
    if (form == Form::smime && contact.smime) return &*contact.smime;
    return nullptr;
}

DecisionRecord Gate::written(Session& session, Matter const& matter, Addressee const& addressee,
                             Decision const& decision, base::Actor const& actor) const {
    auto const now = clock_.now();
    auto const* const key = key_of(addressee, decision.form);
    DecisionRecord record{DecisionId::make(now),
                          matter.about,
                          addressee.organisation,
                          addressee.address(),
                          addressee.contact.role,
                          addressee.addressed,
                          seals::hex(seals::sha256(matter.payload)),
                          decision,
                          key == nullptr ? std::nullopt : std::optional(key->fingerprint),
                          now,
                          actor.name,
                          matter.marking};
    decision_table::insert(session, record);
    return record;
}

std::optional<DecisionRecord> Gate::find(Session const& session, DecisionId id) {
    return decision_table::find(session, id);
}

base::Result<std::vector<DecisionRecord>> Gate::decisions(std::string const& about) const {
    return database_.read([&](Session const& session) { return decision_table::about(session, about); });
}

base::Result<std::optional<PlainAgreement>> Gate::plain_agreement(registry::OrganisationId organisation,
                                                                  base::Clearance const& clearance) const {
    if (auto const found = registry_.find(organisation, clearance); !found) return found.error();
    return database_.read([&](Session const& session) { return decision_table::agreement(session, organisation); });
}

base::Result<PlainAgreement> Gate::agree(registry::OrganisationId organisation, base::Tlp up_to, std::string const& why,
                                         base::Actor const& actor) {
    if (up_to == base::Tlp::clear || up_to == base::Tlp::red)
        return base::invalid("up_to", "must be green, amber or amber+strict");
    if (why.empty() || why.size() > longest_why) return base::invalid("why", "must be of 1 to 500 bytes");
    if (auto const found = registry_.find(organisation, actor.clearance); !found) return found.error();
    PlainAgreement const wanted{up_to, why, storage::new_record(clock_, actor.name)};
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<PlainAgreement> {
        auto const before = decision_table::agreement(session, organisation);
        decision_table::put_agreement(session, organisation, wanted);
        journal_.append(session, actor,
                        {"organisation.plain_mail_agreed", subject_of(organisation), before ? state_of(*before) : "",
                         state_of(wanted)});
        return *decision_table::agreement(session, organisation);
    });
}

base::Result<void> Gate::end_agreement(registry::OrganisationId organisation, base::Actor const& actor) {
    if (auto const found = registry_.find(organisation, actor.clearance); !found) return found.error();
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        auto const before = decision_table::agreement(session, organisation);
        if (!before) return {};
        decision_table::remove_agreement(session, organisation);
        journal_.append(session, actor,
                        {"organisation.plain_mail_ended", subject_of(organisation), state_of(*before), ""});
        return {};
    });
}

}  // namespace kula::release
