#include "completion.hpp"

#include <algorithm>
#include <set>

#include "option.hpp"

namespace kula::client {
namespace {

// What was typed so far goes back to the program, which knows the contract; `--` keeps options from being taken.
constexpr std::string_view script = R"bash(_kula_api() {
    local before=("${COMP_WORDS[@]:2:COMP_CWORD-2}") IFS=$'\n'
    [ "${COMP_WORDS[1]}" = api ] || return 0
    COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" api completion bash -- "${before[@]}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _kula_api kula
)bash";

}  // namespace

base::Result<std::string> completion(Contract const& contract, std::vector<std::string> const& words) {
    if (words.size() < 2 || words[1] != "bash")
        return base::invalid("'kula api completion bash' prints a script for bash");
    if (words.size() == 2) return std::string(script);
    std::vector<std::string> typed;
    for (auto const& word : std::vector(words.begin() + 2, words.end()))
        if (!word.starts_with('-')) typed.push_back(word);
    std::set<std::string> offered;
    for (auto const& operation : contract.operations()) {
        auto command = operation.words;
        command.push_back(operation.verb);
        auto const common = std::min(command.size(), typed.size());
        if (!std::equal(command.begin(), command.begin() + static_cast<std::ptrdiff_t>(common), typed.begin()))
            continue;
        if (typed.size() < command.size()) {
            offered.insert(command[typed.size()]);
            continue;
        }
        for (auto const* const one : operation.at(Parameter::Place::query)) offered.insert(one->option());
        for (auto const& own : own_options())
            if (own.is_for(operation)) offered.emplace(own.name);
    }
    std::string lines;
    for (auto const& one : offered) lines += one + '\n';
    return lines;
}

}  // namespace kula::client
