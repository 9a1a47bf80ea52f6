#include "indicators/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/ascii.hpp"
#include "formats/domain_name.hpp"
#include "formats/url.hpp"
#include "name.hpp"

namespace kula::indicators {
namespace {

using base::Address;
using base::AddressRange;
using base::Uint128;

constexpr std::array<std::string_view, 9> kind_names = {"address", "prefix", "range", "as",    "domain",
                                                        "url",     "md5",    "sha1",  "sha256"};
constexpr int shortest_v4 = 8;
constexpr int shortest_v6 = 16;

struct Block4 {
    std::uint32_t first, last;
};
constexpr Block4 reserved_v4[] = {
    {0x00000000, 0x00FFFFFF}, {0x0A000000, 0x0AFFFFFF}, {0x64400000, 0x647FFFFF}, {0x7F000000, 0x7FFFFFFF},
    {0xA9FE0000, 0xA9FEFFFF}, {0xAC100000, 0xAC1FFFFF}, {0xC0A80000, 0xC0A8FFFF}, {0xE0000000, 0xFFFFFFFF},
};

bool is_reserved_v6(Address first, Address last) {
    auto const low = static_cast<std::uint32_t>(first.number() >> 112);
    auto const high = static_cast<std::uint32_t>(last.number() >> 112);
    if (last.number() <= 1) return true;
    return (low >= 0xFC00 && high <= 0xFDFF) || (low >= 0xFE80 && high <= 0xFEBF) || low >= 0xFF00;
}

bool is_reserved(AddressRange const& range) {
    if (!range.first.is_v4()) return is_reserved_v6(range.first, range.last);
    auto const first = range.first.number4();
    auto const last = range.last.number4();
    return std::any_of(std::begin(reserved_v4), std::end(reserved_v4),
                       [&](Block4 const& block) { return block.first <= first && last <= block.last; });
}

bool is_too_wide(AddressRange const& range) {
    int const shortest = range.first.is_v4() ? shortest_v4 : shortest_v6;
    auto const most = Uint128{1} << (range.first.width() - shortest);
    return range.last.number() - range.first.number() >= most;
}

base::Result<Value> of_addresses(Kind kind, AddressRange const& range, ReservedSpace reserved) {
    if (kind != Kind::address && is_too_wide(range)) {
        return base::invalid(range.first.is_v4() ? "wider than a /8" : "wider than a /16");
    }
    if (reserved == ReservedSpace::refuse && is_reserved(range)) {
        return base::invalid("space that cannot be on the public Internet");
    }
    Value out;
    out.kind = kind;
    out.range = range;
    return out;
}

base::Result<Value> of_name(Kind kind, std::string name) {
    Value out;
    out.kind = kind;
    out.name = std::move(name);
    return out;
}

base::Result<Value> of_url(std::string_view text, ReservedSpace reserved) {
    auto url = formats::canonical_url(text);
    if (!url) return base::invalid("no indicator: not a URL with a public host");
    if (url->address && reserved == ReservedSpace::refuse && is_reserved({*url->address, *url->address})) {
        return base::invalid("space that cannot be on the public Internet");
    }
    return of_name(Kind::url, std::move(url->name));
}

std::optional<Kind> hash_kind(std::string_view text) {
    auto const size = text.size();
    if (size != 32 && size != 40 && size != 64) return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), base::is_hexadecimal)) return std::nullopt;
    return size == 32 ? Kind::md5 : size == 40 ? Kind::sha1 : Kind::sha256;
}

bool looks_like_as(std::string_view text) {
    return text.size() > 2 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'S' || text[1] == 's') &&
           std::all_of(text.begin() + 2, text.end(), base::is_digit);
}

base::Result<Value> of_as(std::string_view text) {
    Value out;
    out.kind = Kind::as_number;
    auto const [end, fault] = std::from_chars(text.data() + 2, text.data() + text.size(), out.as_number);
    if (fault != std::errc{} || end != text.data() + text.size()) {
        return base::invalid("no indicator: AS numbers end at AS4294967295");
    }
    return out;
}

base::Result<Value> of_range(Address first, Address last, ReservedSpace reserved) {
    if (first.family() != last.family()) return base::invalid("no indicator: a range is of one family");
    if (last < first) return base::invalid("no indicator: the range ends before it begins");
    return of_addresses(first == last ? Kind::address : Kind::range, {first, last}, reserved);
}

// `a-b`; nothing if that is not the shape.
std::optional<base::Result<Value>> as_range(std::string_view text, ReservedSpace reserved) {
    auto const dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto const first = Address::parse(base::trimmed(text.substr(0, dash)));
    if (!first) return std::nullopt;
    auto const last = Address::parse(base::trimmed(text.substr(dash + 1)));
    if (!last) {
        // A name may begin as an address does.
        bool const is_name = formats::canonical_domain(text.substr(0, text.find_first_of(":/"))).has_value();
        if (is_name) return std::nullopt;
        return base::invalid("no indicator: a range is address-address");
    }
    return of_range(*first, *last, reserved);
}

// `address/length`; nothing if that is not the shape.
std::optional<base::Result<Value>> as_prefix(std::string_view text, ReservedSpace reserved) {
    auto const slash = text.find('/');
    if (!Address::parse(text.substr(0, slash))) return std::nullopt;
    auto const length = text.substr(slash + 1);
    if (Address::parse(length)) return base::invalid("no indicator: not a prefix length");
    if (length.empty() || !std::all_of(length.begin(), length.end(), base::is_digit)) return std::nullopt;
    auto const prefix = base::Prefix::parse(text);
    if (!prefix) return base::invalid("no indicator: not a prefix length");
    return of_addresses(prefix->is_host() ? Kind::address : Kind::prefix, AddressRange::of(*prefix), reserved);
}

base::Result<Value> of_text(std::string_view text, ReservedSpace reserved) {
    if (auto const kind = hash_kind(text)) return of_name(*kind, base::lower_case(text));
    bool const numeric = std::all_of(text.begin(), text.end(), [](char c) { return base::is_digit(c) || c == '.'; });
    if (numeric || text.find(':') != std::string_view::npos) {
        auto inner = text;
        if (text.front() == '[' && text.back() == ']') inner = text.substr(1, text.size() - 2);
        if (auto const address = Address::parse(inner)) {
            return of_addresses(Kind::address, {*address, *address}, reserved);
        }
        if (numeric) return base::invalid("no indicator: neither an address nor a name");
    }
    if (looks_like_as(text)) return of_as(text);
    if (auto const range = as_range(text, reserved)) return *range;
    auto const whole = text.substr(0, text.find('#'));
    if (whole.find('/') != std::string_view::npos) {
        if (auto const prefix = as_prefix(whole, reserved)) return *prefix;
        return of_url(text, reserved);
    }
    auto domain = canonical_domain(text);
    if (!domain) return base::invalid("no indicator: none of the kinds that are known");
    return of_name(Kind::domain, std::move(*domain));
}

std::string addresses_text(Value const& value) {
    auto const& [first, last] = value.range;
    if (value.kind == Kind::address) return first.text();
    if (value.kind == Kind::range) return first.text() + "-" + last.text();
    auto size = last.number() - first.number();
    int host_bits = 0;
    for (; size != 0; size >>= 1) ++host_bits;
    return fmt::format("{}/{}", first.text(), first.width() - host_bits);
}

}  // namespace

std::string_view to_text(Kind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

base::Result<Value> Value::parse(std::string_view text, ReservedSpace reserved) {
    text = base::trimmed(text);
    if (text.empty()) return base::invalid("no indicator: empty");
    if (base::is_digit(text.front())) {
        if (auto const address = Address::parse(text)) {
            return of_addresses(Kind::address, {*address, *address}, reserved);
        }
    }
    if (text.size() > longest_value) return base::invalid("no indicator: longer than 4096 bytes");
    if (!is_clean_text(text)) return base::invalid("no indicator: not clean UTF-8 text");
    if (auto const plain = refanged(text)) {
        if (plain->empty()) return base::invalid("no indicator: empty");
        return of_text(*plain, reserved);
    }
    return of_text(text, reserved);
}

std::string Value::text() const {
    switch (kind) {
        case Kind::address:
        case Kind::prefix:
        case Kind::range: return addresses_text(*this);
        case Kind::as_number: return fmt::format("AS{}", as_number);
        default: return name;
    }
}

}  // namespace kula::indicators
