#pragma once
/// @file
/// What was typed behind `kula api`, held against the contract.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "contract.hpp"

namespace kula::client {

/// Options of the client itself. Everything is text as it was typed until somebody uses it.
struct Options {
    std::string server = "http://127.0.0.1:8080";
    std::string token_file{};
    std::string authorities{};
    bool in_the_clear = false;
    std::chrono::seconds timeout{60};
    bool is_verbose = false;
    std::string format{};  ///< Empty: a table on a terminal, JSON elsewhere.
    std::string columns{};
    bool all = false;
    std::optional<std::uint64_t> limit{};
    std::string from{};
    std::string type{};
    std::vector<std::string> fields{};
    std::string if_match{};
    std::string reason{};
    std::vector<std::string> headers{};  ///< Of `raw`: `Name: value`.
    bool help = false;
};

struct Invocation {
    enum class Kind : std::uint8_t { help, operation, raw, completion };
    Kind kind = Kind::help;
    Options options{};
    std::vector<std::string> words{};      ///< Of `help`, `raw` and `completion`: what stands before the options.
    Operation const* operation = nullptr;  ///< Lives as long as the contract.
    std::vector<std::string> ids{};        ///< For the path's parameters, in order.
    std::vector<std::pair<std::string, std::string>> query{};
};

/// `invalid`: wrong usage; the sentence says what, and what would have been right. Options may stand anywhere behind
/// their command; `--name=value` is `--name value`. `environment` gives `KULA_SERVER`, `KULA_TOKEN_FILE`, `KULA_CA`.
base::Result<Invocation> parse_invocation(
    Contract const& contract, std::vector<std::string> const& arguments,
    std::function<std::optional<std::string>(std::string const&)> const& environment);

}  // namespace kula::client
