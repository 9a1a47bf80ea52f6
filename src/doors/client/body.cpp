#include "body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "schema.hpp"

namespace kula::client {
namespace {

constexpr std::size_t longest_list = 100'000;

/// One step into a record: a member, a place in a list, or the place behind its end.
struct Step {
    std::string member{};
    std::optional<std::size_t> index{};
    bool is_new = false;
};

struct Field {
    std::string path;
    std::vector<Step> steps{};
    std::string value{};
    bool is_json = false;
};

base::Result<Field> parse_field(std::string const& typed) {
    auto const equals = typed.find('=');
    if (equals == std::string::npos || equals == 0)
        return base::invalid(typed + ": a field is NAME=VALUE, or NAME:=JSON");
    Field field;
    field.is_json = typed[equals - 1] == ':';
    field.path = typed.substr(0, equals - (field.is_json ? 1 : 0));
    field.value = typed.substr(equals + 1);
    std::string_view rest = field.path;
    while (!rest.empty()) {
        if (rest.front() == '[') {
            auto const end = rest.find(']');
            if (end == std::string_view::npos) return base::invalid(field.path + ": a bracket is not closed");
            auto const inside = rest.substr(1, end - 1);
            std::size_t index = 0;
            auto const [stop, fault] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
            if (!inside.empty() &&
                (fault != std::errc() || stop != inside.data() + inside.size() || index > longest_list))
                return base::invalid(fmt::format("{}: '{}' is no place in a list", field.path, inside));
            Step step;
            if (inside.empty())
                step.is_new = true;
            else
                step.index = index;
            field.steps.push_back(std::move(step));
            rest.remove_prefix(end + 1);
        } else {
            if (rest.front() == '.') rest.remove_prefix(1);
            auto const end = std::min(rest.find_first_of(".["), rest.size());
            if (end == 0) return base::invalid(field.path + ": a name is missing");
            field.steps.push_back({std::string(rest.substr(0, end))});
            rest.remove_prefix(end);
        }
    }
    return field;
}

/// A number as JSON reads it.
std::optional<Json> number(std::string const& text) {
    auto parsed = Json::parse(text, nullptr, false);
    return parsed.is_number() ? std::optional(std::move(parsed)) : std::nullopt;
}

base::Result<Json> typed_value(Field const& field, Json const& schema) {
    auto const& text = field.value;
    auto const wrong = [&] {
        return base::invalid(fmt::format("{}: '{}' is not: {}", field.path, text, in_words(schema)));
    };
    if (takes(schema, "null") && (text.empty() || text == "null")) return Json(nullptr);
    if (auto const listed = choices(schema); !listed.empty()) {
        if (std::find(listed.begin(), listed.end(), text) == listed.end()) return wrong();
        return Json(text);
    }
    if (takes(schema, "boolean")) {
        if (text != "true" && text != "false") return wrong();
        return Json(text == "true");
    }
    if (takes(schema, "integer") || takes(schema, "number")) {
        auto parsed = number(text);
        if (!parsed || (!takes(schema, "number") && !parsed->is_number_integer())) return wrong();
        return std::move(*parsed);
    }
    if (takes(schema, "object")) return wrong();
    return Json(text);
}

std::string names_of(Json const& properties) {
    std::vector<std::string> names;
    for (auto const& [name, rule] : properties.items()) names.push_back(name);
    return fmt::format("{}", fmt::join(names, ", "));
}

/// Where a field leads: the place in the body, made if need be, and the rule for what stands there.
struct Target {
    Json* place;
    Json const* rule;
};

base::Result<Target> walk(Json& body, Field const& field, Json const& schema) {
    Target target{&body, &schema};
    for (auto const& step : field.steps) {
        if (!step.member.empty()) {
            auto const& properties = member(*target.rule, "properties");
            if (!properties.empty() && !properties.contains(step.member)) {
                return base::invalid(fmt::format("{}: there is no field '{}'; there are {}", field.path, step.member,
                                                 names_of(properties)));
            }
            if (!takes(*target.rule, "object") && properties.empty() && !target.rule->empty())
                return base::invalid(field.path + ": has no members");
            if (!target.place->is_object()) *target.place = Json::object();
            target = {&(*target.place)[step.member], &member(properties, step.member)};
            continue;
        }
        if (!takes(*target.rule, "array")) return base::invalid(field.path + ": is no list");
        if (!target.place->is_array()) *target.place = Json::array();
        auto const index = step.is_new ? target.place->size() : *step.index;
        if (index > target.place->size())
            return base::invalid(fmt::format("{}: the list has {} so far", field.path, target.place->size()));
        if (index == target.place->size()) target.place->push_back(nullptr);
        target = {&(*target.place)[index], &member(*target.rule, "items")};
    }
    return target;
}

}  // namespace

base::Result<void> put_fields(Json& body, std::vector<std::string> const& fields, Json const& schema) {
    std::set<std::string> begun_lists;
    for (auto const& typed : fields) {
        auto const field = parse_field(typed);
        if (!field) return field.error();
        auto const target = walk(body, *field, schema);
        if (!target) return target.error();
        auto const& rule = *target->rule;
        if (field->is_json) {
            auto value = Json::parse(field->value, nullptr, false);
            if (value.is_discarded()) return base::invalid(field->path + ": what follows := is no JSON");
            *target->place = std::move(value);
            continue;
        }
        if (!takes(rule, "array")) {
            auto value = typed_value(*field, rule);
            if (!value) return value.error();
            *target->place = std::move(*value);
            continue;
        }
        bool const is_first = begun_lists.insert(field->path).second;
        if (is_first || !target->place->is_array()) *target->place = Json::array();
        if (field->value.empty()) continue;
        auto value = typed_value(*field, member(rule, "items"));
        if (!value) return value.error();
        target->place->push_back(std::move(*value));
    }
    return {};
}

void fill_up(Json& body, Json const& schema) {
    auto const& properties = member(schema, "properties");
    for (auto const& required : member(schema, "required")) {
        auto const name = required.get<std::string>();
        if (body.contains(name)) continue;
        auto const& rule = member(properties, name);
        if (takes(rule, "null"))
            body[name] = nullptr;
        else if (takes(rule, "array") && member(rule, "minItems").is_null())
            body[name] = Json::array();
    }
    for (auto& [name, value] : body.items()) {
        auto const& rule = member(properties, name);
        if (value.is_object() && takes(rule, "object")) fill_up(value, rule);
        if (!value.is_array()) continue;
        for (auto& one : value)
            if (one.is_object()) fill_up(one, member(rule, "items"));
    }
}

Json sendable(Json const& record, Json const& input, Json const& answer) {
    if (record.is_array()) {
        auto kept = Json::array();
        for (auto const& one : record) kept.push_back(sendable(one, member(input, "items"), member(answer, "items")));
        return kept;
    }
    auto const& wanted = member(input, "properties");
    if (!record.is_object() || wanted.empty()) return record;
    auto const& told = member(answer, "properties");
    auto kept = Json::object();
    for (auto const& [name, value] : record.items()) {
        if (wanted.contains(name))
            kept[name] = sendable(value, member(wanted, name), member(told, name));
        else if (!told.contains(name))
            kept[name] = value;
    }
    return kept;
}

}  // namespace kula::client
