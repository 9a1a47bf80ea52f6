#include "mapping_rules.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "told.hpp"

namespace kula::intake {
namespace {

bool is_field(std::string const& field) {
    return field == "extra" || events::EventFields::shipped().find(field) != nullptr;
}

void check_field(Told const& told, std::string const& field) {
    if (!is_field(field)) told.wrong(fmt::format("`{}` is no field of an event", field));
}

void add_named(Target& target, Told const& told, std::string const& name) {
    auto conversion = named_conversion(name);
    if (!conversion) return told.wrong(fmt::format("there is no conversion `{}`", name));
    target.conversions.push_back(std::move(conversion));
}

/// `source.ip`, or `source.ip: address`, or with several conversions `source.fqdn: host, domain`.
Target short_target(Told const& told) {
    auto const text = told.value().get<std::string>();
    auto const colon = text.find(": ");
    Target target{text.substr(0, colon)};
    check_field(told, target.field);
    if (colon == std::string::npos) return target;
    constexpr std::string_view parting = ", ";
    for (auto rest = std::string_view(text).substr(colon + 2); !rest.empty();) {
        auto const name = rest.substr(0, rest.find(parting));
        add_named(target, told, std::string(name));
        rest.remove_prefix(std::min(rest.size(), name.size() + parting.size()));
    }
    return target;
}

/// What a part of the mapping becomes; nothing where it is wrong, which is told.
template <class T>
std::optional<T> taken(Told const& told, std::string_view member, base::Result<T> made) {
    if (made) return std::move(*made);
    told.wrong(member, made.error().detail);
    return std::nullopt;
}

Target long_target(Told const& told) {
    Target target;
    bool const is_object =
        told.is_object_of({"to", "as", "pattern", "words", "otherwise", "before", "behind", "url_of", "filled"});
    if (!is_object) return target;
    target.field = told.text("to");
    if (!is_field(target.field)) told.wrong("to", fmt::format("`{}` is no field of an event", target.field));
    // In the order of a cell's way: put together, taken out, replaced, completed, and then brought into its form.
    auto const form = told.text("filled");
    if (std::count(form.begin(), form.end(), '{') != std::count(form.begin(), form.end(), '}'))
        told.wrong("filled", "a brace is not closed");
    if (told.has("filled")) target.conversions.push_back(filled(form));
    if (told.has("pattern")) {
        auto pattern = taken(told, "pattern", pattern_of(told.text("pattern")));
        if (pattern) target.conversions.push_back(std::move(*pattern));
    }
    if (told.has("words")) {
        auto const& words = told.at("words").value();
        if (!words.is_object()) told.wrong("words", "is no object");
        auto const otherwise = told.has("otherwise") ? std::optional(told.at("otherwise").value()) : std::nullopt;
        target.conversions.push_back(words_of(words, otherwise));
    }
    if (told.has("url_of")) target.conversions.push_back(url_of(told.texts("url_of"), "application"));
    if (told.has("before") || told.has("behind"))
        target.conversions.push_back(surrounded(told.text("before"), told.text("behind")));
    if (told.has("as")) {
        auto const as = told.at("as");
        for (auto const& name : as.texts()) add_named(target, as, name);
    }
    return target;
}

std::vector<Target> parse_targets(Told const& told) {
    std::vector<Target> out;
    if (told.value().is_null()) return out;
    auto const take = [&out](Told const& each) {
        out.push_back(each.value().is_string() ? short_target(each) : long_target(each));
    };
    if (told.value().is_array()) {
        told.each_entry(take);
    } else {
        take(told);
    }
    return out;
}

Columns parse_columns(Told const& told) {
    Columns out;
    told.each_member([&](std::string const& column, Told const& each) {
        auto targets = parse_targets(each);
        for (auto& target : targets) {
            if (target.field == "extra") target.field = "extra." + column;
        }
        out.emplace(column, std::move(targets));
    });
    return out;
}

Rules parse_own_rules(Told const& told) {
    Rules rules;
    if (told.has("set")) {
        told.at("set").each_member([&](std::string const& field, Told const& each) {
            if (!is_field(field)) return each.wrong(fmt::format("`{}` is no field of an event", field));
            events::Event trial;
            auto const checked = trial.set(field, each.value());
            if (checked) return static_cast<void>(rules.set.emplace_back(field, trial.fields().front()));
            each.wrong(checked.error().detail.substr(field.size() + 2));
        });
    }
    if (told.has("columns")) rules.columns = parse_columns(told.at("columns"));
    return rules;
}

Conditions parse_conditions(Told const& told) {
    Conditions out;
    told.each_member([&](std::string const& column, Told const& wanted) {
        Condition condition{column};
        if (wanted.value().is_object()) {
            if (!wanted.is_object_of({"pattern"})) return;
            auto pattern = taken(wanted, "pattern", found_by(wanted.text("pattern")));
            if (!pattern) return;
            condition.pattern = std::move(*pattern);
        } else if (wanted.value().is_array()) {
            condition.values.assign(wanted.value().begin(), wanted.value().end());
        } else {
            condition.values.push_back(wanted.value());
        }
        out.push_back(std::move(condition));
    });
    return out;
}

Case parse_case(Told const& told) {
    Case out;
    if (!told.is_object_of({"when", "set", "columns"})) return out;
    if (told.has("when")) out.when = parse_conditions(told.at("when"));
    out.rules = parse_own_rules(told);
    return out;
}

void check_pattern(Told const& told, std::string_view member, std::string const& expression, std::size_t groups) {
    RE2 const pattern(expression, RE2::Quiet);
    if (!pattern.ok()) return told.wrong(member, no_expression(pattern.error()));
    if (static_cast<std::size_t>(pattern.NumberOfCapturingGroups()) != groups)
        told.wrong(member, fmt::format("must have as many groups as there are columns: {}", groups));
}

void check_named_groups(Told const& told, std::vector<std::string> const& expressions, std::string_view member) {
    for (auto const& each : expressions) taken(told, member, NamedGroups::parse(each));
}

Reading parse_reading(Told const& told) {
    Reading reading;
    bool const is_object = told.is_object_of(
        {"form", "delimiter", "columns", "comments", "trims", "header", "notes", "end", "each", "beside", "pattern"});
    if (!is_object) return reading;
    auto const form = told.text("form");
    if (form == "json") reading.form = Reading::Form::json;
    if (form == "yaml") reading.form = Reading::Form::yaml;
    if (form == "misp") reading.form = Reading::Form::misp;
    if (form == "lines") reading.form = Reading::Form::lines;
    if (reading.form == Reading::Form::csv && form != "csv")
        told.wrong("form", "is none of csv, json, yaml, misp, lines");
    auto const delimiter = told.text("delimiter");
    if (delimiter.size() > 1) told.wrong("delimiter", "is more than one character");
    if (!delimiter.empty()) reading.delimiter = delimiter.front();
    reading.columns = told.texts("columns");
    reading.comments = told.text("comments");
    reading.trims = told.flag("trims");
    reading.each = told.text("each");
    reading.beside = told.texts("beside");
    if (!reading.beside.empty() && reading.each.empty()) told.wrong("beside", "stands only beside each");
    reading.header = told.text("header");
    if (!reading.header.empty()) check_pattern(told, "header", reading.header, 1);
    reading.notes = told.texts("notes");
    check_named_groups(told, reading.notes, "notes");
    reading.end = told.text("end");
    if (!reading.end.empty()) {
        check_pattern(told, "end", reading.end, 0);
        bool const has_comments = form == "csv" || form == "lines";
        if (!has_comments || reading.comments.empty()) told.wrong("end", "belongs to csv and lines with comments");
    }
    reading.pattern = told.text("pattern");
    bool const are_lines = reading.form == Reading::Form::lines;
    if (are_lines != !reading.pattern.empty()) told.wrong("pattern", "belongs to lines, and they need it");
    if (are_lines && reading.columns.empty()) told.wrong("columns", "lines need them, one a group");
    if (are_lines && !reading.pattern.empty() && !reading.columns.empty())
        check_pattern(told, "pattern", reading.pattern, reading.columns.size());
    return reading;
}

Apart parse_apart(std::string const& column, Told const& told) {
    Apart out{column};
    if (!told.is_object_of({"between", "equals", "patterns"})) return out;
    out.between = told.text("between");
    out.equals = told.text("equals");
    if (out.between.empty() != out.equals.empty()) told.wrong("needs both between and equals");
    for (auto const& each : told.texts("patterns")) {
        auto pattern = taken(told, "patterns", NamedGroups::parse(each));
        if (pattern) out.patterns.push_back(std::move(*pattern));
    }
    return out;
}

/// `column`, or `{"column": …, "between": …}`.
Several parse_several(Told const& told) {
    if (told.value().is_string()) return Several{told.value().get<std::string>()};
    Several out;
    if (!told.is_object_of({"column", "between"})) return out;
    out = {told.text("column"), told.text("between")};
    if (out.column.empty()) told.wrong("column", "is missing");
    return out;
}

/// What a mapping says of rows, before their columns.
void parse_row_rules(Told const& mapping, MappingRules& out) {
    if (mapping.has("needed"))
        mapping.at("needed").each_entry([&](Told const& each) { out.needed.push_back(each.texts()); });
    if (mapping.has("skips"))
        mapping.at("skips").each_entry([&](Told const& each) { out.skips.push_back(parse_conditions(each)); });
    if (mapping.has("apart")) {
        mapping.at("apart").each_member(
            [&](std::string const& column, Told const& each) { out.apart.push_back(parse_apart(column, each)); });
    }
    if (mapping.has("per"))
        mapping.at("per").each_entry([&](Told const& each) { out.per.push_back(parse_several(each)); });
}

Rest parse_rest(Told const& mapping) {
    auto const rest = mapping.has("rest") ? mapping.text("rest") : "keep";
    if (rest == "fields") return Rest::fields;
    if (rest == "drop") return Rest::drop;
    if (rest != "keep") mapping.wrong("rest", "is none of keep, fields, drop");
    return Rest::keep;
}

ListRules parse_list(Told const& told) {
    ListRules out;
    if (!told.is_object_of({"of", "confidence"})) return out;
    out.fields = told.texts("of");
    if (out.fields.empty()) told.wrong("of", "names no field");
    for (auto const& field : out.fields) {
        if (!is_field(field)) told.wrong("of", fmt::format("`{}` is no field of an event", field));
    }
    if (!told.has("confidence")) return out;
    auto const confidence = told.at("confidence");
    auto const& value = confidence.value();
    bool const is_one = value.is_number_unsigned() && value.get<std::uint64_t>() <= 100;
    if (!is_one) confidence.wrong("is no integer from 0 to 100");
    if (is_one) out.confidence = value.get<std::uint8_t>();
    return out;
}

events::Folding parse_folding(Told const& told) {
    using events::Folding;
    Folding out;
    if (!told.is_object_of({"within", "without"})) return out;
    auto const within = told.text("within");
    if (within != "hour" && within != "day") told.wrong("within", "is none of hour, day");
    out.within = within == "day" ? Folding::Within::day : Folding::Within::hour;
    out.without = told.texts("without");
    for (auto const& field : out.without) {
        if (!Folding::may_differ(field))
            told.wrong("without",
                       fmt::format("`{}` may not differ: it is no port, account, description or extra field", field));
    }
    return out;
}

std::optional<VulnerabilityList> parse_vulnerabilities(Told const& mapping) {
    auto const list = mapping.text("vulnerabilities");
    if (list == "exploited") return VulnerabilityList::exploited;
    if (list == "scores") return VulnerabilityList::scores;
    mapping.wrong("vulnerabilities", "is none of exploited, scores");
    return std::nullopt;
}

std::optional<Schema> parse_schema(Told const& mapping, Reading::Form form) {
    if (form == Reading::Form::csv || form == Reading::Form::lines)
        mapping.wrong("schema", "belongs to json, yaml and misp");
    return taken(mapping, "schema", Schema::parse(mapping.at("schema").value()));
}

/// What is wrong with the whole is told without a member.
base::Error error_of(std::vector<base::FieldProblem> problems) {
    bool const is_of_the_whole = problems.front().field.empty();
    auto error = base::invalid(std::move(problems));
    if (is_of_the_whole) error.detail = error.fields.front().message;
    return error;
}

}  // namespace

base::Result<MappingRules> parse_rules(Json const& told) {
    std::vector<base::FieldProblem> problems;
    Told const mapping(told, {}, problems);
    MappingRules out;
    bool const is_object =
        mapping.is_object_of({"name", "title", "url", "intelmq", "reads", "needed", "schema", "skips", "apart", "per",
                              "rest", "set", "columns", "choices", "list", "folds", "vulnerabilities"});
    if (!is_object) return error_of(std::move(problems));
    out.name = mapping.text("name");
    if (out.name.empty()) mapping.wrong("name", "is missing");
    out.title = mapping.text("title");
    out.intelmq = mapping.texts("intelmq");
    if (mapping.has("reads")) {
        out.reading = parse_reading(mapping.at("reads"));
    } else {
        mapping.wrong("reads", "is missing");
    }
    if (mapping.has("schema")) out.schema = parse_schema(mapping, out.reading.form);
    parse_row_rules(mapping, out);
    if (mapping.has("list")) out.list = parse_list(mapping.at("list"));
    if (mapping.has("folds")) out.folding = parse_folding(mapping.at("folds"));
    if (mapping.has("vulnerabilities")) out.vulnerabilities = parse_vulnerabilities(mapping);
    if (out.list && out.vulnerabilities) mapping.wrong("vulnerabilities", "stands beside list");
    out.rest = parse_rest(mapping);
    out.rules = parse_own_rules(mapping);
    if (mapping.has("choices")) {
        mapping.at("choices").each_entry([&](Told const& choice) {
            auto& cases = out.choices.emplace_back();
            choice.each_entry([&](Told const& each) { cases.push_back(parse_case(each)); });
        });
    }
    if (!problems.empty()) return error_of(std::move(problems));
    return out;
}

}  // namespace kula::intake
