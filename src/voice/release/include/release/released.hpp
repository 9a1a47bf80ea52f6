#pragma once
/// @file
/// What may leave. Only the gate makes these: what was not decided cannot be handed to a way out, it does not compile.

#include <concepts>
#include <optional>
#include <string>
#include <utility>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "registry/organisation.hpp"
#include "release/decision.hpp"

namespace kula::release {

/// The team itself, as whom findings are told that nobody else takes on: its own address, with its published key.
inline constexpr registry::OrganisationId the_team{};

/// To whom: a contact of an organisation, as the registry says it now, or the organisation's own machine.
struct Addressee {
    registry::OrganisationId organisation;
    registry::Contact contact;  ///< Has an address. Of a machine: what the organisation is called, and nothing else.
    Addressed addressed = Addressed::by_role;
    std::string webhook{};  ///< Where the machine is; empty for contacts.

    [[nodiscard]] std::string address() const { return webhook.empty() ? contact.email.value_or("") : webhook; }
};

struct DecisionRecord;
using DecisionId = base::Id<DecisionRecord>;

/// A decision as it is kept.
struct DecisionRecord {
    DecisionId id;
    std::string about;  ///< `message:<id>`
    registry::OrganisationId organisation;
    std::string address;
    std::string role;
    Addressed addressed = Addressed::by_role;
    std::string payload_sha256;  ///< Hexadecimal.
    Decision decision;
    std::optional<std::string> key_fingerprint{};
    base::Instant at;
    std::string actor;
    base::Marking marking;
};

/// What can be asked for: its label, what it is called, and the bytes that are decided about.
template <class Thing>
concept Releasable = requires(Thing const& thing) {
    { thing.marking } -> std::convertible_to<base::Marking>;
    { thing.about() } -> std::convertible_to<std::string>;
    { thing.payload() } -> std::convertible_to<std::string>;
};

class Gate;

template <Releasable Thing>
class Released {
public:
    [[nodiscard]] Thing const& thing() const { return thing_; }
    [[nodiscard]] Addressee const& addressee() const { return addressee_; }
    [[nodiscard]] DecisionRecord const& decision() const { return decision_; }

private:
    friend class Gate;
    Released(Thing thing, Addressee addressee, DecisionRecord decision)
        : thing_(std::move(thing)), addressee_(std::move(addressee)), decision_(std::move(decision)) {}

    Thing thing_;
    Addressee addressee_;
    DecisionRecord decision_;
};

/// What may leave once something has changed. Refusals are not kept waiting.
template <Releasable Thing>
class Held {
public:
    [[nodiscard]] Thing const& thing() const { return thing_; }
    [[nodiscard]] Addressee const& addressee() const { return addressee_; }
    [[nodiscard]] DecisionRecord const& decision() const { return decision_; }

private:
    friend class Gate;
    Held(Thing thing, Addressee addressee, DecisionRecord decision)
        : thing_(std::move(thing)), addressee_(std::move(addressee)), decision_(std::move(decision)) {}

    Thing thing_;
    Addressee addressee_;
    DecisionRecord decision_;
};

}  // namespace kula::release
