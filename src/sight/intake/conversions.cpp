#include "conversions.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <memory>

#include "base/address.hpp"
#include "base/ascii.hpp"
#include "base/instant.hpp"
#include "base/marking.hpp"
#include "evidence.hpp"
#include "formats/base64.hpp"
#include "formats/domain_name.hpp"
#include "moments.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using events::FieldType;
using Converted = std::optional<Json>;

/// Empty where it is nothing, or no plain value.
std::string text_of(Json const& value) {
    if (value.is_string()) return std::string(trimmed(value.get_ref<std::string const&>()));
    return value.is_null() || value.is_structured() ? std::string() : value.dump();
}

/// In the form of a field of this type, or nothing.
template <FieldType type>
Converted as_field(Json const& value, Row const& /*row*/) {
    auto kept = events::canonical({"", type}, value);
    return kept ? Converted(std::move(*kept)) : std::nullopt;
}

Converted known(Json const& value, Row const& /*row*/) {
    if (value.is_boolean() || value.is_structured()) return value;
    auto text = text_of(value);
    if (text.empty() || text == "0" || text == "unknown") return std::nullopt;
    return value.is_string() ? Json(std::move(text)) : value;
}

/// A number; what is none stays what it is, so that nothing is lost.
template <FieldType type>
Converted number(Json const& value, Row const& row) {
    auto made = as_field<type>(value, row);
    if (made) return made;
    auto text = text_of(value);
    return text.empty() ? std::nullopt : Converted(std::move(text));
}

Converted nonzero(Json const& value, Row const& row) {
    auto made = number<FieldType::integer>(value, row);
    return made && *made != 0 ? made : std::nullopt;
}

Converted yes_or_no(Json const& value, Row const& /*row*/) {
    if (value.is_boolean()) return value;
    auto const word = base::lower_case(text_of(value));
    constexpr std::array<std::string_view, 5> yes{"y", "yes", "true", "enabled", "1"};
    constexpr std::array<std::string_view, 5> no{"n", "no", "false", "disabled", "0"};
    if (std::find(yes.begin(), yes.end(), word) != yes.end()) return Json(true);
    if (std::find(no.begin(), no.end(), word) != no.end()) return Json(false);
    return std::nullopt;
}

/// RFC 3339 with the offset written out, as what follows IntelMQ expects it where it is no field of its own.
Converted moment(Json const& value, Row const& /*row*/) {
    auto const instant = parse_any_moment(text_of(value));
    if (!instant) return std::nullopt;
    bool const is_whole = base::to_microseconds(*instant) % 1'000'000 == 0;
    auto written = is_whole ? base::to_seconds_text(*instant) : base::to_text(*instant);
    written.pop_back();
    return written + "+00:00";
}

Converted lower(Json const& value, Row const& /*row*/) {
    auto text = base::lower_case(text_of(value));
    return text.empty() ? std::nullopt : Converted(std::move(text));
}

/// Separated by commas, semicolons or bars.
Converted list(Json const& value, Row const& /*row*/) {
    if (value.is_array()) return value;
    auto const text = text_of(value);
    Json out = Json::array();
    for (std::string_view rest = text; !rest.empty();) {
        auto const one = trimmed(rest.substr(0, rest.find_first_of(",;|")));
        if (!one.empty()) out.push_back(std::string(one));
        auto const end = rest.find_first_of(",;|");
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return out.empty() ? std::nullopt : Converted(std::move(out));
}

/// CVE ids that stand in the text, each once.
Converted cves(Json const& value, Row const& /*row*/) {
    static RE2 const id("(?i)(cve-[0-9]{4}-[0-9]{4,19})");
    auto const text = text_of(value);
    re2::StringPiece rest(text);
    Json out = Json::array();
    for (std::string found; RE2::FindAndConsume(&rest, id, &found);) {
        std::transform(found.begin(), found.end(), found.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
        if (std::find(out.begin(), out.end(), found) == out.end()) out.push_back(found);
    }
    return out.empty() ? std::nullopt : Converted(std::move(out));
}

/// Bytes that may be anything: in base64 (RFC 4648 §4) unless they are already.
Converted base64(Json const& value, Row const& /*row*/) {
    auto const text = text_of(value);
    if (text.empty()) return std::nullopt;
    return formats::is_base64(text) ? text : formats::to_base64(text);
}

/// Of a URL, or of what would be one with a scheme in front.
Converted host(Json const& value, Row const& /*row*/) {
    static RE2 const url(
        R"((?:[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/?#@]*@)?(?:\[([0-9A-Fa-f:.]+)\]|([^/?#:\s]+))(?::\d*)?(?:[/?#].*)?)");
    std::string v6, name;
    if (!RE2::FullMatch(text_of(value), url, &v6, &name)) return std::nullopt;
    return v6.empty() ? name : v6;
}

/// A URL; `http` where it has no scheme.
Converted web(Json const& value, Row const& row) {
    auto const told = text_of(value);
    if (told.empty()) return std::nullopt;
    return as_field<FieldType::url>(told.find("://") == std::string::npos ? "http://" + told : told, row);
}

/// Of a list; another value is it.
Converted first(Json const& value, Row const& /*row*/) {
    if (!value.is_array()) return value;
    return value.empty() ? std::nullopt : Converted(value.front());
}

/// The names of an object's members.
Converted names(Json const& value, Row const& /*row*/) {
    if (!value.is_object()) return std::nullopt;
    Json out = Json::array();
    for (auto const& [name, inner] : value.items()) out.push_back(name);
    return out.empty() ? std::nullopt : Converted(std::move(out));
}

/// As `list`, of numbers.
Converted integers(Json const& value, Row const& row) {
    Json out = Json::array();
    auto const told = list(value, row);
    for (auto const& one : told ? *told : Json::array()) {
        auto number = as_field<FieldType::integer>(one, row);
        if (!number) return std::nullopt;
        out.push_back(std::move(*number));
    }
    return out.empty() ? std::nullopt : Converted(std::move(out));
}

/// The whole text unless it is empty.
Converted text(Json const& value, Row const& /*row*/) {
    auto written = text_of(value);
    return written.empty() ? std::nullopt : Converted(std::move(written));
}

Converted evidence(Json const& value, Row const& /*row*/) { return hashed_evidence(value); }

/// The strictest of the labels `tlp:…` in a list; a text is its own.
Converted tlp(Json const& value, Row const& /*row*/) {
    std::optional<base::Tlp> strictest;
    for (auto const& each : value.is_array() ? value : Json::array({value})) {
        auto const text = text_of(each);
        bool const is_meant = !value.is_array() || base::lower_case(text).starts_with("tlp:");
        auto const label = is_meant ? base::parse_tlp(text) : std::nullopt;
        if (label && (!strictest || *label > *strictest)) strictest = label;
    }
    return strictest ? Converted(std::string(base::to_text(*strictest))) : std::nullopt;
}

using Plain = Converted (*)(Json const&, Row const&);
constexpr std::array<std::pair<std::string_view, Plain>, 24> conversions{{{"address", as_field<FieldType::address>},
                                                                          {"asn", as_field<FieldType::asn>},
                                                                          {"base64", base64},
                                                                          {"boolean", yes_or_no},
                                                                          {"cves", cves},
                                                                          {"domain", as_field<FieldType::domain>},
                                                                          {"evidence", evidence},
                                                                          {"first", first},
                                                                          {"host", host},
                                                                          {"integer", number<FieldType::integer>},
                                                                          {"integers", integers},
                                                                          {"known", known},
                                                                          {"list", list},
                                                                          {"lower", lower},
                                                                          {"moment", moment},
                                                                          {"names", names},
                                                                          {"nonzero", nonzero},
                                                                          {"port", as_field<FieldType::port>},
                                                                          {"prefix", as_field<FieldType::prefix>},
                                                                          {"real", number<FieldType::real>},
                                                                          {"text", text},
                                                                          {"tlp", tlp},
                                                                          {"url", as_field<FieldType::url>},
                                                                          {"web", web}}};

/// The path that a request line asks for; anything else as it is.
std::string_view path_in(std::string_view request) {
    static RE2 const line("(?i)(?:get|post|head|put|options|connect|delete)\\s+(\\S+)(?:\\s+http/.*)?");
    re2::StringPiece path;
    if (!RE2::FullMatch(re2::StringPiece(request.data(), request.size()), line, &path)) return request;
    return {path.data(), path.size()};
}

}  // namespace

Conversion named_conversion(std::string_view name) {
    auto const found =
        std::find_if(conversions.begin(), conversions.end(), [&](auto const& each) { return each.first == name; });
    return found == conversions.end() ? Conversion() : Conversion(found->second);
}

std::string no_expression(std::string_view why) { return fmt::format("is no RE2 expression: {}", why); }

Conversion words_of(Json words, std::optional<Json> otherwise) {
    return [words = std::move(words), otherwise = std::move(otherwise)](Json const& value,
                                                                        Row const& /*row*/) -> Converted {
        for (auto const& each : value.is_array() ? value : Json::array({value})) {
            auto const found = words.find(text_of(each));
            if (found != words.end()) return found->is_null() ? std::nullopt : Converted(*found);
        }
        return otherwise ? otherwise : Converted(value);
    };
}

base::Result<Conversion> pattern_of(std::string const& expression) {
    RE2::Options options;
    options.set_log_errors(false);
    auto const pattern = std::make_shared<RE2 const>(expression, options);
    if (!pattern->ok()) return base::invalid(no_expression(pattern->error()));
    if (pattern->NumberOfCapturingGroups() > 1) return base::invalid("has more than one group");
    return Conversion([pattern](Json const& value, Row const& /*row*/) -> Converted {
        for (auto const& each : value.is_array() ? value : Json::array({value})) {
            auto const text = text_of(each);
            std::array<re2::StringPiece, 2> found;
            auto const groups = 1 + pattern->NumberOfCapturingGroups();
            if (!pattern->Match(text, 0, text.size(), RE2::UNANCHORED, found.data(), groups)) continue;
            auto const& taken = found.at(static_cast<std::size_t>(groups - 1));
            if (!taken.empty()) return taken.as_string();
        }
        return std::nullopt;
    });
}

base::Result<std::function<bool(Json const& value)>> found_by(std::string const& expression) {
    auto const pattern = std::make_shared<RE2 const>(expression, RE2::Quiet);
    if (!pattern->ok()) return base::invalid(no_expression(pattern->error()));
    return std::function([pattern](Json const& value) {
        auto const holds = [&](Json const& each) { return RE2::PartialMatch(text_of(each), *pattern); };
        return holds(value) || (value.is_array() && std::any_of(value.begin(), value.end(), holds));
    });
}

Conversion url_of(std::vector<std::string> hosts, std::string application) {
    return [hosts = std::move(hosts), application = std::move(application)](Json const& value,
                                                                            Row const& row) -> Converted {
        auto const told = text_of(value);
        if (told.empty()) return std::nullopt;
        auto const path = path_in(told);
        if (path.find("://") != std::string_view::npos) return std::string(path);
        auto scheme = text_of(row.cell(application).value_or(Json()));
        if (scheme != "https" && scheme != "ftp") scheme = "http";
        for (auto const& name : hosts) {
            auto const host = text_of(row.cell(name).value_or(Json()));
            if (!host.empty()) return fmt::format("{}://{}{}{}", scheme, host, path.starts_with('/') ? "" : "/", path);
        }
        return std::string(path);  // No URL, but told.
    };
}

Conversion filled(std::string form) {
    return [form = std::move(form)](Json const& /*value*/, Row const& row) -> Converted {
        std::string out;
        for (std::string_view rest = form; !rest.empty();) {
            auto const begin = rest.find('{');
            auto const end = rest.find('}', begin);
            out += rest.substr(0, begin);
            if (end == std::string_view::npos) break;
            auto const cell = text_of(row.cell(rest.substr(begin + 1, end - begin - 1)).value_or(Json()));
            if (cell.empty()) return std::nullopt;
            out += cell;
            rest.remove_prefix(end + 1);
        }
        return out;
    };
}

Conversion surrounded(std::string before, std::string behind) {
    return
        [before = std::move(before), behind = std::move(behind)](Json const& value, Row const& /*row*/) -> Converted {
            auto const text = text_of(value);
            return text.empty() ? std::nullopt : Converted(before + text + behind);
        };
}

}  // namespace kula::intake
