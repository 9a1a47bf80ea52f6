#include "columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schema.hpp"

namespace kula::client {
namespace {

constexpr std::array naming_members{"name", "value", "label", "id", "sequence"};

bool is_plain(Json const& value) { return !value.is_object() && !value.is_array(); }

void add_columns(std::vector<Column>& columns, Json const& schema, std::vector<std::string> const& place) {
    auto const& properties = member(schema, "properties");
    for (auto const& [name, rule] : properties.items()) {
        auto inner = place;
        inner.push_back(name);
        if (takes(rule, "object") && !member(rule, "properties").empty() && inner.size() < 4) {
            add_columns(columns, rule, inner);
            continue;
        }
        columns.push_back(
            {fmt::format("{}", fmt::join(inner, ".")), inner, takes(rule, "integer") || takes(rule, "number")});
    }
}

std::string plain_text(Json const& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string called(Json const& object) {
    for (auto const* const name : naming_members)
        if (auto const& naming = member(object, name); !naming.is_null() && is_plain(naming)) return plain_text(naming);
    return written(object);
}

}  // namespace

Json const& Column::in(Json const& record) const {
    auto const* value = &record;
    for (auto const& step : place) value = &member(*value, step);
    return *value;
}

std::vector<Column> all_columns(Json const& schema) {
    std::vector<Column> columns;
    add_columns(columns, schema, {});
    return columns;
}

std::vector<Column> telling_columns(Json const& schema) {
    std::vector<Column> columns;
    auto const& properties = member(schema, "properties");
    for (auto const& [name, rule] : properties.items()) {
        if (name == "version" || name == "hash") continue;
        bool const is_number = takes(rule, "integer") || takes(rule, "number");
        columns.push_back({name, {name}, is_number});
    }
    return columns;
}

base::Result<std::vector<Column>> named_columns(Json const& schema, std::string_view names) {
    auto known = all_columns(schema);
    for (auto& column : telling_columns(schema)) known.push_back(std::move(column));
    std::vector<Column> chosen;
    while (!names.empty()) {
        auto const end = std::min(names.find(','), names.size());
        std::string const name(names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
        auto const found =
            std::find_if(known.begin(), known.end(), [&](auto const& column) { return column.name == name; });
        if (found != known.end()) {
            chosen.push_back(*found);
        } else if (known.empty()) {
            chosen.push_back({name, {name}});
        } else {
            std::vector<std::string> there;
            for (auto const& column : all_columns(schema)) there.push_back(column.name);
            return base::invalid(fmt::format("there is no column '{}'; there are {}", name, fmt::join(there, ", ")));
        }
    }
    return chosen;
}

std::string for_people(Json const& value) {
    if (value.is_null()) return "-";
    if (value.is_object()) return called(value);
    if (!value.is_array()) return plain_text(value);
    std::string joined;
    for (auto const& one : value) {
        if (!joined.empty()) joined += ", ";
        joined += one.is_object() ? called(one) : for_people(one);
    }
    return joined;
}

std::string for_sheets(Json const& value) {
    if (is_plain(value)) return plain_text(value);
    if (value.is_object() || !std::all_of(value.begin(), value.end(), is_plain)) return written(value);
    std::string joined;
    for (auto const& one : value) joined += (joined.empty() ? "" : " ") + plain_text(one);
    return joined;
}

}  // namespace kula::client
