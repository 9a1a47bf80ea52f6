#include "formats/url.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "formats/domain_name.hpp"

namespace kula::formats {
namespace {

struct UrlPort {
    std::string_view text;
    bool given = false;
};

struct Authority {
    std::string_view host;
    UrlPort port;
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
std::optional<std::string> canonical_port(UrlPort const& port, std::string_view scheme) {
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
    return !text.empty() && base::is_letter(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return base::is_letter(c) || base::is_digit(c) || c == '+' || c == '-' || c == '.';
    });
}

// An indicator of a domain speaks of its subdomains anyway, and lists write so in URLs too.
std::string_view without_wildcard(std::string_view host) {
    if (host.substr(0, 2) == "*.") return host.substr(2);
    return host.size() > 1 && host.front() == '.' ? host.substr(1) : host;
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
    if (!text.empty() && base::is_digit(text.back())) {
        if (auto const address = base::Address::parse(text)) return Host{address->text(), address};
    }
    auto domain = canonical_domain(without_wildcard(text));
    if (!domain) return std::nullopt;
    return Host{std::move(*domain), std::nullopt};
}

}  // namespace

std::optional<CanonicalUrl> canonical_url(std::string_view text) {
    text = text.substr(0, text.find('#'));
    std::string scheme;
    auto const colon = text.find("://");
    if (colon != std::string_view::npos && is_scheme(text.substr(0, colon))) {
        scheme = base::lower_case(text.substr(0, colon));
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
    if (out.name.size() > longest_url) return std::nullopt;
    return out;
}

std::string_view host_of(std::string_view canonical) {
    auto const head = head_length(canonical);
    auto host = canonical.substr(0, head);
    if (auto const colon = host.find("://"); colon != std::string_view::npos) host.remove_prefix(colon + 3);
    if (!host.empty() && host.front() == '[') return host.substr(1, host.find(']') - 1);
    return host.substr(0, host.find(':'));
}

std::size_t head_length(std::string_view url) {
    auto end = url.find_first_of("/?#");
    if (end == std::string_view::npos) return url.size();
    if (end > 0 && url[end - 1] == ':' && url.substr(end, 2) == "//") end = url.find_first_of("/?#", end + 2);
    return std::min(end, url.size());
}

}  // namespace kula::formats
