#include "registry/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/must.hpp"
#include "fold.hpp"

namespace kula::registry {
namespace {

constexpr std::size_t longest_domain = 253;  // RFC 1035 §2.3.4, without the final dot.
constexpr std::size_t longest_label = 63;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > longest_label || label.front() == '-' || label.back() == '-') return false;
    return std::all_of(label.begin(), label.end(),
                       [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

/// A last label of digits would make a mistyped address a domain.
bool is_name(std::string_view name) {
    if (name.size() > longest_domain || name.find('.') == std::string_view::npos) return false;
    for (;;) {
        auto const dot = name.find('.');
        if (!is_label(name.substr(0, dot))) return false;
        if (dot == std::string_view::npos) break;
        name.remove_prefix(dot + 1);
    }
    return name.find_first_not_of("0123456789") != std::string_view::npos;
}

std::optional<std::uint32_t> parse_as_number(std::string_view text) {
    std::uint32_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool has_as_prefix(std::string_view text) {
    return text.size() > 2 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'S' || text[1] == 's') &&
           text.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

}  // namespace

std::string_view to_text(NetworkKind kind) {
    switch (kind) {
        case NetworkKind::prefix: return "prefix";
        case NetworkKind::as_number: return "as";
        case NetworkKind::domain: break;
    }
    return "domain";
}

std::optional<NetworkKind> parse_network_kind(std::string_view text) {
    for (auto const kind : {NetworkKind::prefix, NetworkKind::as_number, NetworkKind::domain}) {
        if (text == to_text(kind)) return kind;
    }
    return std::nullopt;
}

std::optional<std::string> canonical_domain(std::string_view text) {
    while (!text.empty() && text.back() == '.') text.remove_suffix(1);
    if (text.empty() || text.size() > 4 * longest_domain) return std::nullopt;
    auto name = to_ascii_domain(text);
    if (!name || !is_name(*name)) return std::nullopt;
    return name;
}

base::Result<Network> Network::parse(std::string_view text) {
    text = trimmed(text);
    if (has_as_prefix(text)) return parse(NetworkKind::as_number, text);
    bool const is_address =
        text.find_first_of(":/") != std::string_view::npos || base::Address::parse(text).has_value();
    return parse(is_address ? NetworkKind::prefix : NetworkKind::domain, text);
}

base::Result<Network> Network::parse(NetworkKind kind, std::string_view text) {
    text = trimmed(text);
    Network out;
    out.kind_ = kind;
    if (kind == NetworkKind::prefix) {
        auto const prefix = base::Prefix::parse(text);
        if (!prefix) return base::invalid("is no address or prefix");
        if (prefix->length() == 0) return base::invalid("is the whole address space");
        out.prefix_ = *prefix;
    } else if (kind == NetworkKind::as_number) {
        auto const number = parse_as_number(has_as_prefix(text) ? text.substr(2) : text);
        if (!number || *number == 0) return base::invalid("is no AS number");
        out.as_number_ = *number;
    } else {
        auto name = canonical_domain(text);
        if (!name) return base::invalid("is neither an address, a prefix, an AS number nor a domain");
        out.domain_ = std::move(*name);
    }
    return out;
}

Network Network::of(base::Prefix const& prefix) {
    base::must(prefix.length() > 0, "a network is not the whole address space");
    Network out;
    out.prefix_ = prefix;
    return out;
}

Network Network::of_as(std::uint32_t as_number) {
    Network out;
    out.kind_ = NetworkKind::as_number;
    out.as_number_ = as_number;
    return out;
}

std::string Network::text() const {
    switch (kind_) {
        case NetworkKind::prefix: return prefix_.text();
        case NetworkKind::as_number: return fmt::format("AS{}", as_number_);
        case NetworkKind::domain: break;
    }
    return domain_;
}

}  // namespace kula::registry
