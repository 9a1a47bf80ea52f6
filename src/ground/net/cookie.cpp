#include "net/cookie.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/must.hpp"
#include "text.hpp"

namespace kula::net {
namespace {

constexpr std::size_t most_cookies = 100;

/// RFC 6265 §4.1.1: printable ASCII but blank, quote, comma, semicolon, backslash.
bool is_cookie_octet(char c) { return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; }

bool is_cookie_value(std::string_view text) { return std::all_of(text.begin(), text.end(), is_cookie_octet); }

bool is_path(std::string_view text) {
    return !text.empty() && text.front() == '/' &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f && c != ';'; });
}

std::string_view without_quotes(std::string_view value) {
    bool const quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return quoted ? value.substr(1, value.size() - 2) : value;
}

/// Takes the next `name=value` off the header's beginning.
std::string_view next_pair(std::string_view& rest) {
    auto const end = std::min(rest.find(';'), rest.size());
    auto const pair = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return pair;
}

void check(Cookie const& cookie) {
    base::must(is_token(cookie.name), "a cookie's name is a token");
    base::must(is_cookie_value(cookie.value), "a cookie's value has only cookie octets");
    base::must(is_path(cookie.path), "a cookie's path begins with a slash and ends no attribute");
    base::must(!cookie.max_age || cookie.max_age->count() >= 0, "a cookie's age is not negative");
    bool const for_host = same_ignoring_case(cookie.name.substr(0, 7), "__Host-");
    bool const for_tls = same_ignoring_case(cookie.name.substr(0, 9), "__Secure-");
    base::must(cookie.secure || !(for_host || for_tls), "a cookie with __Host- or __Secure- is sent over TLS only");
    base::must(cookie.path == "/" || !for_host, "a cookie with __Host- has the path /");
}

}  // namespace

std::optional<std::string_view> cookie(Request const& request, std::string_view name) {
    std::size_t seen = 0;
    for (auto const& field : request.headers) {
        if (!same_ignoring_case(field.name, "Cookie")) continue;
        std::string_view rest = field.value;
        while (!rest.empty() && seen++ < most_cookies) {
            auto const pair = next_pair(rest);
            auto const equals = pair.find('=');
            if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name) continue;
            auto const value = without_quotes(trimmed(pair.substr(equals + 1)));
            return is_cookie_value(value) ? std::optional(value) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::string to_text(Cookie const& cookie) {
    check(cookie);
    auto text = fmt::format("{}={}; Path={}", cookie.name, cookie.value, cookie.path);
    if (cookie.max_age) text += fmt::format("; Max-Age={}", cookie.max_age->count());
    if (cookie.secure) text += "; Secure";
    if (cookie.http_only) text += "; HttpOnly";
    text += cookie.same_site == SameSite::strict ? "; SameSite=Strict" : "; SameSite=Lax";
    return text;
}

void set_cookie(Response& response, Cookie const& cookie) { response.headers.add("Set-Cookie", to_text(cookie)); }

}  // namespace kula::net
