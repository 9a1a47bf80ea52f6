#pragma once
/// @file
/// What is sent: a record put together from fields that were typed, or taken over from the one that is there.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json.hpp"

namespace kula::client {

/// Puts fields into a body, each as it was typed: `name=Example Bank`, `contacts[0].email=soc@bank.example`,
/// `roles=duty_analyst` once for each value of a list, `networks:=[…]` for anything as JSON. Text becomes what the
/// schema asks for; `null`, or nothing behind `=`, is null where null may stand. The first mention of a list replaces
/// it. `invalid`: no such field, or no such value; the sentence names the field.
base::Result<void> put_fields(Json& body, std::vector<std::string> const& fields, Json const& schema);

/// Gives what is required and absent its only harmless value: null, or an empty list. Anything else stays absent, for
/// the server to ask for.
void fill_up(Json& body, Json const& schema);

/// Leaves of a record that was answered what may be sent: members that the answer has and the input does not are gone.
/// Members that neither knows stay, so that the server can refuse a slip of the pen.
Json sendable(Json const& record, Json const& input, Json const& answer);

}  // namespace kula::client
