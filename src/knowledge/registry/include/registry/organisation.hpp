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
#include "registry/network.hpp"

namespace kula::registry {

enum class ContactRole : std::uint8_t { security, technical, management, legal, other };
std::string_view to_text(ContactRole role);
std::optional<ContactRole> parse_contact_role(std::string_view text);

struct Contact {
    std::string name;  ///< 1 to 200 bytes.
    ContactRole role = ContactRole::security;
    std::optional<std::string> email{};     ///< RFC 5321 mailbox, at most 254 bytes.
    std::optional<std::string> phone{};     ///< At most 50 bytes: digits, blanks and `+()-./`.
    std::optional<std::string> language{};  ///< `mk`, `sq` or `en`.
    friend bool operator==(Contact const&, Contact const&) = default;
};

struct Organisation;
using OrganisationId = base::Id<Organisation>;

/// What people tell of an organisation.
struct OrganisationContent {
    std::string name;                         ///< 1 to 200 bytes; unique, letter case and blanks apart.
    std::optional<std::string> short_name{};  ///< At most 40 bytes.
    std::optional<std::string> sector{};      ///< The id of a `Sector`.
    std::optional<std::string> country{};     ///< ISO 3166-1 alpha-2.
    std::optional<std::string> website{};     ///< `http://` or `https://`, at most 500 bytes.
    std::optional<std::string> notes{};       ///< At most 10,000 bytes.
    std::optional<OrganisationId> parent{};
    std::vector<Network> networks{};  ///< At most 2,000; kept in order, each once.
    std::vector<Contact> contacts{};  ///< At most 100, the first one first to be told.
    friend bool operator==(OrganisationContent const&, OrganisationContent const&) = default;
};

struct Organisation {
    OrganisationId id;
    OrganisationContent content;
    base::Record record;
};

/// The content as it is to be stored: blanks around texts cut, empty texts absent, networks sorted and each once.
/// Fails with `invalid`, the detail beginning with the field: `contacts[2].email: …`.
base::Result<OrganisationContent> checked(OrganisationContent content);

}  // namespace kula::registry
