#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "completion.hpp"
#include "help.hpp"
#include "text.hpp"
#include "token_file.hpp"

namespace kula::client {
namespace {

constexpr unsigned usual_columns = 100;

int help(Contract const& contract, Invocation const& invocation, Surroundings const& surroundings) {
    auto const columns = std::max(surroundings.width.value_or(usual_columns), 60u);
    auto const& words = invocation.words;
    auto const text = invocation.operation     ? help_on(*invocation.operation, columns)
                      : words.empty()          ? help_on_everything(contract, columns)
                      : words.front() == "raw" ? help_on_raw()
                                               : help_on_words(contract, words, columns);
    return surroundings.out(text) ? done : failed;
}

base::Result<std::unique_ptr<net::Client>> open(Options const& options) {
    net::ClientOptions wanted;
    wanted.server = options.server;
    wanted.authorities = options.authorities;
    wanted.in_the_clear = options.in_the_clear ? net::InTheClear::anywhere : net::InTheClear::on_loopback;
    wanted.silence = options.timeout;
    if (!options.token_file.empty()) {
        auto token = read_token(options.token_file);
        if (!token) return token.error();
        wanted.bearer_token = std::move(*token);
    }
    return net::Client::open(std::move(wanted));
}

}  // namespace

int run(std::vector<std::string> const& arguments, Surroundings const& surroundings) {
    auto const say = [&](std::string_view sentence) {
        surroundings.err(fmt::format("kula api: {}\n", printable_lines(sentence)));
    };
    auto const contract = Contract::parse(surroundings.contract);
    if (!contract) {
        say(contract.error().detail);
        return failed;
    }
    auto const invocation = parse_invocation(*contract, arguments, surroundings.environment);
    if (!invocation) {
        say(invocation.error().detail);
        return wrong_usage;
    }
    if (invocation->kind == Invocation::Kind::help) return help(*contract, *invocation, surroundings);
    if (invocation->kind == Invocation::Kind::completion) {
        auto const script = completion(*contract, invocation->words);
        if (script) return surroundings.out(*script) ? done : failed;
        say(script.error().detail);
        return wrong_usage;
    }
    auto client = open(invocation->options);
    if (!client) {
        say(client.error().detail);
        auto const fault = client.error().fault;
        return fault == base::Fault::unavailable || fault == base::Fault::not_found ? failed : wrong_usage;
    }
    std::function<void(std::string_view)> tell;
    if (invocation->options.is_verbose) tell = say;
    return Command(*contract, *invocation, surroundings, Asking(std::move(*client), surroundings.pause, tell)).run();
}

}  // namespace kula::client
