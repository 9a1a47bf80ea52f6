#pragma once
/// @file
/// The gate: the only way out. It asks the registry who the addressee is today, decides (`decision.hpp`), writes the
/// decision down in the caller's unit of work, and hands out what may leave (`released.hpp`).
///
/// All members are safe from any thread.

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/must.hpp"
#include "base/record.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "registry/registry.hpp"
#include "release/released.hpp"
#include "storage/database.hpp"

namespace kula::release {

/// Whom to write to: contacts that have one of these roles, and those with these addresses.
struct Choice {
    std::vector<std::string> roles{};
    std::vector<std::string> addresses{};
};

/// Up to which label an organisation takes mail that is not encrypted.
struct PlainAgreement {
    base::Tlp up_to = base::Tlp::green;  ///< Green, amber or amber+strict.
    std::string why{};                   ///< Who agreed to it, when and where: 1 to 500 bytes.
    base::Record record{};
};

class Gate {
public:
    /// Brings the tables up to date. All outlive it. `own`: what the team can sign with.
    static base::Result<std::unique_ptr<Gate>> open(storage::Database& database, journal::Journal& journal,
                                                    registry::Registry const& registry, base::Clock const& clock,
                                                    OwnKeys own);

    /// In the order of the organisation's contacts, each address once; whoever is meant by address and by role is
    /// named. `not_found` where the organisation is outside the clearance; `invalid` names the address that no contact
    /// has. `the_team` is one too, for those who see everything.
    [[nodiscard]] base::Result<std::vector<Addressee>> addressees(registry::OrganisationId organisation,
                                                                  Choice const& choice,
                                                                  base::Clearance const& clearance) const;
    /// The contact with this address, as it is now. `not_found` where there is none any more.
    [[nodiscard]] base::Result<Addressee> addressee(registry::OrganisationId organisation, std::string const& address,
                                                    Addressed addressed) const;

    /// The organisation's own machine, at this address: its webhook, which the caller vouches for. `not_found` where
    /// the organisation is outside the clearance.
    [[nodiscard]] base::Result<Addressee> machine(registry::OrganisationId organisation, std::string webhook,
                                                  base::Clearance const& clearance) const;

    /// What would be decided now.
    [[nodiscard]] base::Result<Decision> foretell(base::Marking const& marking, Addressee const& addressee) const;
    /// The key that this form encrypts to; null for plain.
    [[nodiscard]] static seals::PublicKey const* key_of(Addressee const& addressee, Form form);

    /// Decides as was foretold just before, and writes it down in this unit of work. What is refused is not to be asked
    /// for.
    template <Releasable Thing>
    std::variant<Released<Thing>, Held<Thing>> release(storage::Session& session, Thing thing, Addressee addressee,
                                                       Decision const& decision, base::Actor const& actor) const {
        base::must(decision.verdict != Verdict::refused, "what is refused is not asked for");
        auto record = written(session, {thing.marking, thing.about(), thing.payload()}, addressee, decision, actor);
        if (decision.verdict == Verdict::held)
            return Held<Thing>(std::move(thing), std::move(addressee), std::move(record));
        return Released<Thing>(std::move(thing), std::move(addressee), std::move(record));
    }

    [[nodiscard]] static std::optional<DecisionRecord> find(storage::Session const& session, DecisionId id);
    /// All about this, oldest first; at most 200.
    [[nodiscard]] base::Result<std::vector<DecisionRecord>> decisions(std::string const& about) const;

    /// Nothing where nothing was agreed. `not_found` as `addressees`.
    [[nodiscard]] base::Result<std::optional<PlainAgreement>> plain_agreement(registry::OrganisationId organisation,
                                                                              base::Clearance const& clearance) const;
    /// `invalid` for TLP:CLEAR and TLP:RED, and without a reason; `not_found` as `addressees`.
    base::Result<PlainAgreement> agree(registry::OrganisationId organisation, base::Tlp up_to, std::string const& why,
                                       base::Actor const& actor);
    /// Nothing is agreed any more; where nothing was, nothing happens. `not_found` as `addressees`.
    base::Result<void> end_agreement(registry::OrganisationId organisation, base::Actor const& actor);

private:
    /// What is to leave, as the decision keeps it.
    struct Matter {
        base::Marking marking;
        std::string about;
        std::string payload;
    };

    Gate(storage::Database& database, journal::Journal& journal, registry::Registry const& registry,
         base::Clock const& clock, OwnKeys own)
        : database_(database), journal_(journal), registry_(registry), clock_(clock), own_(own) {}
    /// Who could be written to there. Errors as `addressees`.
    [[nodiscard]] base::Result<std::vector<registry::Contact>> contacts(registry::OrganisationId organisation,
                                                                        base::Clearance const& clearance) const;
    DecisionRecord written(storage::Session& session, Matter const& matter, Addressee const& addressee,
                           Decision const& decision, base::Actor const& actor) const;

    storage::Database& database_;
    journal::Journal& journal_;
    registry::Registry const& registry_;
    base::Clock const& clock_;
    OwnKeys const own_;
};

}  // namespace kula::release
