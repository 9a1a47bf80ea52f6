#pragma once
/// @file
/// Whether an answer is what `api/openapi.yaml` says: the parts of JSON Schema that the contract uses, and stricter in
/// one thing: a member that the contract does not name is wrong too.

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "contract.hpp"

namespace kula::api::testing {

using Plain = nlohmann::json;

class ContractCheck {
public:
    ContractCheck() : contract_(Plain::parse(contract_json())) {}

    [[nodiscard]] Plain const& contract() const { return contract_; }

    /// What is wrong with an answer; empty when it is right. `path` as in the contract: `/api/v1/sightings/{id}`.
    [[nodiscard]] std::vector<std::string> faults(std::string const& path, std::string const& method, int status,
                                                  std::string const& body) const {
        auto const& responses = contract_.at("paths").at(path).at(method).at("responses");
        auto const code = std::to_string(status);
        if (!responses.contains(code)) return {"status " + code + " is not in the contract"};
        std::vector<std::string> found;
        auto const& response = resolved(responses.at(code));
        if (!response.contains("content")) return found;
        for (auto const& [type, content] : response.at("content").items()) {
            if (type != "application/json" && !type.ends_with("+json")) continue;
            auto const json = Plain::parse(body, nullptr, false);
            if (json.is_discarded()) return {"the body is no JSON: " + body};
            check(json, content.at("schema"), "$", found);
        }
        return found;
    }

    /// Checks a value against `#/components/schemas/NAME`.
    [[nodiscard]] std::vector<std::string> faults_of(Plain const& value, std::string const& name) const {
        std::vector<std::string> found;
        check(value, contract_.at("components").at("schemas").at(name), "$", found);
        return found;
    }

private:
    [[nodiscard]] Plain const& resolved(Plain const& schema) const {
        if (!schema.contains("$ref")) return schema;
        auto const reference = schema.at("$ref").get<std::string>();
        return resolved(contract_.at(Plain::json_pointer(reference.substr(1))));
    }

    [[nodiscard]] static bool is_of(Plain const& value, std::string const& type) {
        if (type == "object") return value.is_object();
        if (type == "array") return value.is_array();
        if (type == "string") return value.is_string();
        if (type == "integer") return value.is_number_integer();
        if (type == "number") return value.is_number();
        if (type == "boolean") return value.is_boolean();
        return type == "null" && value.is_null();
    }

    /// All members that a schema names, through `$ref` and `allOf`; nothing where it leaves them open.
    void collect_members(Plain const& given, std::set<std::string>& members) const {
        auto const& schema = resolved(given);
        if (schema.contains("properties")) {
            for (auto const& [name, property] : schema.at("properties").items()) members.insert(name);
        }
        if (schema.contains("allOf")) {
            for (auto const& part : schema.at("allOf")) collect_members(part, members);
        }
    }

    void check(Plain const& value, Plain const& given, std::string const& at, std::vector<std::string>& found) const {
        check_shape(value, given, at, found);
        std::set<std::string> members;
        collect_members(given, members);
        if (!value.is_object() || members.empty()) return;
        for (auto const& [name, member] : value.items()) {
            if (members.count(name) == 0) found.push_back(fmt::format("{}.{} is not in the contract", at, name));
        }
    }

    void check_shape(Plain const& value, Plain const& given, std::string const& at,
                     std::vector<std::string>& found) const {
        auto const& schema = resolved(given);
        if (schema.contains("type")) check_type(value, schema.at("type"), at, found);
        if (schema.contains("enum")) {
            bool known = false;
            for (auto const& choice : schema.at("enum")) known = known || choice == value;
            if (!known) found.push_back(at + " is none of the choices: " + value.dump());
        }
        if (schema.contains("allOf")) {
            for (auto const& part : schema.at("allOf")) check_shape(value, part, at, found);
        }
        if (schema.contains("oneOf")) check_one_of(value, schema.at("oneOf"), at, found);
        if (value.is_number()) check_bounds(value, schema, at, found);
        if (value.is_object()) check_members(value, schema, at, found);
        if (value.is_array() && schema.contains("items")) {
            for (std::size_t index = 0; index < value.size(); ++index) {
                check(value[index], schema.at("items"), at + "[" + std::to_string(index) + "]", found);
            }
        }
        if (value.is_string() && schema.value("format", "") == "date-time") {
            auto const text = value.get<std::string>();
            if (text.size() < 20 || text.back() != 'Z' || text[10] != 'T')
                found.push_back(at + " is no time in UTC: " + text);
        }
    }

    static void check_type(Plain const& value, Plain const& type, std::string const& at,
                           std::vector<std::string>& found) {
        bool fits = false;
        for (auto const& choice : type.is_array() ? type : Plain::array({type}))
            fits = fits || is_of(value, choice.get<std::string>());
        if (!fits) found.push_back(at + " is not of type " + type.dump() + ": " + value.dump());
    }

    void check_one_of(Plain const& value, Plain const& choices, std::string const& at,
                      std::vector<std::string>& found) const {
        std::vector<std::string> reasons;
        for (auto const& choice : choices) {
            std::vector<std::string> wrong;
            check(value, choice, at, wrong);
            if (wrong.empty()) return;
            reasons.insert(reasons.end(), wrong.begin(), wrong.end());
        }
        found.insert(found.end(), reasons.begin(), reasons.end());
    }

    static void check_bounds(Plain const& value, Plain const& schema, std::string const& at,
                             std::vector<std::string>& found) {
        if (schema.contains("minimum") && value < schema.at("minimum")) found.push_back(at + " is too small");
        if (schema.contains("maximum") && value > schema.at("maximum")) found.push_back(at + " is too great");
    }

    void check_members(Plain const& value, Plain const& schema, std::string const& at,
                       std::vector<std::string>& found) const {
        for (auto const& name : schema.value("required", Plain::array())) {
            if (!value.contains(name.get<std::string>()))
                found.push_back(at + "." + name.get<std::string>() + " is missing");
        }
        auto const properties = schema.value("properties", Plain::object());
        for (auto const& [name, property] : properties.items()) {
            if (value.contains(name)) check(value.at(name), property, fmt::format("{}.{}", at, name), found);
        }
    }

    Plain const contract_;
};

}  // namespace kula::api::testing
