#pragma once
/// @file
/// The contract as a page, and what each of its operations asks and offers; compiled in with the contract.

#include <cstdint>
#include <span>
#include <string_view>

#include "api/contract.hpp"

namespace kula::api {

/// The contract to be read by people: HTML without scripts, its style inside.
std::string_view contract_page();
/// `sha256-…` of that style, for the page's Content-Security-Policy.
std::string_view contract_page_style();

/// Whether an operation's `fields` are members of its answer, or of each of the answer's `items`.
enum class FieldsOf : std::uint8_t { answer, items };

/// What the contract says of one operation beside its answers.
struct OperationRule {
    std::string_view method;  ///< `GET`.
    std::string_view path;
    /// A permission of `data/access/roles.json`, or `public`, `signing_in`, `signed_in` (`x-permission`).
    std::string_view permission;
    std::string_view name{};    ///< `operationId`.
    std::string_view fields{};  ///< What `fields` may name, parted by blanks; empty where nothing may be chosen.
    FieldsOf fields_of = FieldsOf::answer;
    bool is_grave = false;           ///< `x-confirmed`: a session's person has shown lately who they are.
    bool exports = false;            ///< A list that can be had whole, as CSV or JSON Lines.
    bool takes_key = false;          ///< `Idempotency-Key`.
    bool tells_secret = false;       ///< Its answer holds what is told once (`x-tells-secret`).
    std::string_view deprecation{};  ///< Value of `Deprecation` (`x-deprecated`); empty while it stays.
    std::string_view sunset{};       ///< Value of `Sunset` (`x-sunset`); empty while no day is set.
    bool takes_basic = false;        ///< A token is taken as the password of HTTP Basic, too (`security`).
};
std::span<OperationRule const> operation_rules();

}  // namespace kula::api
