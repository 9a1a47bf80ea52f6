#include "registry/network.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "checks.hpp"
#include "formats/domain_name.hpp"
#include "registry/fold.hpp"

namespace kula::registry {
namespace {

constexpr std::string_view country_mark = "country:";

/// Names are registered without a hyphen at either end of a label (RFC 5891 §4.2.3.1), though others are asked for.
bool is_registered(std::string_view domain) {
    return domain.front() != '-' && domain.find(".-") == std::string_view::npos &&
           domain.find("-.") == std::string_view::npos;
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

std::string country_code(std::string_view text) {
    std::string out(trimmed(text));
    for (auto& letter : out) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - ('a' - 'A'));
    }
    return out;
}

bool has_country_mark(std::string_view text) {
    return base::lower_case(text.substr(0, country_mark.size())) == country_mark;
}

}  // namespace

std::string_view to_text(NetworkKind kind) {
    switch (kind) {
        case NetworkKind::prefix: return "prefix";
        case NetworkKind::as_number: return "as";
        case NetworkKind::domain: return "domain";
        case NetworkKind::country: break;
    }
    return "country";
}

std::optional<NetworkKind> parse_network_kind(std::string_view text) {
    for (auto const kind : {NetworkKind::prefix, NetworkKind::as_number, NetworkKind::domain, NetworkKind::country}) {
        if (text == to_text(kind)) return kind;
    }
    return std::nullopt;
}

base::Result<Network> Network::parse(std::string_view text) {
    text = trimmed(text);
    if (has_as_prefix(text)) return parse(NetworkKind::as_number, text);
    if (has_country_mark(text)) return parse(NetworkKind::country, text);
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
    } else if (kind == NetworkKind::country) {
        auto code = country_code(has_country_mark(text) ? text.substr(country_mark.size()) : text);
        if (!is_country(code)) return base::invalid("is no ISO 3166-1 alpha-2 code");
        out.name_ = std::move(code);
    } else {
        auto name = formats::canonical_domain(text);
        if (!name || !is_registered(*name))
            return base::invalid("is neither an address, a prefix, an AS number, a domain nor a country");
        out.name_ = std::move(*name);
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
        case NetworkKind::country: return fmt::format("{}{}", country_mark, name_);
        case NetworkKind::domain: break;
    }
    return name_;
}

std::string Network::value() const { return kind_ == NetworkKind::country ? name_ : text(); }

}  // namespace kula::registry
