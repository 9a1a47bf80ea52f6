#pragma once
/// @file
/// The gate before every route: who are you, may you. What an operation asks stands in the contract (`x-permission`); a
/// route that the contract does not know cannot be added.
///
/// A caller is known by a session's cookie or by `Authorization: Bearer`. Unsafe requests of a session must carry its
/// `X-CSRF-Token`. What the contract offers in one way for many operations is done here as well: `fields`,
/// `Idempotency-Key`, exports, `Deprecation` and `Sunset`. Safe from any thread.

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

private:
    /// `not_found` for nobody; `invalid` where what should tell who asks is no such thing.
    [[nodiscard]] base::Result<access::Identity> identify(net::Request const& request,
                                                          access::Origin const& origin) const;
    [[nodiscard]] base::Result<Caller> caller_of(net::Request const& request, access::Identity identity,
                                                 access::Origin origin) const;
    [[nodiscard]] net::Response pass(net::Request const& request, std::string_view permission,
                                     GuardedHandler const& handler) const;
    /// A request that may pass.
    [[nodiscard]] net::Response serve(net::Request const& request, Caller const& caller, OperationRule const& rule,
                                      GuardedHandler const& handler) const;

    access::Access& access_;
    registry::Registry const& registry_;
    Once& once_;
    Exporter const& exporter_;
    std::span<OperationRule const> rules_;
};

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
