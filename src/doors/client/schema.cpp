#include "schema.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kula::client {
namespace {

constexpr int deepest = 16;

Json resolved_to(Json const& document, Json const& schema, int depth);

void merge(Json& into, Json const& part) {
    for (auto const& [name, value] : part.items()) {
        if (name == "properties") {
            for (auto const& [property, rule] : value.items()) into["properties"][property] = rule;
        } else if (name == "required" && value.is_array()) {  // Of a parameter it is true or false.
            for (auto const& required : value) into["required"].push_back(required);
        } else {
            into[name] = value;
        }
    }
}

/// The one alternative that is not null; it may be null then. Among several real ones the first speaks for all.
Json folded(Json const& document, Json const& alternatives, int depth) {
    Json chosen = Json::object();
    bool may_be_null = false;
    for (auto const& alternative : alternatives) {
        if (text_of(alternative, "type") == "null") {
            may_be_null = true;
        } else if (chosen.empty()) {
            chosen = resolved_to(document, alternative, depth);
        }
    }
    auto const type = text_of(chosen, "type");
    if (may_be_null && !type.empty()) chosen["type"] = Json::array({type, "null"});
    return chosen;
}

Json resolved_to(Json const& document, Json const& schema, int depth) {
    Json result = Json::object();
    if (!schema.is_object() || depth > deepest) return result;
    if (auto const reference = text_of(schema, "$ref"); reference.starts_with("#/")) {
        auto const pointer = Json::json_pointer(reference.substr(1));
        if (document.contains(pointer)) result = resolved_to(document, document.at(pointer), depth + 1);
    }
    for (auto const& part : member(schema, "allOf")) merge(result, resolved_to(document, part, depth + 1));
    for (auto const* name : {"oneOf", "anyOf"}) {
        if (auto const& alternatives = member(schema, name); alternatives.is_array())
            merge(result, folded(document, alternatives, depth + 1));
    }
    Json own = Json::object();
    for (auto const& [name, value] : schema.items()) {
        if (name == "$ref" || name == "allOf" || name == "oneOf" || name == "anyOf") continue;
        if (name == "properties") {
            auto& properties = own[name] = Json::object();
            for (auto const& [property, rule] : value.items())
                properties[property] = resolved_to(document, rule, depth + 1);
        } else if (name == "items" || name == "schema") {
            own[name] = resolved_to(document, value, depth + 1);
        } else {
            own[name] = value;
        }
    }
    merge(result, own);
    return result;
}

std::string in_range(Json const& schema) {
    auto const& least = member(schema, "minimum");
    auto const& most = member(schema, "maximum");
    if (least.is_number() && most.is_number() && most.get<double>() < 1e15)
        return fmt::format(" {}..{}", least.dump(), most.dump());
    return {};
}

std::string bare_words(Json const& schema) {
    if (auto const listed = choices(schema); !listed.empty()) return fmt::format("{}", fmt::join(listed, "|"));
    auto const format = text_of(schema, "format");
    if (format == "date-time") return "time";
    if (format == "uuid") return "id";
    if (takes(schema, "boolean")) return "true|false";
    if (takes(schema, "integer")) return "integer" + in_range(schema);
    if (takes(schema, "number")) return "number" + in_range(schema);
    if (takes(schema, "array")) return "list of " + bare_words(member(schema, "items"));
    if (takes(schema, "object")) {
        std::vector<std::string> names;
        for (auto const& [name, rule] : member(schema, "properties").items()) names.push_back(name);
        return names.empty() ? "object" : fmt::format("{{{}}}", fmt::join(names, ", "));
    }
    return "text";
}

}  // namespace

Json resolved(Json const& document, Json const& schema) { return resolved_to(document, schema, 0); }

bool takes(Json const& schema, std::string_view type) {
    auto const& told = member(schema, "type");
    if (told.is_string()) return told.get_ref<std::string const&>() == type;
    return told.is_array() && std::any_of(told.begin(), told.end(), [&](Json const& one) {
               return one.is_string() && one.get<std::string>() == type;
           });
}

std::vector<std::string> choices(Json const& schema) {
    std::vector<std::string> listed;
    for (auto const& value : member(schema, "enum"))
        if (value.is_string()) listed.push_back(value.get<std::string>());
    return listed;
}

std::string in_words(Json const& schema) {
    auto words = bare_words(schema);
    if (takes(schema, "null")) words += " or null";
    if (auto const& usual = member(schema, "default"); !usual.is_null())
        words += fmt::format(", {} unless told", usual.is_string() ? usual.get<std::string>() : usual.dump());
    return words;
}

}  // namespace kula::client
