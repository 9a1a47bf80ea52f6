#include "invocation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "option.hpp"
#include "schema.hpp"

namespace kula::client {
namespace {

using Words = std::vector<std::string>;

bool begins_with(Words const& words, Words const& beginning) {
    return beginning.size() <= words.size() && std::equal(beginning.begin(), beginning.end(), words.begin());
}

Words command_of(Operation const& operation) {
    auto words = operation.words;
    words.push_back(operation.verb);
    return words;
}

/// The operation that these words name, the rest of them being ids; among those of one name the one that takes so many.
Operation const* find_operation(Contract const& contract, Words const& words) {
    Operation const* best = nullptr;
    for (auto const& operation : contract.operations()) {
        auto const command = command_of(operation);
        if (!begins_with(words, command)) continue;
        auto const ids = words.size() - command.size();
        bool const fits = operation.at(Parameter::Place::path).size() == ids;
        if (!best || command.size() > best->words.size() + 1 || (fits && command.size() == best->words.size() + 1))
            best = &operation;
    }
    return best;
}

/// What may follow these words.
Words continuations(Contract const& contract, Words const& words) {
    Words next;
    for (auto const& operation : contract.operations()) {
        auto const command = command_of(operation);
        if (command.size() <= words.size() || !begins_with(command, words)) continue;
        if (std::find(next.begin(), next.end(), command[words.size()]) == next.end())
            next.push_back(command[words.size()]);
    }
    return next;
}

base::Error unknown_words(Contract const& contract, Words const& words) {
    Words known;
    for (auto const& word : words) {
        auto const next = continuations(contract, known);
        if (std::find(next.begin(), next.end(), word) == next.end())
            return base::invalid(fmt::format("there is no '{}' here; there are {}", word, fmt::join(next, ", ")));
        known.push_back(word);
    }
    return base::invalid(fmt::format("say what to do: {}", fmt::join(continuations(contract, words), ", ")));
}

base::Result<void> check_value(Parameter const& parameter, std::string const& value) {
    auto const wrong = [&] {
        return base::invalid(fmt::format("{}: '{}' is not: {}", parameter.option(), value, in_words(parameter.schema)));
    };
    auto const listed = choices(parameter.schema);
    if (!listed.empty() && std::find(listed.begin(), listed.end(), value) == listed.end()) return wrong();
    if (takes(parameter.schema, "boolean") && value != "true" && value != "false") return wrong();
    if (takes(parameter.schema, "integer")) {
        auto const digits = value.starts_with('-') ? value.substr(1) : value;
        if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return wrong();
    }
    return {};
}

class Parsing {
public:
    Parsing(Contract const& contract, Words const& arguments)
        : contract_(contract), rest_(arguments.begin(), arguments.end()) {}

    base::Result<Invocation> run(std::function<std::optional<std::string>(std::string const&)> const& environment);

private:
    base::Result<void> option(std::string const& argument);
    base::Result<void> parameter(Parameter const& parameter, std::optional<std::string> told);
    base::Result<void> decide();
    base::Result<void> decide_operation(Operation const& operation);
    base::Result<std::string> value_of(std::string const& name, std::optional<std::string> told);

    Contract const& contract_;
    std::deque<std::string> rest_;
    Words words_{};
    Invocation result_{};
};

base::Result<std::string> Parsing::value_of(std::string const& name, std::optional<std::string> told) {
    if (told) return std::move(*told);
    if (rest_.empty()) return base::invalid(name + ": its value is missing");
    auto value = std::move(rest_.front());
    rest_.pop_front();
    return value;
}

base::Result<void> Parsing::parameter(Parameter const& parameter, std::optional<std::string> told) {
    bool const is_switch = takes(parameter.schema, "boolean");
    if (is_switch && !told && (rest_.empty() || (rest_.front() != "true" && rest_.front() != "false"))) told = "true";
    auto const value = value_of(parameter.option(), std::move(told));
    if (!value) return value.error();
    if (auto const checked = check_value(parameter, *value); !checked) return checked.error();
    result_.query.emplace_back(parameter.name, *value);
    return {};
}

base::Result<void> Parsing::option(std::string const& argument) {
    auto const equals = argument.find('=');
    auto const name = argument.substr(0, equals);
    auto told = equals == std::string::npos ? std::nullopt : std::optional(argument.substr(equals + 1));
    auto const* const operation = find_operation(contract_, words_);
    auto const own = own_options();
    auto const known = std::find_if(own.begin(), own.end(), [&](auto const& one) { return one.name == name; });
    if (operation && (known == own.end() || !known->is_for(*operation))) {
        for (auto const* const one : operation->at(Parameter::Place::query))
            if (one->option() == name || "--" + one->name == name) return parameter(*one, std::move(told));
    }
    if (name == "--query") {
        auto const value = value_of(name, std::move(told));
        if (!value) return value.error();
        auto const middle = value->find('=');
        if (middle == std::string::npos || middle == 0) return base::invalid("--query: NAME=VALUE is expected");
        result_.query.emplace_back(value->substr(0, middle), value->substr(middle + 1));
        return {};
    }
    if (known == own.end()) {
        if (!operation) return base::invalid(name + " is no option here; those of a command stand behind it");
        return base::invalid(fmt::format("{} is no option of 'kula api {}'; see its --help", name, operation->name()));
    }
    if (known->value.empty()) {
        if (told) return base::invalid(name + " takes no value");
        return known->take(result_.options, {});
    }
    auto const value = value_of(name, std::move(told));
    if (!value) return value.error();
    return known->take(result_.options, *value);
}

base::Result<void> Parsing::decide_operation(Operation const& operation) {
    result_.kind = Invocation::Kind::operation;
    result_.operation = &operation;
    auto const wanted = operation.at(Parameter::Place::path);
    result_.ids.assign(words_.begin() + static_cast<std::ptrdiff_t>(operation.words.size()) + 1, words_.end());
    if (operation.takes_file() && result_.ids.size() == wanted.size() + 1 && result_.options.from.empty()) {
        result_.options.from = result_.ids.back();
        result_.ids.pop_back();
    }
    auto const whole = "'kula api " + operation.name() + "'";
    if (result_.ids.size() != wanted.size()) {
        return base::invalid(fmt::format("{} takes {} id{}, not {}; see its --help", whole, wanted.size(),
                                         wanted.size() == 1 ? "" : "s", result_.ids.size()));
    }
    if (std::find(result_.ids.begin(), result_.ids.end(), "") != result_.ids.end())
        return base::invalid(whole + ": the id is empty");
    for (auto const* const one : operation.at(Parameter::Place::query)) {
        bool const is_told = std::any_of(result_.query.begin(), result_.query.end(),
                                         [&](auto const& pair) { return pair.first == one->name; });
        if (one->is_required && !is_told) return base::invalid(fmt::format("{} needs {}", whole, one->option()));
    }
    auto const& options = result_.options;
    for (auto const& own : own_options()) {
        if (own.is_for(operation)) continue;
        bool const is_told =
            (own.name == "--from" && !options.from.empty()) || (own.name == "--field" && !options.fields.empty()) ||
            (own.name == "--all" && options.all) || (own.name == "--limit" && options.limit) ||
            (own.name == "--columns" && !options.columns.empty()) ||
            (own.name == "--if-match" && !options.if_match.empty()) ||
            (own.name == "--reason" && !options.reason.empty()) || (own.name == "--header" && !options.headers.empty());
        if (is_told) return base::invalid(fmt::format("{} means nothing to {}", own.name, whole));
    }
    return {};
}

base::Result<void> Parsing::decide() {
    if (words_ == Words{"watch"}) words_ = {"stream", "watch"};
    auto const* const operation = find_operation(contract_, words_);
    if (result_.options.help && !operation && !words_.empty() && words_.front() != "raw" &&
        continuations(contract_, words_).empty())
        return unknown_words(contract_, words_);
    if (words_.empty() || result_.options.help) {
        result_.operation = operation;
        result_.words = words_;
        return {};
    }
    if (words_.front() == "raw") {
        result_.kind = Invocation::Kind::raw;
        result_.words = words_;
        if (words_.size() != 3 || !words_[2].starts_with('/'))
            return base::invalid("'kula api raw' takes a method and a path, such as: raw GET /api/v1/status");
        return {};
    }
    if (words_.front() == "completion") {
        result_.kind = Invocation::Kind::completion;
        result_.words = words_;
        return {};
    }
    if (operation) return decide_operation(*operation);
    if (continuations(contract_, words_).empty()) return unknown_words(contract_, words_);
    result_.words = words_;
    return {};
}

base::Result<Invocation> Parsing::run(
    std::function<std::optional<std::string>(std::string const&)> const& environment) {
    if (auto server = environment("KULA_SERVER")) result_.options.server = *server;
    if (auto file = environment("KULA_TOKEN_FILE")) result_.options.token_file = *file;
    if (auto file = environment("KULA_CA")) result_.options.authorities = *file;
    bool has_options = true;
    while (!rest_.empty()) {
        auto argument = std::move(rest_.front());
        rest_.pop_front();
        if (has_options && argument == "--") {
            has_options = false;
        } else if (has_options && argument == "-h") {
            result_.options.help = true;
        } else if (has_options && argument.starts_with("--")) {
            if (auto const taken = option(argument); !taken) return taken.error();
        } else {
            words_.push_back(std::move(argument));
        }
    }
    if (auto const decided = decide(); !decided) return decided.error();
    return std::move(result_);
}

}  // namespace

base::Result<Invocation> parse_invocation(
    Contract const& contract, std::vector<std::string> const& arguments,
    std::function<std::optional<std::string>(std::string const&)> const& environment) {
    return Parsing(contract, arguments).run(environment);
}

}  // namespace kula::client
