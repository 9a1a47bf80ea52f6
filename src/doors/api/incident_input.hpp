#pragma once
/// @file
/// The contract's `IncidentInput`, and people that it and a report name.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/readers.hpp"
#include "base/result.hpp"
#include "incidents/incident.hpp"
#include "json.hpp"
#include "members.hpp"
#include "net/http.hpp"

namespace kula::api {

/// Whether these are people of the team who may be named.
using AreOfTheTeam = std::function<base::Result<bool>(base::Readers const& people)>;

/// What is wrong with it goes to `problems`, each under its path behind `path`.
incidents::IncidentContent incident_from(Json const& json, std::string path, AreOfTheTeam const& are_of_the_team,
                                         std::vector<net::FieldProblem>& problems);

/// `tlp`, `pap` and `readers`.
void take_label(Members& members, base::Marking& marking, base::Readers& readers, AreOfTheTeam const& are_of_the_team);
/// Takes a moment where one is told.
void take_moment(Members& members, std::string_view name, std::optional<base::Instant>& to);

/// The body's members, taken; what is wrong with them.
using TakeBody = std::function<void(Json const& json, std::vector<net::FieldProblem>& problems)>;
std::optional<net::Response> read_body(net::Request const& request, TakeBody const& take);

}  // namespace kula::api
