#pragma once
/// @file
/// The team itself, as it describes itself to everybody: one record, which the portal shows by the headings of RFC 2350
/// (BCP 21, June 1998) and from which `security.txt` (RFC 9116) is written. All of it is public.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "registry/organisation.hpp"

namespace kula::registry {

/// Whether the portal shows figures of what was seen. Publishing is a decision of the team's.
enum class PublicFigures : bool { withheld, published };

/// What is empty was not told and is not shown. The numbers are the headings of RFC 2350, Appendix D.
struct TeamContent {
    base::Text name;                       ///< 2.1
    std::string short_name{};              ///< 2.1
    std::string country{};                 ///< ISO 3166-1 alpha-2.
    base::Text address{};                  ///< 2.2, in lines.
    std::string time_zone{};               ///< 2.3, as people write it: `Europe/Skopje (CET, CEST)`.
    std::string phone{};                   ///< 2.4
    std::string fax{};                     ///< 2.5
    base::Text other_channels{};           ///< 2.6
    std::string email{};                   ///< 2.7
    std::string pgp_key{};                 ///< 2.8: ASCII armour, the public key only.
    std::string pgp_fingerprint{};         ///< 2.8: 40 or 64 hexadecimal digits, upper case.
    std::string pgp_user_id{};             ///< 2.8
    base::Text members{};                  ///< 2.9
    std::string website{};                 ///< 2.10
    base::Text other_information{};        ///< 2.10
    base::Text hours{};                    ///< 2.11
    std::string emergency_phone{};         ///< 2.11: answered outside of the hours.
    std::vector<std::string> languages{};  ///< 2.11: in which the team answers, the preferred first (RFC 5646).
    base::Text mission{};                  ///< 3.1
    base::Text constituency{};             ///< 3.2
    base::Text sponsor{};                  ///< 3.3
    base::Text authority{};                ///< 3.4
    base::Text incident_types{};           ///< 4.1
    base::Text disclosure{};               ///< 4.2
    base::Text communication{};            ///< 4.3
    base::Text response{};                 ///< 5.1
    base::Text triage{};                   ///< 5.1.1
    base::Text coordination{};             ///< 5.1.2
    base::Text resolution{};               ///< 5.1.3
    base::Text proactive{};                ///< 5.2
    base::Text reporting{};                ///< 6: how to report, and with what.
    base::Text disclaimer{};               ///< 7
    base::Text distribution{};             ///< 1.2: who is told of changes of the description.
    std::vector<std::string> locations{};  ///< 1.3: where else the description stands; web addresses.
    std::string portal{};             ///< `https://csirt.example`: under which the world reaches this server's portal.
    std::string disclosure_policy{};  ///< `Policy` of RFC 9116: a web address.
    PublicFigures figures = PublicFigures::withheld;

    friend bool operator==(TeamContent const&, TeamContent const&) = default;
};

struct Team {
    TeamContent content{};
    std::int64_t version = 0;  ///< 0 until it is told for the first time.
    std::optional<base::Instant> changed_at{};

    /// By which the team itself is written to; without its key. Nothing where it has told no address.
    [[nodiscard]] std::optional<Contact> as_contact() const;
};

/// The fields of one kind with their names, as stored and in the API; so that nobody lists them again.
template <class Value>
struct TeamField {
    std::string_view name;
    Value TeamContent::*value;
    std::size_t longest;  ///< Letters, of a text in each language.
};
std::span<TeamField<base::Text> const> team_texts();
std::span<TeamField<std::string> const> team_lines();
/// `longest` is of an entry; a list has at most 20.
std::span<TeamField<std::vector<std::string>> const> team_lists();

/// The content as it is to be stored: blanks around texts cut, the fingerprint without blanks. Fails with `invalid`,
/// the detail beginning with the field: `mission.sq: …`.
base::Result<TeamContent> checked(TeamContent content);

/// What a team of which everybody is to think well has still to tell: `email`, or `mission.sq` where it stands in
/// another language already.
std::vector<std::string> missing(TeamContent const& content);

}  // namespace kula::registry
