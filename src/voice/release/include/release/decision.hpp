#pragma once
/// @file
/// May this leave, to whom, and how? The rules, pure: no clock, no database.
///
/// Source: TLP 2.0 (FIRST, August 2022); the Permissible Actions Protocol; and what a team owes those who trust it: who
/// has a key is written to with it, and what is TLP:AMBER or stricter never travels where others can read it unless the
/// organisation agreed to that. A webhook goes to the organisation's own machine, over TLS and signed (0031).

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/marking.hpp"
#include "registry/contact_key.hpp"

namespace kula::release {

/// How it travels.
enum class Form : std::uint8_t { openpgp, smime, plain, webhook };

enum class Verdict : std::uint8_t {
    released,
    held,     ///< Not as things are; somebody can change them.
    refused,  ///< Never, like this.
};

enum class Reason : std::uint8_t {
    encrypted,           ///< Released: there is a key.
    own_machine,         ///< Released: straight to the organisation's own machine.
    label_allows_plain,  ///< Released: nothing under this label needs to be hidden on the way.
    plain_is_agreed,     ///< Released: the organisation agreed, up to this label or a stricter one.
    no_key,              ///< Held, as all that follow down to `no_own_key`.
    key_expired,
    key_revoked,
    key_not_yet_valid,
    key_cannot_encrypt,
    no_own_key,      ///< There is a key of theirs, but the team has none of this kind to sign with.
    red_by_role,     ///< Refused: TLP:RED is for persons by name.
    role_is_public,  ///< Refused: who speaks to the press gets what everybody may know.
};

std::string_view to_text(Form form);
std::string_view to_text(Verdict verdict);
std::string_view to_text(Reason reason);
std::optional<Form> parse_form(std::string_view text);
std::optional<Verdict> parse_verdict(std::string_view text);
std::optional<Reason> parse_reason(std::string_view text);

/// Whether whoever sends it named this person, or whoever has the role.
enum class Addressed : std::uint8_t { by_role, by_name };
std::string_view to_text(Addressed addressed);
std::optional<Addressed> parse_addressed(std::string_view text);

/// What the team can sign with.
struct OwnKeys {
    bool openpgp = false;
    bool smime = false;
};

struct Question {
    base::Marking marking;
    Addressed addressed = Addressed::by_role;
    bool is_public_role = false;                  ///< Press.
    std::optional<registry::KeyState> openpgp{};  ///< Of the contact's key; absent where there is none.
    std::optional<registry::KeyState> smime{};
    OwnKeys own{};
    std::optional<base::Tlp> plain_agreed{};  ///< Up to which label; TLP:RED is never agreed.
    bool is_own_machine = false;              ///< To the organisation's webhook: no matter which keys there are.
};

struct Decision {
    Verdict verdict = Verdict::held;
    Reason reason = Reason::no_key;
    Form form = Form::plain;  ///< Of what is released; of the key that stands in the way otherwise.
    friend bool operator==(Decision const&, Decision const&) = default;
};

/// Whether something could be encrypted to it now.
constexpr bool is_usable(registry::KeyState state) {
    return state == registry::KeyState::valid || state == registry::KeyState::expiring;
}

Decision decide(Question const& question);

}  // namespace kula::release
