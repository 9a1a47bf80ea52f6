#include "contract.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schema.hpp"

namespace kula::client {
namespace {

constexpr std::string_view root = "/api/v1/";
constexpr std::array methods{"get", "post", "put", "patch", "delete"};

std::vector<std::string> nouns_of(std::string_view path) {
    path.remove_prefix(path.starts_with(root) ? root.size() : 1);
    std::vector<std::string> words;
    while (!path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        if (auto const word = path.substr(0, end); !word.starts_with('{')) words.emplace_back(word);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return words;
}

/// Where a list has its rows: in `items`, or in a member that is called like the noun.
std::string rows_of(Json const& answer, std::string noun) {
    std::replace(noun.begin(), noun.end(), '-', '_');
    for (auto const& name : {std::string("items"), noun}) {
        auto const& property = member(member(answer, "properties"), name);
        if (takes(property, "array")) return name;
    }
    return {};
}

std::string usual_verb(Operation const& operation) {
    if (operation.answer_type == "text/event-stream") return "watch";
    if (operation.method == "GET") return operation.rows.empty() ? "get" : "list";
    if (operation.method == "POST") return "create";
    return operation.method == "DELETE" ? "delete" : "change";
}

void add_parameters(Operation& operation, Json const& document, Json const& listed) {
    for (auto const& one : listed) {
        auto const parameter = resolved(document, one);
        auto const place = text_of(parameter, "in");
        if (place != "path" && place != "query" && place != "header") continue;
        operation.parameters.push_back({text_of(parameter, "name"),
                                        place == "path"    ? Parameter::Place::path
                                        : place == "query" ? Parameter::Place::query
                                                           : Parameter::Place::header,
                                        member(parameter, "required") == Json(true), text_of(parameter, "description"),
                                        member(parameter, "schema")});
    }
}

void add_body(Operation& operation, Json const& document, Json const& told) {
    auto body = told;
    if (auto const reference = text_of(told, "$ref"); reference.starts_with("#/"))
        body = document.value(Json::json_pointer(reference.substr(1)), Json::object());
    auto const& content = member(body, "content");
    for (auto const& [type, media] : content.items()) {
        operation.body_types.push_back(type);
        if (type == "application/json") operation.body_schema = resolved(document, member(media, "schema"));
    }
}

void add_answer(Operation& operation, Json const& document, Json const& answers) {
    for (auto const& [status, told] : answers.items()) {
        if (!status.starts_with('2')) continue;
        auto const& content = member(told, "content");
        for (auto const& [type, media] : content.items()) {
            if (!operation.answer_type.empty()) continue;
            operation.answer_type = type;
            if (type == "application/json") operation.answer_schema = resolved(document, member(media, "schema"));
        }
    }
}

Operation operation_of(Json const& document, std::string const& path, std::string const& method, Json const& item) {
    auto const& told = item.at(method);
    Operation operation;
    operation.words = nouns_of(path);
    operation.method = method;
    std::transform(method.begin(), method.end(), operation.method.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    operation.path = path;
    if (auto const& tags = member(told, "tags"); tags.is_array() && !tags.empty() && tags.front().is_string())
        operation.tag = tags.front().get<std::string>();
    operation.permission = text_of(told, "x-permission");
    operation.summary = text_of(told, "summary");
    operation.description = text_of(told, "description");
    add_parameters(operation, document, member(item, "parameters"));
    add_parameters(operation, document, member(told, "parameters"));
    add_body(operation, document, member(told, "requestBody"));
    add_answer(operation, document, member(told, "responses"));
    if (operation.words.empty()) operation.words.emplace_back("root");
    operation.rows =
        operation.method == "GET" ? rows_of(operation.answer_schema, operation.words.back()) : std::string();
    auto const id = text_of(told, "operationId");
    bool const named_after_path = operation.words.size() > 1 && id.substr(0, id.find('_')) == operation.words.back();
    operation.verb = named_after_path ? operation.words.back() : usual_verb(operation);
    if (named_after_path) operation.words.pop_back();
    return operation;
}

}  // namespace

std::string Parameter::option() const {
    auto dashed = "--" + name;
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    return dashed;
}

std::string Operation::name() const { return fmt::format("{} {}", fmt::join(words, " "), verb); }

std::vector<Parameter const*> Operation::at(Parameter::Place place) const {
    std::vector<Parameter const*> found;
    for (auto const& one : parameters)
        if (one.place == place) found.push_back(&one);
    return found;
}

Parameter const* Operation::parameter(Parameter::Place place, std::string_view wanted) const {
    auto const found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](auto const& one) { return one.place == place && one.name == wanted; });
    return found == parameters.end() ? nullptr : &*found;
}

bool Operation::takes_json() const {
    return std::find(body_types.begin(), body_types.end(), "application/json") != body_types.end();
}

bool Operation::takes_file() const {
    return std::any_of(body_types.begin(), body_types.end(),
                       [](auto const& type) { return type != "application/json"; });
}

Json const& Operation::row_schema() const {
    if (rows.empty()) return answer_schema;
    return member(member(member(answer_schema, "properties"), rows), "items");
}

base::Result<Contract> Contract::parse(std::string_view json) {
    auto const document = Json::parse(json, nullptr, false);
    if (!member(document, "paths").is_object()) return base::invalid("this is no OpenAPI document");
    Contract contract;
    auto const& told_tags = member(document, "tags");
    for (auto const& tag : told_tags) contract.tags_.push_back({text_of(tag, "name"), text_of(tag, "description")});
    auto const& paths = member(document, "paths");
    for (auto const& [path, item] : paths.items()) {
        if (!path.starts_with('/')) return base::invalid(path + " is no path");
        for (auto const* const method : methods)
            if (item.contains(method)) contract.operations_.push_back(operation_of(document, path, method, item));
    }
    return contract;
}

Operation const* Contract::reader_of(Operation const& changing) const {
    auto const found = std::find_if(operations_.begin(), operations_.end(),
                                    [&](auto const& one) { return one.path == changing.path && one.method == "GET"; });
    return found == operations_.end() ? nullptr : &*found;
}

}  // namespace kula::client
