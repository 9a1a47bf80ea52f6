#pragma once
/// @file
/// Answers, refusals and preconditions in the forms of the contract.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json.hpp"
#include "net/http.hpp"
#include "net/problem.hpp"

namespace kula::api {

net::Response reply(Json const& json, net::Status status = net::Status::ok);
/// With `ETag: "version"`.
net::Response reply_versioned(Json const& json, std::int64_t version, net::Status status = net::Status::ok);
/// A room's error. An `invalid` whose detail begins with a field (`networks[1].value: not a prefix`) names it in
/// `errors`.
net::Response refusal(base::Error const& error);
/// 422 with these fields.
net::Response refusal(std::vector<net::FieldProblem> errors);
/// An answer in JSON with further members (RFC 9457 §3.2).
net::Response with_members(net::Response response, Json const& members);

/// What `Content-Disposition` says of a file of this name, which may be any text (RFC 6266 §4.3, RFC 8187).
std::string attachment(std::string_view file_name);

/// `"version"`, in its quotes.
std::string etag(std::int64_t version);
/// The version in an `If-Match` of ours; nothing in one that we never wrote.
std::optional<std::int64_t> version_in(std::string_view if_match);
/// What stands against changing a record of this version: 428 without `If-Match`, 422 when that is
/// no entity tag, 412 when it names another version.
/// `History::precondition` says what changed, too.
std::optional<net::Response> precondition(net::Request const& request, std::int64_t version);
/// 415 unless the body is of one of these types.
std::optional<net::Response> other_type(net::Request const& request, std::initializer_list<std::string_view> types);
/// The body as JSON; 422 when it is none, or is nested deeper than anything in the contract.
base::Result<Json> parse_body(net::Request const& request);

}  // namespace kula::api
