#pragma once
/// @file
/// Which handler answers which path.
///
/// Built before the server starts, read-only afterwards and then safe from any thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "net/http.hpp"

namespace kula::net {

/// Answers one request. Runs on a handler thread, many at once. An exception becomes 500 and is reported.
using Handler = std::function<Response(Request const&)>;

/// Which threads run a handler.
enum class Lane : std::uint8_t {
    quick,  ///< Answers from memory or one query.
    heavy,  ///< Imports, exports: may take many seconds; never holds up the quick ones.
};

struct RouteOptions {
    std::size_t body_limit = 1024 * 1024;  ///< Bytes; a longer body is refused with 413 before it is read.
    Lane lane = Lane::quick;
};

struct Route {
    Method method;
    std::string pattern;
    Handler handler;
    RouteOptions options;
    std::vector<std::string> segments;
};

class Router {
public:
    /// `pattern` is a path such as `/api/v1/sightings/{id}`; a name in braces stands for one segment that is not empty.
    /// A last segment `{name...}` stands for the rest of the path, which may be empty and may hold slashes. Where
    /// several patterns fit, the one that is literal earlier wins. `GET` also answers `HEAD`; `OPTIONS` is answered by
    /// the server. The same method and pattern twice is a bug (`std::logic_error`).
    Router& add(Method method, std::string_view pattern, Handler handler, RouteOptions options = {});

    /// Answers `GET` of a path that no pattern fits; without it the server does, with 404 as problem+json. Once.
    Router& otherwise(Handler handler);

    struct Found {
        Route const* route;
        std::vector<Parameter> parameters;
    };
    struct NoSuchPath {};
    struct WrongMethod {
        std::string allow;  ///< The value of `Allow`: `GET, HEAD, OPTIONS`.
    };
    using Outcome = std::variant<Found, NoSuchPath, WrongMethod>;

    /// `segments` are the path's parts, decoded: `/a/b%2Fc` is {`a`, `b/c`}, `/` is {``}.
    [[nodiscard]] Outcome find(Method method, std::vector<std::string> const& segments) const;

    [[nodiscard]] std::vector<Route> const& routes() const { return routes_; }

private:
    std::vector<Route> routes_;
    std::optional<Route> otherwise_;  ///< Its pattern is empty.
};

}  // namespace kula::net
