#include "mapping_rules.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace kula::intake {
namespace {

using base::invalid;

template <class T>
using Read = base::Result<T>;

base::Error at(std::string_view place, base::Error const& error) {
    return invalid(fmt::format("{}: {}", place, error.detail));
}

Read<std::vector<std::string>> texts(Json const& value, std::string_view member) {
    if (value.is_string()) return std::vector{value.get<std::string>()};
    std::vector<std::string> out;
    if (!value.is_array()) return invalid(fmt::format("{}: is neither a text nor a list of texts", member));
    for (auto const& each : value) {
        if (!each.is_string()) return invalid(fmt::format("{}: is neither a text nor a list of texts", member));
        out.push_back(each.get<std::string>());
    }
    return out;
}

std::string text(Json const& object, std::string_view member) {
    auto const found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

template <std::size_t count>
Read<void> only(Json const& object, std::array<std::string_view, count> const& members) {
    if (!object.is_object()) return invalid("is no object");
    for (auto const& [name, value] : object.items()) {
        if (std::find(members.begin(), members.end(), name) == members.end())
            return invalid(fmt::format("{}: is no member here", name));
    }
    return {};
}

Read<void> check_field(std::string const& field) {
    if (field == "extra" || events::EventFields::shipped().find(field) != nullptr) return {};
    return invalid(fmt::format("{} is no field of an event", field));
}

Read<void> add_named(Target& target, Json const& names) {
    auto const list = texts(names, "as");
    if (!list) return list.error();
    for (auto const& name : *list) {
        auto conversion = named_conversion(name);
        if (!conversion) return invalid(fmt::format("as: there is no conversion {}", name));
        target.conversions.push_back(std::move(conversion));
    }
    return {};
}

/// `source.ip`, or `source.ip: address`, or with several conversions `source.fqdn: host, domain`.
Read<Target> short_target(std::string const& told) {
    auto const colon = told.find(": ");
    Target target{told.substr(0, colon)};
    if (auto const checked = check_field(target.field); !checked) return checked.error();
    if (colon == std::string::npos) return target;
    constexpr std::string_view parting = ", ";
    for (auto rest = std::string_view(told).substr(colon + 2); !rest.empty();) {
        auto const name = rest.substr(0, rest.find(parting));
        if (auto const added = add_named(target, name); !added) return added.error();
        rest.remove_prefix(std::min(rest.size(), name.size() + parting.size()));
    }
    return target;
}

Read<Target> long_target(Json const& told) {
    constexpr std::array<std::string_view, 9> members{"to",     "as",     "pattern", "words", "otherwise",
                                                      "before", "behind", "url_of",  "filled"};
    if (auto const checked = only(told, members); !checked) return checked.error();
    Target target{text(told, "to")};
    if (auto const checked = check_field(target.field); !checked) return at("to", checked.error());
    // In the order of a cell's way: put together, taken out, replaced, completed, and then brought into its form.
    auto const form = text(told, "filled");
    if (std::count(form.begin(), form.end(), '{') != std::count(form.begin(), form.end(), '}'))
        return invalid("filled: a brace is not closed");
    if (told.contains("filled")) target.conversions.push_back(filled(form));
    if (told.contains("pattern")) {
        auto pattern = pattern_of(text(told, "pattern"));
        if (!pattern) return pattern.error();
        target.conversions.push_back(std::move(*pattern));
    }
    if (auto const words = told.find("words"); words != told.end()) {
        if (!words->is_object()) return invalid("words: is no object");
        auto const otherwise = told.find("otherwise");
        auto const has_otherwise = otherwise != told.end();
        target.conversions.push_back(words_of(*words, has_otherwise ? std::optional<Json>(*otherwise) : std::nullopt));
    }
    if (auto const hosts = told.find("url_of"); hosts != told.end()) {
        auto list = texts(*hosts, "url_of");
        if (!list) return list.error();
        target.conversions.push_back(url_of(std::move(*list), "application"));
    }
    if (told.contains("before") || told.contains("behind"))
        target.conversions.push_back(surrounded(text(told, "before"), text(told, "behind")));
    if (auto const as = told.find("as"); as != told.end()) {
        if (auto const added = add_named(target, *as); !added) return added.error();
    }
    return target;
}

Read<std::vector<Target>> parse_targets(Json const& told) {
    if (told.is_null()) return std::vector<Target>{};
    std::vector<Target> out;
    for (auto const& each : told.is_array() ? told : Json::array({told})) {
        auto target = each.is_string() ? short_target(each.get<std::string>()) : long_target(each);
        if (!target) return target.error();
        out.push_back(std::move(*target));
    }
    return out;
}

Read<Rules> parse_own_rules(Json const& told) {
    Rules rules;
    if (auto const set = told.find("set"); set != told.end()) {
        if (!set->is_object()) return invalid("set: is no object");
        for (auto const& [field, value] : set->items()) {
            events::Event trial;
            if (auto const checked = trial.set(field, value); !checked) return at("set", checked.error());
            rules.set.emplace_back(field, trial.fields().front());
        }
    }
    if (auto const columns = told.find("columns"); columns != told.end()) {
        auto parsed = parse_columns(*columns);
        if (!parsed) return at("columns", parsed.error());
        rules.columns = std::move(*parsed);
    }
    return rules;
}

Read<Conditions> parse_conditions(Json const& told) {
    if (!told.is_object()) return invalid("is no object");
    Conditions out;
    for (auto const& [column, wanted] : told.items()) {
        Condition condition{column};
        if (wanted.is_object()) {
            auto pattern = found_by(text(wanted, "pattern"));
            if (!pattern) return at(column, pattern.error());
            condition.pattern = std::move(*pattern);
        } else if (wanted.is_array()) {
            condition.values.assign(wanted.begin(), wanted.end());
        } else {
            condition.values.push_back(wanted);
        }
        out.push_back(std::move(condition));
    }
    return out;
}

Read<Case> parse_case(Json const& told) {
    constexpr std::array<std::string_view, 3> members{"when", "set", "columns"};
    if (auto const checked = only(told, members); !checked) return checked.error();
    Case out;
    if (auto const when = told.find("when"); when != told.end()) {
        auto conditions = parse_conditions(*when);
        if (!conditions) return at("when", conditions.error());
        out.when = std::move(*conditions);
    }
    auto rules = parse_own_rules(told);
    if (!rules) return rules.error();
    out.rules = std::move(*rules);
    return out;
}

Read<void> check_pattern(std::string_view member, std::string const& expression, std::size_t groups) {
    RE2 const pattern(expression, RE2::Quiet);
    if (!pattern.ok()) return invalid(fmt::format("{}: {}", member, pattern.error()));
    if (static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) != groups)
        return invalid(fmt::format("{}: needs {} groups, one a column", member, groups));
    return {};
}

Read<Reading> parse_reading(Json const& told) {
    constexpr std::array<std::string_view, 9> members{"form",   "delimiter", "columns", "comments", "trims",
                                                      "header", "notes",     "each",    "pattern"};
    if (auto const checked = only(told, members); !checked) return checked.error();
    Reading reading;
    auto const form = text(told, "form");
    if (form == "json") reading.form = Reading::Form::json;
    if (form == "yaml") reading.form = Reading::Form::yaml;
    if (form == "misp") reading.form = Reading::Form::misp;
    if (form == "lines") reading.form = Reading::Form::lines;
    if (reading.form == Reading::Form::csv && form != "csv")
        return invalid("form: is none of csv, json, yaml, misp, lines");
    auto const delimiter = text(told, "delimiter");
    if (delimiter.size() > 1) return invalid("delimiter: is more than one character");
    if (!delimiter.empty()) reading.delimiter = delimiter.front();
    if (auto const columns = told.find("columns"); columns != told.end()) {
        auto list = texts(*columns, "columns");
        if (!list) return list.error();
        reading.columns = std::move(*list);
    }
    reading.comments = text(told, "comments");
    auto const trims = told.find("trims");
    if (trims != told.end() && !trims->is_boolean()) return invalid("trims: is neither true nor false");
    reading.trims = trims != told.end() && trims->get<bool>();
    reading.each = text(told, "each");
    reading.header = text(told, "header");
    if (!reading.header.empty()) {
        if (auto const checked = check_pattern("header", reading.header, 1); !checked) return checked.error();
    }
    if (auto const notes = told.find("notes"); notes != told.end()) {
        auto list = texts(*notes, "notes");
        if (!list) return list.error();
        reading.notes = std::move(*list);
    }
    for (auto const& note : reading.notes) {
        if (auto const parsed = NamedGroups::parse(note); !parsed) return at("notes", parsed.error());
    }
    reading.pattern = text(told, "pattern");
    bool const are_lines = reading.form == Reading::Form::lines;
    if (are_lines != !reading.pattern.empty()) return invalid("pattern: belongs to lines, and they need it");
    if (are_lines && reading.columns.empty()) return invalid("columns: lines need them, one a group");
    if (are_lines) {
        auto const checked = check_pattern("pattern", reading.pattern, reading.columns.size());
        if (!checked) return checked.error();
    }
    return reading;
}

Read<Apart> parse_apart(std::string const& column, Json const& told) {
    constexpr std::array<std::string_view, 3> members{"between", "equals", "patterns"};
    if (auto const checked = only(told, members); !checked) return checked.error();
    Apart out{column, text(told, "between"), text(told, "equals")};
    if (out.between.empty() != out.equals.empty()) return invalid("between, equals: one needs the other");
    auto const patterns = told.find("patterns");
    auto const list = patterns == told.end() ? Read<std::vector<std::string>>(std::vector<std::string>())
                                             : texts(*patterns, "patterns");
    if (!list) return list.error();
    for (auto const& each : *list) {
        auto pattern = NamedGroups::parse(each);
        if (!pattern) return at("patterns", pattern.error());
        out.patterns.push_back(std::move(*pattern));
    }
    return out;
}

/// `column`, or `{"column": …, "between": …}`.
Read<Several> parse_several(Json const& told) {
    if (told.is_string()) return Several{told.get<std::string>()};
    constexpr std::array<std::string_view, 2> members{"column", "between"};
    if (auto const checked = only(told, members); !checked) return checked.error();
    Several out{text(told, "column"), text(told, "between")};
    if (out.column.empty()) return invalid("column: is missing");
    return out;
}

/// What a mapping says of rows, before their columns.
Read<void> parse_row_rules(Json const& mapping, MappingRules& out) {
    for (auto const& told : mapping.value("needed", Json::array())) {
        auto columns = texts(told, "needed");
        if (!columns) return columns.error();
        out.needed.push_back(std::move(*columns));
    }
    for (auto const& told : mapping.value("skips", Json::array())) {
        auto conditions = parse_conditions(told);
        if (!conditions) return at("skips", conditions.error());
        out.skips.push_back(std::move(*conditions));
    }
    auto const apart = mapping.value("apart", Json::object());
    for (auto const& [column, told] : apart.items()) {
        auto parsed = parse_apart(column, told);
        if (!parsed) return at("apart", at(column, parsed.error()));
        out.apart.push_back(std::move(*parsed));
    }
    for (auto const& told : mapping.value("per", Json::array())) {
        auto parsed = parse_several(told);
        if (!parsed) return at("per", parsed.error());
        out.per.push_back(std::move(*parsed));
    }
    return {};
}

Read<ListRules> parse_list(Json const& told) {
    constexpr std::array<std::string_view, 2> members{"of", "confidence"};
    if (auto const checked = only(told, members); !checked) return checked.error();
    auto fields = texts(told.value("of", Json()), "of");
    if (!fields) return fields.error();
    if (fields->empty()) return invalid("of: names no field");
    for (auto const& field : *fields) {
        if (auto const checked = check_field(field); !checked) return at("of", checked.error());
    }
    ListRules out{std::move(*fields)};
    if (auto const confidence = told.find("confidence"); confidence != told.end()) {
        bool const is_one = confidence->is_number_unsigned() && confidence->get<std::uint64_t>() <= 100;
        if (!is_one) return invalid("confidence: is no integer from 0 to 100");
        out.confidence = confidence->get<std::uint8_t>();
    }
    return out;
}

Read<std::vector<std::vector<Case>>> parse_choices(Json const& choices) {
    if (!choices.is_array()) return invalid("choices: is no list");
    std::vector<std::vector<Case>> out;
    for (auto const& choice : choices) {
        if (!choice.is_array()) return invalid("choices: an entry is no list of cases");
        std::vector<Case> cases;
        for (auto const& each : choice) {
            auto parsed = parse_case(each);
            if (!parsed) return at("choices", parsed.error());
            cases.push_back(std::move(*parsed));
        }
        out.push_back(std::move(cases));
    }
    return out;
}

}  // namespace

Read<Columns> parse_columns(Json const& columns) {
    if (!columns.is_object()) return invalid("is no object");
    Columns out;
    for (auto const& [column, told] : columns.items()) {
        auto targets = parse_targets(told);
        if (!targets) return at(column, targets.error());
        for (auto& target : *targets) {
            if (target.field == "extra") target.field = "extra." + column;
        }
        out.emplace(column, std::move(*targets));
    }
    return out;
}

Read<MappingRules> parse_rules(Json const& mapping) {
    constexpr std::array<std::string_view, 15> members{"name",   "title",  "url",     "intelmq", "reads",
                                                       "needed", "schema", "skips",   "apart",   "per",
                                                       "rest",   "set",    "columns", "choices", "list"};
    if (auto const checked = only(mapping, members); !checked) return checked.error();
    MappingRules out;
    out.name = text(mapping, "name");
    if (out.name.empty()) return invalid("name: is missing");
    if (auto const others = mapping.find("intelmq"); others != mapping.end()) {
        auto read = texts(*others, "intelmq");
        if (!read) return read.error();
        out.intelmq = std::move(*read);
    }
    if (auto const read = parse_row_rules(mapping, out); !read) return read.error();
    auto const reads = mapping.find("reads");
    if (reads == mapping.end()) return invalid("reads: is missing");
    auto reading = parse_reading(*reads);
    if (!reading) return at("reads", reading.error());
    out.reading = std::move(*reading);
    if (auto const schema = mapping.find("schema"); schema != mapping.end()) {
        auto parsed = Schema::parse(*schema);
        if (!parsed) return at("schema", parsed.error());
        bool const are_objects = out.reading.form != Reading::Form::csv && out.reading.form != Reading::Form::lines;
        if (!are_objects) return invalid("schema: belongs to json, yaml and misp");
        out.schema = std::move(*parsed);
    }
    auto const rest = mapping.contains("rest") ? text(mapping, "rest") : "keep";
    if (rest == "fields") out.rest = Rest::fields;
    if (rest == "drop") out.rest = Rest::drop;
    if (rest != "keep" && rest != "fields" && rest != "drop") return invalid("rest: is none of keep, fields, drop");
    auto rules = parse_own_rules(mapping);
    if (!rules) return rules.error();
    out.rules = std::move(*rules);
    if (auto const choices = mapping.find("choices"); choices != mapping.end()) {
        auto parsed = parse_choices(*choices);
        if (!parsed) return parsed.error();
        out.choices = std::move(*parsed);
    }
    if (auto const list = mapping.find("list"); list != mapping.end()) {
        auto parsed = parse_list(*list);
        if (!parsed) return at("list", parsed.error());
        out.list = std::move(*parsed);
    }
    return out;
}

}  // namespace kula::intake
