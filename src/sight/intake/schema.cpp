#include "schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "conversions.hpp"
#include "formats/domain_name.hpp"
#include "moments.hpp"

namespace kula::intake {

using base::invalid;
using Fault = std::optional<std::string>;

/// All that one schema asks for, in the order in which it is told.
struct Schema::Node {
    using Test = std::function<Fault(Json const& value, std::string const& place)>;
    std::vector<Test> tests{};

    [[nodiscard]] Fault fault_of(Json const& value, std::string const& place) const {
        for (auto const& test : tests) {
            if (auto fault = test(value, place)) return fault;
        }
        return std::nullopt;
    }
};

namespace {

constexpr std::size_t deepest_schema = 32;
constexpr std::size_t most_schema_parts = 10'000;  ///< A definition counts each time that something leads to it.

Fault at(std::string const& place, std::string_view what) {
    return fmt::format("{}: {}", place.empty() ? "it" : place, what);
}

std::string inside(std::string const& place, std::string_view member) {
    return place.empty() ? std::string(member) : fmt::format("{}.{}", place, member);
}

bool is_of_type(Json const& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return value.is_null();
}

std::string_view in_words(std::string_view type) {
    if (type == "array") return "list";
    if (type == "string") return "text";
    return type;
}

bool matches(std::string const& text, char const* form) { return RE2::FullMatch(text, form); }

/// JSON Schema's formats that reports use; nothing for another.
std::function<bool(std::string const& text)> format_of(std::string_view name) {
    if (name == "date-time") return [](std::string const& text) { return base::parse_instant(text).has_value(); };
    // As reports write it, in any of the forms of `moment`.
    if (name == "moment") return [](std::string const& text) { return parse_any_moment(text).has_value(); };
    if (name == "email")
        return [](std::string const& text) { return matches(text, R"([^\s@<>"]+@[^\s@<>"]*[^\s@<>".])"); };
    if (name == "hostname") return [](std::string const& text) { return formats::canonical_domain(text).has_value(); };
    if (name == "uri")
        return [](std::string const& text) { return matches(text, R"([A-Za-z][A-Za-z0-9+.-]*:[^\s]+)"); };
    if (name == "uuid")
        return [](std::string const& text) {
            return matches(text, "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}");
        };
    if (name == "ipv4" || name == "ipv6")
        return [is_v6 = name == "ipv6"](std::string const& text) {
            bool const has_colon = text.find(':') != std::string::npos;
            return has_colon == is_v6 && base::Address::parse(text).has_value();
        };
    return {};
}

}  // namespace

/// Makes nodes of what is told.
class SchemaParser {
public:
    using Node = Schema::Node;
    using Parsed = base::Result<std::shared_ptr<Node const>>;

    explicit SchemaParser(Json const& definitions) : definitions_(definitions) {}

    static base::Result<Schema> parse(Json const& told) {
        static Json const none = Json::object();
        auto const definitions = told.find("$defs");
        auto root = SchemaParser(definitions == told.end() ? none : *definitions).node(told, 0);
        if (!root) return root.error();
        return Schema(std::move(*root));
    }

private:
    using Taken = base::Result<void>;

    Parsed node(Json const& told, std::size_t depth) {
        auto out = std::make_shared<Node>();
        if (told.is_boolean()) {
            if (!told.get<bool>())
                out->tests.emplace_back(
                    [](Json const&, std::string const& place) { return at(place, "is no member here"); });
            return std::shared_ptr<Node const>(out);
        }
        if (!told.is_object()) return invalid("is no object");
        if (depth == deepest_schema || ++parts_ > most_schema_parts)
            return invalid("is nested too deeply, or too long");
        for (auto const& [word, value] : told.items()) {
            auto const taken = take(*out, told, word, value, depth + 1);
            if (!taken) return invalid(fmt::format("{}: {}", word, taken.error().detail));
        }
        return std::shared_ptr<Node const>(out);
    }

    Taken take(Node& node, Json const& all, std::string const& word, Json const& value, std::size_t depth) {
        if (word == "title" || word == "description" || word == "$defs" || word == "then" || word == "else") return {};
        if (word == "$ref") return take_reference(node, value, depth);
        if (word == "type") return take_type(node, value);
        if (word == "enum" || word == "const") return take_values(node, word, value);
        if (word == "required") return take_required(node, value);
        if (word == "properties") return take_properties(node, value, depth);
        if (word == "additionalProperties") return take_others(node, all, value, depth);
        if (word == "items") return take_items(node, value, depth);
        if (word == "pattern" || word == "format") return take_form(node, word, value);
        if (word == "allOf" || word == "anyOf") return take_several(node, word, value, depth);
        if (word == "not") return take_not(node, value, depth);
        if (word == "if") return take_if(node, all, value, depth);
        return take_bound(node, word, value);
    }

    Taken take_reference(Node& node, Json const& value, std::size_t depth) {
        constexpr std::string_view here = "#/$defs/";
        auto const name = value.is_string() ? value.get<std::string>() : std::string();
        auto const found = name.starts_with(here) ? definitions_.find(name.substr(here.size())) : definitions_.end();
        if (found == definitions_.end()) return invalid("leads nowhere");
        auto of = this->node(*found, depth);
        if (!of) return of.error();
        node.tests.emplace_back(
            [of = *of](Json const& told, std::string const& place) { return of->fault_of(told, place); });
        return {};
    }

    static Taken take_type(Node& node, Json const& value) {
        constexpr std::string_view all[] = {"object", "array", "string", "boolean", "integer", "number", "null"};
        std::vector<std::string> types;
        for (auto const& each : value.is_array() ? value : Json::array({value})) {
            if (!each.is_string() ||
                std::find(std::begin(all), std::end(all), each.get<std::string>()) == std::end(all))
                return invalid("is none of JSON Schema's");
            types.push_back(each.get<std::string>());
        }
        node.tests.emplace_back([types](Json const& told, std::string const& place) {
            bool const fits =
                std::any_of(types.begin(), types.end(), [&](auto const& type) { return is_of_type(told, type); });
            return fits ? std::nullopt : at(place, fmt::format("is no {}", in_words(types.front())));
        });
        return {};
    }

    static Taken take_values(Node& node, std::string_view word, Json const& value) {
        if (word == "enum" && !value.is_array()) return invalid("is no list");
        auto const values = word == "enum" ? value : Json::array({value});
        node.tests.emplace_back([values](Json const& told, std::string const& place) {
            bool const is_one = std::find(values.begin(), values.end(), told) != values.end();
            if (is_one) return Fault();
            std::vector<std::string> words;
            for (auto const& each : values) words.push_back(each.is_string() ? each.get<std::string>() : each.dump());
            return at(place, fmt::format("is none of {}", fmt::join(words, ", ")));
        });
        return {};
    }

    static Taken take_required(Node& node, Json const& value) {
        std::vector<std::string> names;
        for (auto const& each : value) {
            if (!value.is_array() || !each.is_string()) return invalid("is no list of names");
            names.push_back(each.get<std::string>());
        }
        node.tests.emplace_back([names](Json const& told, std::string const& place) {
            if (!told.is_object()) return Fault();
            for (auto const& name : names) {
                if (!told.contains(name)) return at(inside(place, name), "is missing");
            }
            return Fault();
        });
        return {};
    }

    Taken take_properties(Node& node, Json const& value, std::size_t depth) {
        if (!value.is_object()) return invalid("is no object");
        for (auto const& [name, told] : value.items()) {
            auto of = this->node(told, depth);
            if (!of) return invalid(fmt::format("{}: {}", name, of.error().detail));
            node.tests.emplace_back([name = name, of = *of](Json const& object, std::string const& place) {
                auto const found = object.is_object() ? object.find(name) : object.end();
                return found == object.end() ? Fault() : of->fault_of(*found, inside(place, name));
            });
        }
        return {};
    }

    Taken take_others(Node& node, Json const& all, Json const& value, std::size_t depth) {
        auto of = this->node(value, depth);
        if (!of) return of.error();
        auto const known = all.value("properties", Json::object());
        node.tests.emplace_back([known, of = *of](Json const& object, std::string const& place) {
            if (!object.is_object()) return Fault();
            for (auto const& [name, told] : object.items()) {
                if (known.contains(name)) continue;
                if (auto fault = of->fault_of(told, inside(place, name))) return fault;
            }
            return Fault();
        });
        return {};
    }

    Taken take_items(Node& node, Json const& value, std::size_t depth) {
        auto of = this->node(value, depth);
        if (!of) return of.error();
        node.tests.emplace_back([of = *of](Json const& list, std::string const& place) {
            if (!list.is_array()) return Fault();
            for (std::size_t number = 0; number < list.size(); ++number) {
                if (auto fault = of->fault_of(list[number], fmt::format("{}[{}]", place, number + 1))) return fault;
            }
            return Fault();
        });
        return {};
    }

    static Taken take_form(Node& node, std::string_view word, Json const& value) {
        if (!value.is_string()) return invalid("is no text");
        auto const text = value.get<std::string>();
        std::function<bool(std::string const&)> fits;
        if (word == "format") fits = format_of(text);
        if (word == "pattern") {
            auto found = found_by(text);
            if (!found) return found.error();
            fits = [found = *found](std::string const& told) { return found(told); };
        }
        if (!fits) return invalid(text + " is not known");
        auto const what = word == "format" ? "is no " + text : std::string("is not of the form that it has to have");
        node.tests.emplace_back([fits, what](Json const& told, std::string const& place) {
            return !told.is_string() || fits(told.get<std::string>()) ? Fault() : at(place, what);
        });
        return {};
    }

    Taken take_several(Node& node, std::string_view word, Json const& value, std::size_t depth) {
        if (!value.is_array() || value.empty()) return invalid("is no list");
        std::vector<std::shared_ptr<Node const>> several;
        for (auto const& each : value) {
            auto of = this->node(each, depth);
            if (!of) return of.error();
            several.push_back(std::move(*of));
        }
        bool const is_one_enough = word == "anyOf";
        node.tests.emplace_back([several, is_one_enough](Json const& told, std::string const& place) {
            Fault first;
            for (auto const& each : several) {
                auto fault = each->fault_of(told, place);
                if (is_one_enough ? !fault : fault.has_value()) return fault;
                if (!first) first = std::move(fault);
            }
            return first;
        });
        return {};
    }

    Taken take_not(Node& node, Json const& value, std::size_t depth) {
        auto of = this->node(value, depth);
        if (!of) return of.error();
        node.tests.emplace_back([of = *of](Json const& told, std::string const& place) {
            return of->fault_of(told, place) ? Fault() : at(place, "is what it must not be");
        });
        return {};
    }

    Taken take_if(Node& node, Json const& all, Json const& value, std::size_t depth) {
        auto condition = this->node(value, depth);
        auto then = this->node(all.value("then", Json(true)), depth);
        auto otherwise = this->node(all.value("else", Json(true)), depth);
        for (auto const* each : {&condition, &then, &otherwise}) {
            if (!*each) return each->error();
        }
        node.tests.emplace_back(
            [condition = *condition, then = *then, otherwise = *otherwise](Json const& told, std::string const& place) {
                return (condition->fault_of(told, place) ? otherwise : then)->fault_of(told, place);
            });
        return {};
    }

    static Taken take_bound(Node& node, std::string_view word, Json const& value) {
        static std::map<std::string_view, std::pair<bool (*)(Json const&), std::string_view>> const of{
            {"minimum", {[](Json const& told) { return told.is_number(); }, "is less than"}},
            {"maximum", {[](Json const& told) { return told.is_number(); }, "is more than"}},
            {"minLength", {[](Json const& told) { return told.is_string(); }, "is shorter than"}},
            {"minItems", {[](Json const& told) { return told.is_array(); }, "has fewer than"}},
            {"maxItems", {[](Json const& told) { return told.is_array(); }, "has more than"}},
            {"minProperties", {[](Json const& told) { return told.is_object(); }, "has fewer than"}}};
        auto const found = of.find(word);
        if (found == of.end()) return invalid("is no word that is known here");
        if (!value.is_number()) return invalid("is no number");
        auto const [is_meant, what] = found->second;
        node.tests.emplace_back(
            [is_meant = is_meant, is_least = word.starts_with("min"), bound = value.get<double>(),
             text = fmt::format("{} {}", what, value.dump())](Json const& told, std::string const& place) {
                if (!is_meant(told)) return Fault();
                auto const size = told.is_number()   ? told.get<double>()
                                  : told.is_string() ? static_cast<double>(told.get_ref<std::string const&>().size())
                                                     : static_cast<double>(told.size());
                return (is_least ? size < bound : size > bound) ? at(place, text) : Fault();
            });
        return {};
    }

    Json const& definitions_;
    std::size_t parts_ = 0;
};

base::Result<Schema> Schema::parse(Json const& told) { return SchemaParser::parse(told); }

Fault Schema::fault_of(Json const& value) const { return root_->fault_of(value, {}); }

}  // namespace kula::intake
