#pragma once
/// @file
/// People, sessions and tokens as the contract shows them.

#include <fmt/format.h>

#include <cstddef>

#include "access/access.hpp"
#include "fields.hpp"
#include "gate.hpp"
#include "json.hpp"
#include "reply.hpp"

namespace kula::api {

/// Most bytes that are looked at of what proves who somebody is.
constexpr std::size_t longest_password = 1024;
constexpr std::size_t longest_code = 64;

/// Schema `Session`.
Json shown(access::Identity const& identity);
/// Schema `User`.
Json shown(access::User const& user);
/// Schema `OpenSession`; `current` is the one that asks.
Json shown(access::Session const& session, std::optional<access::SessionId> current);
/// Schema `Token`.
Json shown(access::Token const& token);
/// Schema `Invited`.
Json shown(access::Invited const& invited);

/// A fault in one's own account: a session that ended meanwhile is 401.
inline net::Response refusal_of_own(base::Error const& error) {
    if (error.fault == base::Fault::not_found && error.detail == "no such session")
        return net::to_response(net::Problem{net::Status::unauthorized, "the session has ended"});
    return refusal(error);
}

/// The answer to an attempt: 429 while it must wait, 401 where what was told is wrong.
template <class T>
std::optional<net::Response> objection_to(base::Result<std::variant<T, access::Delayed>> const& attempt) {
    if (!attempt && attempt.error().fault == base::Fault::refused)
        return net::to_response(net::Problem{net::Status::unauthorized, attempt.error().detail});
    if (!attempt) return refusal_of_own(attempt.error());
    auto const* const delayed = std::get_if<access::Delayed>(&*attempt);
    if (delayed == nullptr) return std::nullopt;
    return net::to_response(net::Problem{net::Status::too_many_requests,
                                         fmt::format("wait {} s before the next attempt", delayed->wait.count()),
                                         {},
                                         delayed->wait});
}

/// Schema `Session` of what signing in yielded, and its cookie.
net::Response signed_in(access::Access& access, access::SignedIn const& made, net::Request const& request,
                        Caller const& caller);
/// The same inside a larger answer: `{session, recovery_codes}`.
net::Response enrolled(access::Access& access, access::Access::Enrolled const& made, net::Request const& request,
                       Caller const& caller, net::Status status = net::Status::ok);

/// The member `organisation`: null, or one that the registry knows; anything else is noted in the fields.
std::optional<base::Uuid> organisation_from(Fields& fields, registry::Registry const& registry,
                                            base::Clearance const& clearance);
/// `{items}`, schema `OpenSession`.
net::Response list_sessions(access::Access const& access, access::UserId user,
                            std::optional<access::SessionId> current);

}  // namespace kula::api
