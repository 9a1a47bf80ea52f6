#include "net/router.hpp"

#include <algorithm>
#include <optional>

#include "base/must.hpp"

namespace kula::net {
namespace {

bool is_parameter(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_rest(std::string_view segment) {
    return is_parameter(segment) && segment.size() > 5 && segment.substr(segment.size() - 4) == "...}";
}

std::string name_of(std::string_view segment) {
    return std::string(segment.substr(1, segment.size() - (is_rest(segment) ? 5 : 2)));
}

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    path.remove_prefix(1);
    for (;;) {
        auto const slash = path.find('/');
        segments.emplace_back(path.substr(0, slash));
        if (slash == std::string_view::npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

std::string joined(std::vector<std::string> const& segments, std::size_t from) {
    std::string out;
    for (auto at = from; at < segments.size(); ++at) {
        if (at > from) out.push_back('/');
        out += segments[at];
    }
    return out;
}

bool fits(std::vector<std::string> const& pattern, std::vector<std::string> const& path) {
    bool const open_ended = is_rest(pattern.back());
    if (open_ended ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (is_rest(pattern[at])) return true;
        if (is_parameter(pattern[at]) ? path[at].empty() : pattern[at] != path[at]) return false;
    }
    return true;
}

std::vector<Parameter> parameters_of(std::vector<std::string> const& pattern, std::vector<std::string> const& path) {
    std::vector<Parameter> parameters;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        if (!is_parameter(pattern[at])) continue;
        parameters.push_back({name_of(pattern[at]), is_rest(pattern[at]) ? joined(path, at) : path[at]});
    }
    return parameters;
}

/// 0 literal, 1 parameter, 2 rest: the smaller, looked at from the left, is the better fit.
bool is_better(std::vector<std::string> const& a, std::vector<std::string> const& b) {
    auto const rank = [](std::string const& segment) { return is_rest(segment) ? 2 : is_parameter(segment) ? 1 : 0; };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](auto const& x, auto const& y) { return rank(x) < rank(y); });
}

bool answers(Method offered, Method asked) {
    return offered == asked || (offered == Method::get && asked == Method::head);
}

/// The methods of every pattern that fits this path.
std::string allowed(std::vector<Route> const& routes, std::vector<std::string> const& path) {
    std::string allow;
    for (auto const method : {Method::get, Method::post, Method::put, Method::patch, Method::remove}) {
        bool const offered = std::any_of(routes.begin(), routes.end(), [&](Route const& route) {
            return route.method == method && fits(route.segments, path);
        });
        if (!offered) continue;
        allow += to_text(method);
        allow += method == Method::get ? ", HEAD, " : ", ";
    }
    return allow + "OPTIONS";
}

}  // namespace

Router& Router::add(Method method, std::string_view pattern, Handler handler, RouteOptions options) {
    base::must(!pattern.empty() && pattern.front() == '/', "a route's pattern begins with a slash");
    base::must(method != Method::head && method != Method::options, "the server answers HEAD and OPTIONS itself");
    Route route{method, std::string(pattern), std::move(handler), options, split(pattern)};
    bool const taken = std::any_of(routes_.begin(), routes_.end(), [&](Route const& other) {
        return other.method == method && other.segments == route.segments;
    });
    base::must(!taken, "a method and pattern have one handler");
    routes_.push_back(std::move(route));
    return *this;
}

Router& Router::otherwise(Handler handler) {
    base::must(!otherwise_, "what no pattern fits has one handler");
    otherwise_ = Route{Method::get, {}, std::move(handler), {}, {}};
    return *this;
}

Router::Outcome Router::find(Method method, std::vector<std::string> const& segments) const {
    Route const* best = nullptr;
    bool path_is_known = false;
    for (auto const& route : routes_) {
        if (!fits(route.segments, segments)) continue;
        path_is_known = true;
        if (!answers(route.method, method)) continue;
        if (best == nullptr || is_better(route.segments, best->segments)) best = &route;
    }
    if (!path_is_known && otherwise_ && answers(otherwise_->method, method)) return Found{&*otherwise_, {}};
    if (!path_is_known) return NoSuchPath{};
    if (best == nullptr) return WrongMethod{allowed(routes_, segments)};
    return Found{best, parameters_of(best->segments, segments)};
}

}  // namespace kula::net
