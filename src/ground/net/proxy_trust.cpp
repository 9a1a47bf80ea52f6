#include "proxy_trust.hpp"

#include <algorithm>
#include <string_view>

#include "text.hpp"

namespace kula::net {
namespace {

constexpr std::size_t most_hops = 32;

/// One hop as its proxy wrote it: `address` is nothing where it names none (`unknown`, `_hidden`) or is malformed.
struct Hop {
    std::optional<base::Address> address{};
    std::optional<Scheme> scheme{};
};
using Hops = std::vector<Hop>;

std::optional<Scheme> parse_scheme(std::string_view text) {
    if (same_ignoring_case(text, "https")) return Scheme::https;
    if (same_ignoring_case(text, "http")) return Scheme::http;
    return std::nullopt;
}

/// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:4711`.
std::optional<base::Address> parse_node(std::string_view text) {
    if (auto const bare = base::Address::parse(text)) return bare;
    auto const colon = text.rfind(':');
    bool const bracketed = !text.empty() && text.front() == '[';
    if (colon != std::string_view::npos && is_port(text.substr(colon + 1)) && (!bracketed || text[colon - 1] == ']')) {
        text = text.substr(0, colon);
    }
    if (!bracketed) {
        auto const address = base::Address::parse(text);
        return address && address->is_v4() ? address : std::nullopt;
    }
    if (text.back() != ']') return std::nullopt;
    auto const address = base::Address::parse(text.substr(1, text.size() - 2));
    return address && !address->is_v4() ? address : std::nullopt;
}

/// All fields of the name as the one list that they are (RFC 9110 §5.3).
std::string joined(Headers const& headers, std::string_view name) {
    std::string all;
    for (auto const& field : headers) {
        if (!same_ignoring_case(field.name, name)) continue;
        if (!all.empty()) all += ',';
        all += field.value;
    }
    return all;
}

Hops x_forwarded(Headers const& headers) {
    Hops hops;
    auto const list = joined(headers, "X-Forwarded-For");
    for (auto const element : list_elements(list)) {
        hops.push_back({parse_node(element), std::nullopt});
    }
    // Proxies write one for all hops; several tell nothing for sure.
    bool const once = headers.count("X-Forwarded-Proto") == 1;
    auto const scheme = once ? parse_scheme(trimmed(*headers.find("X-Forwarded-Proto"))) : std::nullopt;
    for (auto& hop : hops) hop.scheme = scheme;
    return hops;
}

/// Reads `name=value` pairs of RFC 7239 §4 one after another; `is_good` turns false at what is none.
class ForwardedReader {
public:
    explicit ForwardedReader(std::string_view text) : rest_(text) {}

    std::optional<Hops> hops() {
        Hops hops(1);
        for (;;) {
            skip_blanks();
            if (!read_pair(hops.back())) return std::nullopt;
            skip_blanks();
            if (rest_.empty()) return hops;
            char const separator = take();
            if (separator == ',') hops.emplace_back();
            if (separator != ',' && separator != ';') return std::nullopt;
        }
    }

private:
    char take() {
        char const c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }
    void skip_blanks() {
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) rest_.remove_prefix(1);
    }

    /// An absent pair is one, too: `a=b;;c=d`, `,`.
    bool read_pair(Hop& hop) {
        auto const end = std::min(rest_.find_first_of("=;, \t"), rest_.size());
        auto const name = rest_.substr(0, end);
        rest_.remove_prefix(end);
        if (name.empty()) return rest_.empty() || rest_.front() != '=';
        if (!is_token(name) || rest_.empty() || take() != '=') return false;
        auto const value = read_value();
        if (!value) return false;
        if (same_ignoring_case(name, "for")) hop.address = parse_node(*value);
        if (same_ignoring_case(name, "proto")) hop.scheme = parse_scheme(*value);
        return true;
    }

    std::optional<std::string> read_value() {
        if (rest_.empty() || rest_.front() != '"') {
            auto const end = std::min(rest_.find_first_of(";, \t"), rest_.size());
            std::string value(rest_.substr(0, end));
            rest_.remove_prefix(end);
            // Strictly, an address with a colon stands in quotes; many write it without.
            return value.empty() || value.find('"') != std::string::npos ? std::nullopt : std::optional(value);
        }
        take();
        std::string value;
        while (!rest_.empty()) {
            char const c = take();
            if (c == '"') return value;
            if (c == '\\' && rest_.empty()) return std::nullopt;
            value.push_back(c == '\\' ? take() : c);
        }
        return std::nullopt;
    }

    std::string_view rest_;
};

}  // namespace

bool ProxyTrust::trusts(base::Address address) const {
    return std::any_of(trusted_.begin(), trusted_.end(), [&](auto const& prefix) { return prefix.contains(address); });
}

Caller ProxyTrust::caller(Caller const& connected, Headers const& headers) const {
    if (!trusts(connected.address)) return connected;
    auto const all = header_ == ForwardedBy::x_forwarded_for ? std::optional(x_forwarded(headers))
                                                             : ForwardedReader(joined(headers, "Forwarded")).hops();
    if (!all || all->empty()) return connected;
    std::size_t seen = 0;
    for (auto hop = all->rbegin(); hop != all->rend(); ++hop) {
        if (!hop->address || ++seen > most_hops) return connected;
        bool const is_client = !trusts(*hop->address) || std::next(hop) == all->rend();
        if (is_client) return {*hop->address, hop->scheme.value_or(connected.scheme)};
    }
    return connected;
}

}  // namespace kula::net
