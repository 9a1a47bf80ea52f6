#include "intake/incoming.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

#include "base/ascii.hpp"
#include "content_format.hpp"
#include "row.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

bool is_json_file(std::string const& name) { return name.find(".json") != std::string::npos; }

base::Result<Mapping> shadowserver(std::string const& file) {
    auto const type = Mappings::shadowserver_type(file);
    if (!type) return base::invalid("its name tells no report type of Shadowserver (2026-01-31-scan_dns-….csv)");
    return Mappings::shadowserver(*type, is_json_file(file) ? Reading::Form::json : Reading::Form::csv);
}

/// A feed that comes in JSON and in CSV has a mapping for each, one name with `_csv` behind it.
bool is_csv_of_json(Mapping const& mapping, std::string_view beginning) {
    step_over_mark(beginning, false);
    auto const text = base::trimmed(beginning);
    return mapping.reading().form == Reading::Form::json && !text.empty() && text.front() != '{' && text.front() != '[';
}

base::Result<Mapping> named(std::string const& name, std::string const& file, std::string_view beginning) {
    if (name == "shadowserver" || name.starts_with("shadowserver.parser")) return shadowserver(file);
    auto mapping = Mappings::shipped().find(name);
    if (!mapping)
        return base::invalid(
            fmt::format("there is no mapping `{}`: {}", name,
                        fmt::format("there are shadowserver, {}", fmt::join(Mappings::shipped().names(), ", "))));
    auto other = is_csv_of_json(*mapping, beginning) ? Mappings::shipped().find(name + "_csv") : std::nullopt;
    return other ? std::move(*other) : std::move(*mapping);
}

/// What the file's name and content tell.
base::Result<Mapping> recognised(std::string const& file, std::string_view beginning) {
    if (auto const type = Mappings::shadowserver_type(file); type && Mappings::looks_like_shadowserver(*type))
        return shadowserver(file);
    if (auto const format = content_format(beginning); !format.empty())
        return named(std::string(format), file, beginning);
    return named(is_json_file(file) ? "json" : "csv", file, beginning);
}

/// Whether it is a name that only an IntelMQ parser may have.
bool is_parser(std::string const& name) { return name.find(".parser") != std::string::npos; }

base::Result<Mapping> mapping_of(FileTold const& told, std::string_view beginning) {
    if (!told.mapping.empty()) return Mapping::parse(told.mapping);
    if (!told.format.empty() && told.format != "auto") return named(told.format, told.name, beginning);
    return tells_how(told.source) ? named(told.source, told.name, beginning) : recognised(told.name, beginning);
}

std::optional<std::string> remark_on(Mapping const& mapping) {
    constexpr std::string_view theirs = "shadowserver/";
    auto const& name = mapping.name();
    if (!name.starts_with(theirs) || Mappings::knows_shadowserver(name.substr(theirs.size()))) return std::nullopt;
    return fmt::format("the report type `{}` is not known; it was read by the usual columns",
                       name.substr(theirs.size()));
}

}  // namespace

std::string to_json(FileTold const& told) {
    return Json{{"name", told.name}, {"source", told.source}, {"format", told.format}, {"mapping", told.mapping}}.dump(
        -1, ' ', false, Json::error_handler_t::replace);
}

std::optional<FileTold> file_told_from(std::string_view json) {
    auto const read = Json::parse(json, nullptr, false);
    FileTold out;
    for (auto const& [name, member] :
         {std::pair("name", &FileTold::name), std::pair("source", &FileTold::source),
          std::pair("format", &FileTold::format), std::pair("mapping", &FileTold::mapping)}) {
        auto const found = read.find(name);
        if (found == read.end() || !found->is_string()) return std::nullopt;
        out.*member = found->get<std::string>();
    }
    return out;
}

bool tells_how(std::string const& source) {
    return source == "shadowserver" || is_parser(source) || Mappings::shipped().find(source).has_value();
}

base::Result<Incoming> incoming_of(FileTold const& told, std::string_view beginning) {
    auto mapping = mapping_of(told, beginning);
    if (!mapping) return mapping.error();
    auto source = told.source.empty() ? mapping->name() : told.source;
    auto remark = remark_on(*mapping);
    return Incoming{told.name, std::move(source), std::move(*mapping), std::move(remark)};
}

}  // namespace kula::intake
