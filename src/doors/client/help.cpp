#include "help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "option.hpp"
#include "schema.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

constexpr std::string_view endings = R"(
Exit status:
  0  done
  1  the server refused it or failed, or a file here cannot be read
  2  wrong usage; nothing was asked
  3  the server cannot be reached, is not trusted, or is silent
  4  not signed in, or not allowed
  5  changed meanwhile by somebody else; nothing was done
)";

/// A name and what it is, the second in a column of its own.
std::string entry(std::string const& name, std::string_view text, std::size_t columns, std::size_t names = 26) {
    auto line = "  " + name;
    auto const described = printable_lines(text);
    if (described.empty()) return line + '\n';
    bool const is_long = width(line) + 2 > names;
    auto rest = wrapped(described, std::max<std::size_t>(columns, names + 20), std::string(names, ' '));
    if (is_long || rest.size() < names) return line + '\n' + rest;
    return line + std::string(names - width(line), ' ') + rest.substr(names);
}

std::string usage_of(Operation const& operation) {
    auto usage = "kula api " + operation.name();
    for (auto const* const one : operation.at(Parameter::Place::path)) {
        auto name = one->name;
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        usage += ' ' + name;
    }
    if (operation.takes_file()) usage += " [FILE]";
    return usage;
}

std::string own_help(Operation const* operation, std::size_t columns, bool for_every) {
    std::string text;
    for (auto const& own : own_options()) {
        bool const is_general = own.where == Option::For::every;
        if (is_general != for_every || (operation && !own.is_for(*operation))) continue;
        if (own.name == "--if-match" && operation && !operation->parameter(Parameter::Place::header, "If-Match"))
            continue;
        auto const name = own.value.empty() ? std::string(own.name) : fmt::format("{} {}", own.name, own.value);
        text += entry(name, own.help, columns);
    }
    return text;
}

std::string fields_help(Json const& schema, std::size_t columns) {
    std::string text;
    auto const& properties = member(schema, "properties");
    auto const& required = member(schema, "required");
    for (auto const& [name, rule] : properties.items()) {
        bool const is_required = std::find(required.begin(), required.end(), Json(name)) != required.end();
        auto described = in_words(rule);
        if (auto const more = text_of(rule, "description"); !more.empty()) described += ". " + more;
        if (is_required && !takes(rule, "null")) described += " (required)";
        text += entry(name, described, columns);
    }
    return text;
}

}  // namespace

std::string help_on_everything(Contract const& contract, std::size_t columns) {
    std::string text =
        "kula api NOUN VERB [ID...] [OPTION...]\n"
        "kula api raw METHOD PATH [OPTION...]\n\n"
        "Every operation of a server, as its contract names them. `kula api NOUN --help` and `kula api NOUN VERB --help`\n"
        "tell more.\n";
    auto const written_noun = [&](std::string const& noun) {
        std::vector<std::string> verbs;
        for (auto const& operation : contract.operations()) {
            if (operation.words.front() != noun) continue;
            auto const words = std::vector(operation.words.begin() + 1, operation.words.end());
            auto const verb =
                words.empty() ? operation.verb : fmt::format("{} {}", fmt::join(words, " "), operation.verb);
            if (std::find(verbs.begin(), verbs.end(), verb) == verbs.end()) verbs.push_back(verb);
        }
        return entry(noun, fmt::format("{}", fmt::join(verbs, ", ")), columns);
    };
    for (auto const& tag : contract.tags()) {
        std::vector<std::string> nouns;
        for (auto const& operation : contract.operations()) {
            auto const& noun = operation.words.front();
            if (operation.tag == tag.name && std::find(nouns.begin(), nouns.end(), noun) == nouns.end())
                nouns.push_back(noun);
        }
        if (nouns.empty()) continue;
        text += fmt::format("\n{}\n", printable(tag.description));
        for (auto const& noun : nouns) text += written_noun(noun);
    }
    text += "\nOptions of every command:\n" + own_help(nullptr, columns, true);
    return text + std::string(endings);
}

std::string help_on_words(Contract const& contract, std::vector<std::string> const& words, std::size_t columns) {
    std::string text;
    for (auto const& operation : contract.operations()) {
        if (operation.words.size() < words.size() || !std::equal(words.begin(), words.end(), operation.words.begin()))
            continue;
        text += fmt::format("{}\n{}", usage_of(operation), wrapped(printable(operation.summary), columns, "    "));
    }
    return text + fmt::format("\n`kula api {} VERB --help` tells more.\n", fmt::join(words, " "));
}

std::string help_on(Operation const& operation, std::size_t columns) {
    auto text =
        fmt::format("{} [OPTION...]\n\n{}", usage_of(operation), wrapped(printable(operation.summary), columns, ""));
    if (!operation.description.empty()) text += '\n' + wrapped(printable_lines(operation.description), columns, "");
    text += fmt::format("\n{} {}; needs {}.\n", operation.method, operation.path,
                        operation.permission.empty() ? "nothing" : operation.permission);
    std::string parameters;
    for (auto const* const one : operation.at(Parameter::Place::query)) {
        if (one->name == "limit" && !operation.rows.empty()) continue;
        auto described = one->description;
        while (described.ends_with('\n')) described.pop_back();
        if (one->is_required) described += described.empty() ? "required" : " (required)";
        parameters += entry(fmt::format("{} {}", one->option(), in_words(one->schema)), described, columns);
    }
    if (!parameters.empty()) text += "\nOptions of this command:\n" + parameters;
    if (operation.takes_file())
        text += fmt::format("\nTakes {}.\n", fmt::join(operation.body_types, " or "));
    else if (auto const fields = fields_help(operation.body_schema, columns); !fields.empty())
        text += "\nFields, for --field NAME=VALUE or as JSON for --from:\n" + fields;
    if (auto const own = own_help(&operation, columns, false); !own.empty()) text += "\nAlso:\n" + own;
    return text + "\nOptions of every command:\n" + own_help(&operation, columns, true) + std::string(endings);
}

std::string help_on_raw() {
    return "kula api raw METHOD PATH [OPTION...]\n\n"
           "Asks exactly that and writes the body of a good answer as it came. --from FILE sends a body, --content-type\n"
           "its type (application/json unless told), --if-match a version, --header NAME:VALUE anything else.\n\n"
           "  kula api raw GET '/api/v1/sightings?limit=1'\n" +
           std::string(endings);
}

}  // namespace kula::client
