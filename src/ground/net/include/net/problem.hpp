#pragma once
/// @file
/// Errors as clients read them: `application/problem+json`.
///
/// Source: RFC 9457. `type` is `about:blank` unless a client is to do something about it: the status says what kind it
/// is, `detail` what happened.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/http.hpp"

namespace kula::net {

using base::FieldProblem;

struct Problem {
    Status status = Status::bad_request;
    std::string detail{};  ///< One sentence for the person who reads the answer; no secrets, no internals.
    std::vector<FieldProblem> errors{};                 ///< Only with 422.
    std::optional<std::chrono::seconds> retry_after{};  ///< When asking again may help: `Retry-After`.
    std::string type{};                                 ///< A URI; empty for `about:blank`.
};

/// `{"type":"about:blank","title":"Not Found","status":404,"detail":"…","fault":"not_found","errors":[{"field":"…",
/// "message":"…"}]}`; `errors` only where there are any. Bytes that are not UTF-8 become U+FFFD.
/// 401 carries `WWW-Authenticate: Bearer realm="kula"` (RFC 9110 §15.5.2, RFC 6750 §3), 429 always a `Retry-After`.
Response to_response(Problem const& problem);

/// The HTTP answer to a room's error: `invalid` 422, `not_found` 404, `conflict` 409, `unavailable` 503 (with
/// `Retry-After`), `refused` 403. The fields it names are told each.
Response to_response(base::Error const& error);

}  // namespace kula::net
