#pragma once
/// @file
/// The gate before every route: who are you, may you. What an operation asks stands in the contract (`x-permission`); a
/// route that the contract does not know cannot be added.
///
/// A caller is known by a session's cookie or by `Authorization: Bearer`; where the contract says so, for programs that
/// can do no better, by a token as the password of HTTP Basic. Unsafe requests of a session must carry its
/// `X-CSRF-Token`. What a desk asks by itself carries `X-Background: 1` and is no use of its session; nor is the event
/// stream. What the contract calls grave (`x-confirmed`) is done within ten minutes of its person's showing who they
/// are; otherwise the answer is 403 of the type `confirmation_needed`. What the contract offers in one way for many
/// operations is done here as well: `fields`, `Idempotency-Key`, exports, `Deprecation` and `Sunset`. Safe from any
/// thread.

#include <functional>
#include <span>
#include <string_view>

#include "access/access.hpp"
#include "contract.hpp"
#include "net/router.hpp"
#include "registry/registry.hpp"

namespace kula::api {

/// Who asks. Of a public operation it may be nobody: then `identity.actor` is empty.
struct Caller {
    base::Actor actor;
    access::Identity identity{};
    access::Origin origin{};

    /// Of an operation that only sessions reach.
    [[nodiscard]] access::Session const& session() const;
    [[nodiscard]] access::User const& user() const;
};

using GuardedHandler = std::function<net::Response(net::Request const&, Caller const&)>;

class Exporter;
class Once;

class Gate {
public:
    /// All outlive it. `rules` are the contract's.
    Gate(access::Access& access, registry::Registry const& registry, Once& once, Exporter const& exporter,
         std::span<OperationRule const> rules = operation_rules())
        : access_(access), registry_(registry), once_(once), exporter_(exporter), rules_(rules) {}

    /// The handler behind the gate. A method and pattern without a rule in the contract are a bug (`std::logic_error`).
    [[nodiscard]] net::Handler guard(net::Method method, std::string_view pattern, GuardedHandler handler) const;
    /// Whether whoever asked this is still known and may the same, for an answer that lasts. While the database does
    /// not answer, they are.
    [[nodiscard]] std::function<bool()> still_holds(net::Request const& request, Caller const& caller) const;
    /// Called after every request that may have ended a session or changed what somebody may. Before requests come.
    void on_identities_changed(std::function<void()> listener) { identities_changed_ = std::move(listener); }

private:
    struct Rule {
        std::string_view permission;
        bool is_grave = false;
        bool is_an_accounts = false;  ///< A token has none.
        bool changes_identities = false;
        bool takes_basic = false;
        access::Use use = access::Use::attended;
    };
    /// `not_found` for nobody; `invalid` where what should tell who asks is no such thing.
    [[nodiscard]] base::Result<access::Identity> identify(net::Request const& request, access::Origin const& origin,
                                                          Rule const& rule) const;
    [[nodiscard]] base::Result<Caller> caller_of(net::Request const& request, access::Identity identity,
                                                 access::Origin origin) const;
    [[nodiscard]] std::optional<net::Response> objection(net::Request const& request, access::Identity const& identity,
                                                         Rule const& rule) const;
    [[nodiscard]] net::Response pass(net::Request const& request, Rule const& rule,
                                     GuardedHandler const& handler) const;
    /// A request that may pass.
    [[nodiscard]] net::Response serve(net::Request const& request, Caller const& caller, OperationRule const& told,
                                      Rule const& rule, GuardedHandler const& handler) const;

    access::Access& access_;
    registry::Registry const& registry_;
    Once& once_;
    Exporter const& exporter_;
    std::span<OperationRule const> rules_;
    std::function<void()> identities_changed_{};
};

/// What a client does about it: ask the person who they are (`/session/password`, `/session/totp`), then ask again.
constexpr std::string_view confirmation_needed = "urn:kula:problem:confirmation-needed";

/// A router whose routes all stand behind the gate.
class GuardedRouter {
public:
    GuardedRouter(net::Router& router, Gate const& gate) : router_(router), gate_(gate) {}
    GuardedRouter& add(net::Method method, std::string_view pattern, GuardedHandler handler,
                       net::RouteOptions options = {});

private:
    net::Router& router_;
    Gate const& gate_;
};

}  // namespace kula::api
