#include "name.hpp"

#include <unicode/ustring.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/ascii.hpp"
#include "formats/domain_name.hpp"

namespace kula::indicators {
namespace {

using base::is_digit;
using base::is_letter;
using base::lower;

struct Port {
    std::string_view text;
    bool given = false;
};

struct Authority {
    std::string_view host;
    Port port;
};

// RFC 3986 §3.2 without user information.
std::optional<Authority> split_authority(std::string_view text) {
    Authority out;
    std::size_t end = 0;
    if (!text.empty() && text.front() == '[') {
        end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        ++end;
    } else {
        end = std::min(text.find(':'), text.size());
    }
    out.host = text.substr(0, end);
    auto const rest = text.substr(end);
    if (rest.empty()) return out;
    if (rest.front() != ':') return std::nullopt;
    out.port = {rest.substr(1), true};
    return out;
}

int default_port(std::string_view scheme) {
    if (scheme == "http" || scheme == "ws") return 80;
    if (scheme == "https" || scheme == "wss") return 443;
    if (scheme == "ftp") return 21;
    return 0;
}

// `:8080`, or nothing for the scheme's default; no value for what is no port.
std::optional<std::string> canonical_port(Port const& port, std::string_view scheme) {
    if (!port.given) return std::string();
    if (port.text.empty()) return scheme.empty() ? std::nullopt : std::optional(std::string());
    int number = 0;
    auto const* const last = port.text.data() + port.text.size();
    auto const [end, fault] = std::from_chars(port.text.data(), last, number);
    if (fault != std::errc{} || end != last || number < 1 || number > 65535) return std::nullopt;
    if (number == default_port(scheme)) return std::string();
    return ":" + std::to_string(number);
}

bool is_scheme(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
    });
}

struct Host {
    std::string text;
    std::optional<base::Address> address;
};

std::optional<Host> canonical_host(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        auto const address = base::Address::parse(text.substr(1, text.size() - 2));
        if (!address || address->is_v4()) return std::nullopt;
        return Host{"[" + address->text() + "]", address};
    }
    if (!text.empty() && is_digit(text.back())) {
        if (auto const address = base::Address::parse(text)) return Host{address->text(), address};
    }
    auto domain = canonical_domain(text);
    if (!domain) return std::nullopt;
    return Host{std::move(*domain), std::nullopt};
}

struct Token {
    std::string_view defanged;
    std::string_view plain;
};

constexpr Token tokens[] = {
    {"[.]", "."},     {"(.)", "."}, {"{.}", "."}, {"[dot]", "."}, {"(dot)", "."}, {"{dot}", "."},
    {"[://]", "://"}, {"[:]", ":"}, {"(:)", ":"}, {"[/]", "/"},   {"[.", "."},    {".]", "."},
};

constexpr Token schemes[] = {
    {"hxxps:", "https:"}, {"hxxp:", "http:"}, {"hxxps[", "https["}, {"hxxp[", "http["}, {"h**ps:", "https:"},
    {"h**p:", "http:"},   {"hxtp:", "http:"}, {"htxp:", "http:"},   {"fxp:", "ftp:"},
};

bool starts_with_folded(std::string_view text, std::string_view start) {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

Token const* token_at(std::string_view text) {
    auto const c = text.front();
    if (c != '[' && c != '(' && c != '{' && c != '.') return nullptr;
    auto const* const found = std::find_if(std::begin(tokens), std::end(tokens), [&](Token const& token) {
        return starts_with_folded(text, token.defanged);
    });
    return found == std::end(tokens) ? nullptr : found;
}

// Cheap, and right for nearly every line of a list.
bool may_be_defanged(std::string_view text) {
    if (text.size() > 1 && (lower(text[0]) == 'h' || lower(text[0]) == 'f')) return true;
    return text.find_first_of("[({]") != std::string_view::npos;
}

// How many bytes scheme and authority take.
std::size_t head_length(std::string_view text) {
    auto end = text.find_first_of("/?#");
    if (end == std::string_view::npos) return text.size();
    if (end > 0 && text[end - 1] == ':' && text.substr(end, 2) == "//") end = text.find_first_of("/?#", end + 2);
    return std::min(end, text.size());
}

}  // namespace

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool is_clean_text(std::string_view text) {
    bool ascii = true;
    unsigned char before = 0;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const c1_control = before == 0xc2 && byte < 0xa0;
        if ((byte < 0x20 && byte != 0x09) || byte == 0x7f || c1_control) return false;
        ascii = ascii && byte < 0x80;
        before = byte;
    }
    if (ascii) return true;
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<std::int32_t>(text.size()), &status);
    return status == U_BUFFER_OVERFLOW_ERROR;
}

std::optional<std::string> canonical_domain(std::string_view text) {
    if (text.substr(0, 2) == "*.") {
        text.remove_prefix(2);
    } else if (text.size() > 1 && text.front() == '.') {
        text.remove_prefix(1);
    }
    return formats::canonical_domain(text);
}

std::optional<CanonicalUrl> canonical_url(std::string_view text) {
    text = text.substr(0, text.find('#'));
    std::string scheme;
    auto const colon = text.find("://");
    if (colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
        scheme = ascii_lower(text.substr(0, colon));
        text.remove_prefix(colon + 3);
    }
    auto const end = std::min(text.find_first_of("/?"), text.size());
    auto authority_text = text.substr(0, end);
    auto const rest = text.substr(end);
    if (scheme.empty() && (rest.empty() || rest.front() != '/')) return std::nullopt;
    if (auto const at = authority_text.rfind('@'); at != std::string_view::npos) {
        if (scheme.empty()) return std::nullopt;
        authority_text.remove_prefix(at + 1);
    }
    auto const authority = split_authority(authority_text);
    if (!authority) return std::nullopt;
    auto const host = canonical_host(authority->host);
    auto const port = canonical_port(authority->port, scheme);
    if (!host || !port || rest.find_first_of(" \t") != std::string_view::npos) return std::nullopt;
    CanonicalUrl out{scheme.empty() ? std::string() : scheme + "://", host->address};
    out.name += host->text + *port;
    if (rest.empty() || rest.front() != '/') out.name += '/';
    out.name += rest;
    if (out.name.size() > longest_value) return std::nullopt;
    return out;
}

std::string_view host_of(std::string_view canonical) {
    auto const head = head_length(canonical);
    auto host = canonical.substr(0, head);
    if (auto const colon = host.find("://"); colon != std::string_view::npos) host.remove_prefix(colon + 3);
    if (!host.empty() && host.front() == '[') return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.find(':'));
}

std::optional<std::string> refanged(std::string_view text) {
    if (!may_be_defanged(text)) return std::nullopt;
    std::string out;
    auto const* const scheme = std::find_if(std::begin(schemes), std::end(schemes), [&](Token const& token) {
        return starts_with_folded(text, token.defanged);
    });
    bool defanged = scheme != std::end(schemes);
    auto const head = head_length(text);
    std::size_t i = 0;
    if (defanged) {
        // What ends the scheme's token may begin the next one.
        out = scheme->plain.substr(0, scheme->plain.size() - 1);
        i = scheme->defanged.size() - 1;
    }
    while (i < text.size()) {
        if (!defanged && i >= head) return std::nullopt;
        if (auto const* const token = token_at(text.substr(i))) {
            defanged = true;
            out += token->plain;
            i += token->defanged.size();
        } else {
            out += text[i++];
        }
    }
    return defanged ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace kula::indicators
