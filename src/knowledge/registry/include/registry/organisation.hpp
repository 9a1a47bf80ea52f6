#pragma once
/// @file
/// An organisation of the constituency, its networks and the people to tell.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/record.hpp"
#include "base/result.hpp"
#include "registry/entity_class.hpp"
#include "registry/freshness.hpp"
#include "registry/network.hpp"
#include "seals/public_key.hpp"

namespace kula::registry {

/// When a contact answers.
enum class Attendance : std::uint8_t { office_hours, round_the_clock };

struct Contact {
    std::string name;                      ///< 1 to 200 letters.
    std::string role = "security";         ///< The id of a `ContactRole`.
    std::optional<std::string> email{};    ///< RFC 5321 mailbox, at most 254 bytes.
    std::optional<std::string> phone{};    ///< At most 50 bytes: digits, blanks and `+()-./`.
    std::vector<std::string> languages{};  ///< ISO 639-1, at most 10; the first one is the one to write in.
    Attendance attendance = Attendance::office_hours;
    /// Given with its text only, it is read when it is checked; so is `smime`.
    std::optional<seals::PublicKey> openpgp{};
    std::optional<seals::PublicKey> smime{};
    friend bool operator==(Contact const&, Contact const&) = default;
};

struct Organisation;
using OrganisationId = base::Id<Organisation>;

/// What people tell of an organisation.
struct OrganisationContent {
    std::string name;                         ///< 1 to 200 bytes; unique, letter case and blanks apart.
    std::optional<std::string> short_name{};  ///< At most 40 bytes.
    std::optional<std::string> sector{};      ///< The id of a `Sector`.
    std::optional<std::string> subsector{};   ///< The id of one of that sector's `Subsector`s.
    std::optional<OrganisationSize> size{};
    std::optional<EntityClass> entity_class{};         ///< Absent until somebody decided.
    std::optional<std::string> entity_class_reason{};  ///< With every class, and only then; at most 500 letters.
    std::vector<std::string> languages{};              ///< ISO 639-1, at most 10.
    std::optional<std::string> country{};              ///< ISO 3166-1 alpha-2.
    std::optional<std::string> website{};              ///< `http://` or `https://`, at most 500 bytes.
    std::optional<std::string> notes{};                ///< At most 10,000 bytes.
    std::optional<OrganisationId> parent{};
    std::vector<Network> networks{};  ///< At most 2,000; kept in order, each once.
    std::vector<Contact> contacts{};  ///< At most 100, the first one first to be told.
    friend bool operator==(OrganisationContent const&, OrganisationContent const&) = default;
};

struct Organisation {
    OrganisationId id;
    OrganisationContent content;
    base::Record record;
    base::Instant contacts_confirmed_at{};  ///< Or changed, or entered.
    ContactsAsking contacts_asking{};       ///< Since then.
};

/// Those who have a mail address and the first of these roles that any such contact has; in their order.
std::vector<Contact> contacts_for(std::vector<Contact> const& contacts, std::vector<std::string> const& roles);

/// The content as it is to be stored: blanks around texts cut, empty texts absent, networks sorted and each once.
/// Keys are read. Fails with `invalid`, the detail beginning with the field: `contacts[2].email: …`; with `unavailable`
/// where GnuPG cannot be asked.
base::Result<OrganisationContent> checked(OrganisationContent content);

}  // namespace kula::registry
