#include "intake/incoming.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "content.hpp"
#include "content_format.hpp"
#include "row.hpp"
#include "shadowserver_types.hpp"
#include "table_top.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::string_view of_shadowserver = "shadowserver/";

bool is_json_file(std::string const& name) { return name.find(".json") != std::string::npos; }

bool has_v6(TableTop const& table) {
    auto const at = std::find_if(table.columns.begin(), table.columns.end(),
                                 [](auto const& column) { return column == "ip" || column == "src_ip"; });
    auto const index = static_cast<std::size_t>(at - table.columns.begin());
    return index < table.cells.size() && table.cells[index].find(':') != std::string::npos;
}

Mapping shadowserver_of(std::string const& type, std::string const& file) {
    return Mappings::shadowserver(type, is_json_file(file) ? Reading::Form::json : Reading::Form::csv);
}

base::Result<Mapping> shadowserver(std::string const& file, std::string_view beginning) {
    if (auto const type = Mappings::shadowserver_type(file)) return shadowserver_of(*type, file);
    auto const table = is_json_file(file) ? TableTop() : table_top(beginning);
    if (auto const type = shadowserver_type_of(table.columns, has_v6(table))) return shadowserver_of(*type, file);
    return base::not_found("neither its name nor its columns tell one report type of Shadowserver");
}

/// How well what begins so has the form that is read: whether it is JSON or is not, and where its rows are.
int fitness(Reading const& reading, std::string_view beginning) {
    if ((reading.form == Reading::Form::json) != is_json(beginning)) return 0;
    auto const member = std::string_view(reading.each).substr(0, reading.each.find('.'));
    if (member.empty() || member == "*") return 1;
    return has_member(beginning, member) ? 2 : 0;
}

/// Of a feed that comes in several forms the mapping of the form that this is; the first where there is none.
Mapping const& fitting(std::vector<Mapping> const& of_feed, std::string_view beginning) {
    if (base::trimmed(beginning).empty()) return of_feed.front();
    return *std::max_element(of_feed.begin(), of_feed.end(), [&](Mapping const& a, Mapping const& b) {
        return fitness(a.reading(), beginning) < fitness(b.reading(), beginning);
    });
}

base::Result<Mapping> named(std::string const& name, std::string const& file, std::string_view beginning) {
    if (name == "shadowserver" || name.starts_with("shadowserver.parser")) return shadowserver(file, beginning);
    if (name.starts_with(of_shadowserver)) return shadowserver_of(name.substr(of_shadowserver.size()), file);
    auto const of_feed = Mappings::shipped().of_feed(name);
    if (of_feed.empty())
        return base::invalid(
            fmt::format("there is no mapping `{}`: {}", name,
                        fmt::format("there are shadowserver, {}", fmt::join(Mappings::shipped().names(), ", "))));
    return fitting(of_feed, beginning);
}

/// Whether a file that is named so is one of Shadowserver's: all their reports have this column.
bool may_be_shadowserver(std::string const& file, std::string_view beginning) {
    auto const type = Mappings::shadowserver_type(file);
    if (!type || !Mappings::looks_like_shadowserver(*type)) return false;
    bool const has_date = base::is_digit(file[file.find_last_of('/') + 1]);
    return has_date || beginning.empty() || beginning.find("timestamp") != std::string_view::npos;
}

/// Whether one of them is a field's by itself; words as `status` and `count` stand in many a table.
bool tell_fields(std::vector<std::string> const& names) {
    return std::any_of(names.begin(), names.end(), [](auto const& name) {
        return name.find('.') != std::string::npos && events::EventFields::shipped().find(name) != nullptr;
    });
}

/// JSON by the names in it; what tells nothing of an event is none of ours.
base::Result<Mapping> recognised_json(std::string const& file, std::string_view beginning) {
    if (tell_fields(cell_names(beginning)) || base::trimmed(beginning).empty() || is_web_page(beginning))
        return named("json", file, beginning);
    return base::not_found("nothing tells how it is to be read: nothing in it is named like a field as source.ip");
}

/// A table by its header; one that tells nothing is none.
base::Result<Mapping> recognised_table(std::string const& file, std::string_view beginning) {
    auto const table = table_top(beginning);
    if (auto const type = shadowserver_type_of(table.columns, has_v6(table))) return shadowserver_of(*type, file);
    if (tell_fields(table.columns) || base::trimmed(beginning).empty() || is_web_page(beginning))
        return named("csv", file, beginning);
    return base::not_found("nothing tells how it is to be read: its header names no field as source.ip");
}

/// What the file's name and content tell.
base::Result<Mapping> recognised(std::string const& file, std::string_view beginning) {
    if (may_be_shadowserver(file, beginning)) return shadowserver(file, beginning);
    if (auto const format = content_format(beginning); !format.empty())
        return named(std::string(format), file, beginning);
    return is_json_file(file) || is_json(beginning) ? recognised_json(file, beginning)
                                                    : recognised_table(file, beginning);
}

/// Whether it is a name that only an IntelMQ parser may have.
bool is_parser(std::string const& name) { return name.find(".parser") != std::string::npos; }

base::Result<Mapping> mapping_of(FileTold const& told, std::string_view beginning) {
    if (!told.mapping.empty()) return Mapping::parse(told.mapping);
    if (!told.format.empty() && told.format != "auto") return named(told.format, told.name, beginning);
    return tells_how(told.source) ? named(told.source, told.name, beginning) : recognised(told.name, beginning);
}

std::optional<std::string> remark_on(Mapping const& mapping) {
    auto const& name = mapping.name();
    if (!name.starts_with(of_shadowserver)) return std::nullopt;
    auto const type = name.substr(of_shadowserver.size());
    if (Mappings::knows_shadowserver(type)) return std::nullopt;
    return fmt::format("the report type `{}` is not known; it was read by the usual columns", type);
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
