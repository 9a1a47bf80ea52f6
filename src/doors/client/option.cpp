#include "option.hpp"

#include <array>
#include <charconv>

#include "output.hpp"

namespace kula::client {
namespace {

using Done = base::Result<void>;

std::optional<std::uint64_t> whole_number(std::string const& text, std::uint64_t most) {
    std::uint64_t number = 0;
    auto const* const end = text.data() + text.size();
    auto const [stop, fault] = std::from_chars(text.data(), end, number);
    if (fault != std::errc() || stop != end || number < 1 || number > most) return std::nullopt;
    return number;
}

Done take_timeout(Options& options, std::string const& text) {
    auto const seconds = whole_number(text, 86'400);
    if (!seconds) return base::invalid("--timeout: '" + text + "' is not 1 to 86400 seconds");
    options.timeout = std::chrono::seconds(*seconds);
    return {};
}

Done take_limit(Options& options, std::string const& text) {
    options.limit = whole_number(text, 1'000'000'000);
    if (!options.limit) return base::invalid("--limit: '" + text + "' is not a number from 1");
    return {};
}

Done take_format(Options& options, std::string const& text) {
    if (!parse_format(text)) return base::invalid("--format: '" + text + "' is not table, json, jsonl or csv");
    options.format = text;
    return {};
}

template <auto Member>
Done text(Options& options, std::string const& value) {
    options.*Member = value;
    return {};
}

template <auto Member>
Done one_more(Options& options, std::string const& value) {
    (options.*Member).push_back(value);
    return {};
}

template <auto Member>
Done on(Options& options, std::string const&) {
    options.*Member = true;
    return {};
}

constexpr std::array table{
    Option{"--from", "FILE|-", "The body, from a file or standard input", Option::For::bodies, text<&Options::from>},
    Option{"--field", "NAME=VALUE", "A field of the body; NAME:=JSON for anything; may be given several times",
           Option::For::bodies, one_more<&Options::fields>},
    Option{"--content-type", "TYPE", "Of --from; told by the file's name unless given", Option::For::bodies,
           text<&Options::type>},
    Option{"--if-match", "ETAG", "The version that was read; unless given, that of --from, or the present one",
           Option::For::changes, text<&Options::if_match>},
    Option{"--reason", "TEXT", "Why, for the trail", Option::For::changes, text<&Options::reason>},
    Option{"--all", "", "Every page, not only the first", Option::For::lists, on<&Options::all>},
    Option{"--limit", "N", "At most so many rows, over as many pages as that takes", Option::For::lists, take_limit},
    Option{"--format", "table|json|jsonl|csv", "table on a terminal, otherwise json", Option::For::answers,
           take_format},
    Option{"--columns", "A,B.C", "Only these, in this order", Option::For::answers, text<&Options::columns>},
    Option{"--header", "NAME:VALUE", "One more header", Option::For::raw, one_more<&Options::headers>},
    Option{"--server", "URL", "http://127.0.0.1:8080 unless told; KULA_SERVER", Option::For::every,
           text<&Options::server>},
    Option{"--token-file", "FILE", "Who asks: a service token, in a file that only you can read; KULA_TOKEN_FILE",
           Option::For::every, text<&Options::token_file>},
    Option{"--ca", "FILE", "Whose certificates are believed (PEM), instead of the system's; KULA_CA",
           Option::For::every, text<&Options::authorities>},
    Option{"--insecure-http", "", "Ask another machine without TLS: the token can be read on the way",
           Option::For::every, on<&Options::in_the_clear>},
    Option{"--timeout", "SECONDS", "The longest silence of the server; 60 unless told", Option::For::every,
           take_timeout},
    Option{"--verbose", "", "Tell every request on standard error, never the token", Option::For::every,
           on<&Options::is_verbose>},
    Option{"--help", "", "This", Option::For::every, on<&Options::help>},
};

}  // namespace

bool Option::is_for(Operation const& operation) const {
    switch (where) {
        case For::every: return true;
        case For::bodies: return !operation.body_types.empty();
        case For::lists: return !operation.rows.empty() || (name == "--limit" && operation.verb == "watch");
        case For::changes: return operation.method != "GET";
        case For::answers: return operation.answer_type == "application/json" || operation.verb == "watch";
        case For::raw: return false;
    }
    return false;
}

std::span<Option const> own_options() { return table; }

}  // namespace kula::client
