#include "list_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "indicators/rsit.hpp"
#include "list_line.hpp"

namespace kula::indicators {
namespace {

using Names = std::span<std::string_view const>;

constexpr std::string_view as_column = "asn";  // Its numbers may stand without "AS".
// In this order: a list that has several is read by the first.
constexpr std::string_view value_names[] = {
    "value",          "indicator", "ioc",      "ioc_value", "observable",  "ip",
    "ip_address",     "ipaddress", "address",  "src_ip",    "dst_ip",      "source_ip",
    "destination_ip", "ipv4",      "ipv6",     "cidr",      "prefix",      "network",
    "netblock",       "subnet",    "url",      "uri",       "domain",      "domain_name",
    "fqdn",           "hostname",  "host",     "sha256",    "sha256_hash", "sha1",
    "sha1_hash",      "md5",       "md5_hash", "hash",      as_column,
};
constexpr std::string_view confidence_names[] = {"confidence", "confidence_level"};
constexpr std::string_view first_seen_names[] = {"first_seen", "firstseen", "first_seen_utc"};
constexpr std::string_view last_seen_names[] = {"last_seen", "lastseen", "last_seen_utc"};
constexpr std::string_view valid_from_names[] = {"valid_from"};
constexpr std::string_view valid_until_names[] = {"valid_until", "expires", "expires_at"};
constexpr std::string_view tlp_names[] = {"tlp"};
constexpr std::string_view pap_names[] = {"pap"};
constexpr std::string_view class_names[] = {"class", "rsit_class", "classification.taxonomy"};
constexpr std::string_view rsit_type_columns[] = {"rsit_type", "classification.type"};
constexpr std::string_view comment_names[] = {"comment", "description", "note"};

std::string folded(std::string_view name) {
    auto out = base::lower_case(trim_blanks(name));
    std::replace(out.begin(), out.end(), ' ', '_');
    return out;
}

std::optional<std::size_t> column_named(Columns::Fields header, std::string_view name) {
    auto const wanted = folded(name);
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (folded(header[i]) == wanted) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> column_known(Columns::Fields header, Names names) {
    for (auto const name : names) {
        if (auto const at = column_named(header, name)) return at;
    }
    return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
    return number;
}

std::optional<Confidence> parse_confidence(std::string_view text) {
    auto const number = whole_number(text);
    if (!number || *number > full_confidence) return std::nullopt;
    return static_cast<Confidence>(*number);
}

}  // namespace

std::optional<base::Instant> parse_list_time(std::string_view text) {
    constexpr std::int64_t last_second = 99'999'999'999;  // More digits than that are milliseconds.
    if (auto const number = whole_number(text)) {
        if (text.size() < 9 || *number > last_second * 1000) return std::nullopt;
        if (*number <= last_second) return base::from_microseconds(*number * 1'000'000);
        return base::from_microseconds(*number * 1000);
    }
    if (text.size() > 4 && text.substr(text.size() - 4) == " UTC") text.remove_suffix(4);
    if (text.size() == 10) return base::parse_instant(std::string(text) + "T00:00:00Z");
    return base::parse_instant(text);
}

base::Result<ColumnMap> ColumnMap::parse(std::string_view text) {
    ColumnMap out;
    struct Key {
        std::string_view name;
        std::string* column;
    };
    Key const keys[] = {
        {"value", &out.value},
        {"confidence", &out.confidence},
        {"first_seen", &out.first_seen},
        {"last_seen", &out.last_seen},
        {"valid_from", &out.valid_from},
        {"valid_until", &out.valid_until},
        {"tlp", &out.tlp},
        {"pap", &out.pap},
        {"class", &out.rsit_class},
        {"type", &out.rsit_type},
        {"comment", &out.comment},
    };
    while (!text.empty()) {
        auto const part = text.substr(0, text.find(','));
        text.remove_prefix(std::min(part.size() + 1, text.size()));
        auto const equals = part.find('=');
        auto const name = trim_blanks(part.substr(0, equals));
        auto const* const key =
            std::find_if(std::begin(keys), std::end(keys), [&](Key const& k) { return k.name == name; });
        if (key == std::end(keys)) {
            return base::invalid(
                "columns: of value, confidence, first_seen, last_seen, valid_from, valid_until, tlp, pap, "
                "class, type and comment, each as name=column");
        }
        auto const column =
            equals == std::string_view::npos ? std::string_view() : trim_blanks(part.substr(equals + 1));
        if (column.empty()) return base::invalid(fmt::format("columns: `{}` names no column", key->name));
        if (!key->column->empty()) return base::invalid(fmt::format("columns: `{}` is there twice", key->name));
        *key->column = column;
    }
    return out;
}

bool Columns::names_a_value(Fields header) { return column_known(header, value_names).has_value(); }

base::Result<void> Columns::place(Fields header, Attribute attribute, std::string const& mapped, Names known) {
    if (mapped.empty()) {
        columns_[attribute] = {column_known(header, known), false};
        return {};
    }
    columns_[attribute] = {column_named(header, mapped), true};
    if (!columns_[attribute].number) return base::invalid(fmt::format("the header has no column `{}`", shown(mapped)));
    return {};
}

base::Result<Columns> Columns::of(Fields header, ColumnMap const& map) {
    Columns out;
    out.value_ = map.value.empty() ? column_known(header, value_names) : column_named(header, map.value);
    if (!map.value.empty() && !out.value_) {
        return base::invalid(fmt::format("the header has no column `{}`", shown(map.value)));
    }
    out.is_as_ = out.value_ && folded(header[*out.value_]) == as_column;
    struct Rule {
        Attribute attribute;
        std::string const& mapped;
        Names known;
    };
    Rule const rules[] = {
        {confidence, map.confidence, confidence_names},
        {first_seen, map.first_seen, first_seen_names},
        {last_seen, map.last_seen, last_seen_names},
        {valid_from, map.valid_from, valid_from_names},
        {valid_until, map.valid_until, valid_until_names},
        {tlp, map.tlp, tlp_names},
        {pap, map.pap, pap_names},
        {rsit_class, map.rsit_class, class_names},
        {rsit_type, map.rsit_type, rsit_type_columns},
        {comment, map.comment, comment_names},
    };
    for (auto const& rule : rules) {
        if (auto const placed = out.place(header, rule.attribute, rule.mapped, rule.known); placed.has_error()) {
            return placed.error();
        }
    }
    return out;
}

std::string_view Columns::text(Fields row, Attribute attribute) const {
    auto const number = columns_[attribute].number;
    return number && *number < row.size() ? trim_blanks(row[*number]) : std::string_view();
}

base::Result<Value> Columns::find_value(Fields row, ReservedSpace reserved) {
    for (std::size_t i = 0; i < row.size(); ++i) {
        auto value = Value::parse(row[i], reserved);
        if (value.has_error()) continue;
        value_ = i;
        return value;
    }
    return base::invalid("no indicator: in no column");
}

base::Result<Value> Columns::parse_cell(std::string_view cell, ReservedSpace reserved) const {
    return is_as_ && whole_number(cell) ? Value::parse(fmt::format("AS{}", cell), reserved)
                                        : Value::parse(cell, reserved);
}

base::Result<Value> Columns::read(Fields row, ReservedSpace reserved, Attributes& attributes) {
    if (value_ && *value_ >= row.size()) return base::invalid("no indicator: the row ends before the column");
    auto value = value_ ? parse_cell(trim_blanks(row[*value_]), reserved) : find_value(row, reserved);
    if (value.has_error()) return value;
    if (auto const read = read_attributes(row, attributes); read.has_error()) return read.error();
    return value;
}

template <class T, class Parse>
base::Result<void> Columns::read_one(Fields row, Attribute attribute, std::optional<T>& out, Parse const& parse,
                                     std::optional<T> if_unreadable) const {
    auto const told = text(row, attribute);
    if (told.empty()) return {};
    out = parse(told);
    if (out) return {};
    if (columns_[attribute].is_mapped)
        return base::invalid(fmt::format("cannot read `{}` in a mapped column", shown(told)));
    out = if_unreadable;
    return {};
}

base::Result<void> Columns::read_attributes(Fields row, Attributes& attributes) const {
    base::Result<void> const reads[] = {
        read_one(row, confidence, attributes.confidence, parse_confidence),
        read_one(row, first_seen, attributes.first_seen, parse_list_time),
        read_one(row, last_seen, attributes.last_seen, parse_list_time),
        read_one(row, valid_from, attributes.valid_from, parse_list_time),
        read_one(row, valid_until, attributes.valid_until, parse_list_time),
        // Who labels in a way we cannot read has labelled: the strictest is safe.
        read_one(row, tlp, attributes.tlp, base::parse_tlp, std::optional(base::Tlp::red)),
        read_one(row, pap, attributes.pap, base::parse_pap, std::optional(base::Pap::red)),
    };
    for (auto const& read : reads) {
        if (read.has_error()) return read.error();
    }
    auto const told_class = text(row, rsit_class);
    auto const told_type = text(row, rsit_type);
    if (!told_class.empty()) {
        auto const known = Rsit::shipped().check(told_class, told_type);
        if (known) {
            attributes.rsit_class = told_class;
            attributes.rsit_type = told_type;
        } else if (columns_[rsit_class].is_mapped) {
            return known.error();
        }
    } else {
        attributes.rsit_type = told_type;
    }
    attributes.comment = clean_start(text(row, comment), longest_comment);
    return {};
}

}  // namespace kula::indicators
