#pragma once
/// @file
/// Text as HTTP understands it: ASCII case, tokens, percent-encoding. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "net/http.hpp"

namespace kula::net {

using base::lower_case;
bool same_ignoring_case(std::string_view a, std::string_view b);
/// Without optional white space (RFC 9110 §5.6.3) at either end.
constexpr std::string_view trimmed(std::string_view text) { return base::trimmed(text, " \t"); }
/// RFC 9110 §5.6.2.
bool is_token(std::string_view text);
/// One to five digits (RFC 3986 §3.2.3; an empty port means the default one and is the caller's to allow).
bool is_port(std::string_view text);
/// What a header field may hold (RFC 9110 §5.5): no control character but the tab.
bool is_field_value(std::string_view text);
/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates.
bool is_utf8(std::string_view text);
/// The elements of a comma-separated list (RFC 9110 §5.6.1), trimmed, empty ones left out. Quotes are not looked at.
std::vector<std::string_view> list_elements(std::string_view text);

/// What a request's target says. `segments` as `Router::find` takes them.
struct Target {
    std::string path;
    std::vector<std::string> segments;
    std::optional<std::vector<Parameter>> query;  ///< Nothing where it is badly encoded.
    std::string authority;  ///< Of an absolute-form target (RFC 9112 §3.2.2), which overrules `Host`; else empty.
};

/// Nothing for what is no origin-form or absolute-form target, or where the path is badly encoded: bad
/// percent-encoding, control characters, or bytes that are not UTF-8 once decoded.
std::optional<Target> parse_target(std::string_view target);

}  // namespace kula::net
