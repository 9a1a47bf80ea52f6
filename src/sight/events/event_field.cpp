#include "events/event_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include "base/address.hpp"
#include "base/ascii.hpp"
#include "base/instant.hpp"
#include "base/marking.hpp"
#include "base/must.hpp"
#include "formats/domain_name.hpp"
#include "shipped_data.hpp"
#include "texts.hpp"

namespace kula::events {
namespace {

using base::invalid;
constexpr std::string_view extra_prefix = "extra.";
constexpr std::size_t longest_extra_name = 100;

constexpr std::array<std::pair<std::string_view, FieldType>, 25> types{{{"text", FieldType::text},
                                                                        {"words", FieldType::words},
                                                                        {"lower", FieldType::lower},
                                                                        {"upper", FieldType::upper},
                                                                        {"hash", FieldType::hash},
                                                                        {"address", FieldType::address},
                                                                        {"prefix", FieldType::prefix},
                                                                        {"domain", FieldType::domain},
                                                                        {"host", FieldType::host},
                                                                        {"suffix", FieldType::suffix},
                                                                        {"url", FieldType::url},
                                                                        {"port", FieldType::port},
                                                                        {"asn", FieldType::asn},
                                                                        {"country", FieldType::country},
                                                                        {"real", FieldType::real},
                                                                        {"share", FieldType::share},
                                                                        {"integer", FieldType::integer},
                                                                        {"count", FieldType::count},
                                                                        {"yes_or_no", FieldType::yes_or_no},
                                                                        {"moment", FieldType::moment},
                                                                        {"tlp", FieldType::tlp},
                                                                        {"rsit_class", FieldType::rsit_class},
                                                                        {"rsit_type", FieldType::rsit_type},
                                                                        {"finer_type", FieldType::finer_type},
                                                                        {"anything", FieldType::anything}}};

/// A text as it is; a number as it is written.
std::optional<std::string> text_of(Json const& value) {
    if (value.is_string()) {
        auto const text = base::trimmed(value.get_ref<std::string const&>());
        return text.empty() ? std::nullopt : std::optional<std::string>(text);
    }
    return value.is_number() ? std::optional(value.dump()) : std::nullopt;
}

std::optional<std::int64_t> integer_of(Json const& value) {
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
    if (value.is_number_integer()) return value.get<std::int64_t>();
    auto const text = text_of(value);
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    auto const* const end = text->data() + text->size();
    auto const [stop, error] = std::from_chars(text->data(), end, number);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<double> real_of(Json const& value) {
    if (value.is_number()) return value.get<double>();
    auto const text = text_of(value);
    if (!text) return std::nullopt;
    double number = 0;
    auto const* const end = text->data() + text->size();
    auto const [stop, error] = std::from_chars(text->data(), end, number);
    return error == std::errc() && stop == end && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

base::Result<Json> between(Json const& value, std::int64_t least, std::int64_t most) {
    auto const number = integer_of(value);
    if (!number || *number < least || *number > most)
        return invalid(fmt::format("is no number from {} to {}", least, most));
    return Json(*number);
}

base::Result<Json> moment_of(Json const& value) {
    auto const text = text_of(value);
    auto const instant = text ? base::parse_instant(*text) : std::nullopt;
    if (!instant) return invalid("is no moment");
    bool const is_whole = base::to_microseconds(*instant) % 1'000'000 == 0;
    return Json(is_whole ? base::to_seconds_text(*instant) : base::to_text(*instant));
}

base::Result<Json> url_of(std::string text) {
    auto const colon = text.find("://");
    if (colon == std::string::npos || colon == 0) return invalid("is no URL");
    auto scheme = base::lower_case(text.substr(0, colon));
    if (scheme.starts_with("hxxp")) scheme.replace(0, 4, "http");
    bool const is_scheme = base::is_letter(scheme.front()) && std::all_of(scheme.begin(), scheme.end(), [](char c) {
                               return base::is_letter(c) || base::is_digit(c) || c == '+' || c == '-' || c == '.';
                           });
    auto const behind = text.substr(colon);
    bool const has_host = behind.size() > 3 && behind[3] != '/';
    bool const is_clean = std::all_of(behind.begin(), behind.end(), [](char c) { return c < 0 || c >= ' '; });
    if (!is_scheme || !has_host || !is_clean) return invalid("is no URL");
    return Json(scheme + behind);
}

base::Result<Json> of_text(FieldType type, std::string text) {
    switch (type) {
        case FieldType::lower: return Json(base::lower_case(text));
        case FieldType::upper: return Json(upper_case(std::move(text)));
        case FieldType::hash: {
            if (!std::all_of(text.begin(), text.end(), base::is_hexadecimal)) return invalid("is no hash");
            return Json(base::lower_case(text));
        }
        case FieldType::address: {
            auto const address = base::Address::parse(text);
            return address ? base::Result<Json>(address->text()) : invalid("is no address");
        }
        case FieldType::prefix: {
            auto const prefix = base::Prefix::parse(text);
            if (!prefix) return invalid("is no prefix");
            return Json(fmt::format("{}/{}", prefix->first().text(), prefix->length()));
        }
        case FieldType::domain: {
            auto domain = formats::canonical_domain(text);
            return domain ? base::Result<Json>(std::move(*domain)) : invalid("is no domain name");
        }
        case FieldType::host:
        case FieldType::suffix: {
            bool const has_dot = type == FieldType::suffix && text.front() == '.';
            auto name = formats::canonical_host_name(std::string_view(text).substr(has_dot ? 1 : 0));
            return name ? base::Result<Json>(std::move(*name)) : invalid("is no domain name");
        }
        case FieldType::url: return url_of(std::move(text));
        case FieldType::country: {
            if (text.size() != 2 || !std::all_of(text.begin(), text.end(), base::is_letter))
                return invalid("is no country code");
            return Json(upper_case(std::move(text)));
        }
        case FieldType::tlp: {
            auto const tlp = base::parse_tlp(text);
            return tlp ? base::Result<Json>(std::string(base::to_text(*tlp))) : invalid("is no TLP label");
        }
        case FieldType::rsit_class:
        case FieldType::rsit_type: {
            constexpr std::string_view american = "unauthorized-";
            auto word = base::lower_case(text);
            if (word.starts_with(american)) word.replace(0, american.size(), "unauthorised-");
            return Json(std::move(word));
        }
        default: return Json(std::move(text));
    }
}

base::Result<Json> one(FieldType type, Json const& value) {
    switch (type) {
        case FieldType::anything: return value;
        case FieldType::port: return between(value, 1, 65'535);
        case FieldType::integer: return between(value, INT64_MIN, INT64_MAX);
        case FieldType::count: return between(value, 0, INT64_MAX);
        case FieldType::asn: {
            auto const text = text_of(value);
            bool const has_letters = text && text->size() > 2 && base::lower_case(text->substr(0, 2)) == "as";
            return between(has_letters ? Json(text->substr(2)) : value, 1, UINT32_MAX);
        }
        case FieldType::real:
        case FieldType::share: {
            auto const number = real_of(value);
            if (!number) return invalid("is no number");
            if (type == FieldType::share && (*number < 0 || *number > 100)) return invalid("is not from 0 to 100");
            return Json(*number);
        }
        case FieldType::yes_or_no:
            if (value.is_boolean()) return value;
            return invalid("is neither true nor false");
        case FieldType::moment: return moment_of(value);
        default: break;
    }
    auto text = text_of(value);
    if (!text) return invalid(value.is_string() ? "is empty" : "is no text");
    return of_text(type, std::move(*text));
}

base::Result<Json> all(FieldType type, Json const& values) {
    Json out = Json::array();
    for (auto const& value : values) {
        auto each = one(type, value);
        if (!each) return each.error();
        out.push_back(std::move(*each));
    }
    if (out.empty()) return invalid("is empty");
    return out;
}

bool is_extra_name(std::string_view name) {
    return !name.empty() && name.size() <= longest_extra_name && std::all_of(name.begin(), name.end(), [](char c) {
        return base::is_letter(c) || base::is_digit(c) || c == '.' || c == '_' || c == '-' || c == ' ';
    });
}

}  // namespace

EventFields const& EventFields::shipped() {
    static EventFields const fields(shipped_data("events/fields.json"));
    return fields;
}

EventFields::EventFields(std::string_view json) : extra_{"extra.", FieldType::anything} {
    auto const told = Json::parse(json);
    for (auto const& entry : told.at("fields").items()) {
        auto const known =
            std::find_if(types.begin(), types.end(), [&](auto const& each) { return each.first == entry.key(); });
        base::must(known != types.end(), "data/events/fields.json uses types that there are");
        for (auto const& name : entry.value()) {
            auto const text = name.get<std::string>();
            fields_.emplace(text, EventField{text, known->second});
        }
    }
    for (auto const& name : told.at("several")) fields_.at(name.get<std::string>()).may_be_several = true;
}

EventField const* EventFields::find(std::string_view name) const {
    if (name.starts_with(extra_prefix)) return is_extra_name(name.substr(extra_prefix.size())) ? &extra_ : nullptr;
    auto const found = fields_.find(name);
    return found == fields_.end() ? nullptr : &found->second;
}

base::Result<Json> canonical(EventField const& field, Json const& value) {
    if (field.type == FieldType::words)
        return value.is_array() ? all(FieldType::text, value) : all(FieldType::text, {value});
    if (!value.is_array() || field.type == FieldType::anything) return one(field.type, value);
    if (!field.may_be_several) return invalid("is one value, not a list");
    return value.size() == 1 ? one(field.type, value.front()) : all(field.type, value);
}

}  // namespace kula::events
