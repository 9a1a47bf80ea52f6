#include <algorithm>

#include "command.hpp"
#include "problem.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

constexpr auto is_visible = [](char c) { return c > ' ' && c < '\x7f'; };

/// `NAME:VALUE` into the headers.
base::Result<void> add_header(net::Headers& headers, std::string const& typed) {
    auto const colon = std::min(typed.find(':'), typed.size());
    auto const name = typed.substr(0, colon);
    bool const is_token = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!is_token || colon == typed.size()) return base::invalid("--header: NAME:VALUE is expected");
    auto value = typed.substr(std::min(typed.find_first_not_of(' ', colon + 1), typed.size()));
    if (!std::all_of(value.begin(), value.end(), [](char c) { return is_visible(c) || c == ' '; }))
        return base::invalid("--header: the value of " + name + " is no plain text");
    net::Headers one;
    one.add(name, std::move(value));
    if (one.has("Authorization") || one.has("Cookie"))
        return base::invalid("--header: who asks is told with --token-file, never on the command line");
    headers.set(name, std::string(*one.find(name)));
    return {};
}

}  // namespace

std::optional<net::Method> parse_method(std::string_view text) {
    for (auto const method : {net::Method::get, net::Method::head, net::Method::post, net::Method::put,
                              net::Method::patch, net::Method::remove})
        if (net::to_text(method) == text) return method;
    return std::nullopt;
}

int Command::raw() {
    auto const& options = invocation_.options;
    auto const method = parse_method(invocation_.words[1]);
    if (!method)
        return tell(base::invalid(invocation_.words[1] + " is none of GET, HEAD, POST, PUT, PATCH, DELETE"),
                    wrong_usage);
    net::ClientRequest asked;
    asked.method = *method;
    asked.target = invocation_.words[2] + query_text(invocation_.query);
    if (!std::all_of(asked.target.begin(), asked.target.end(), is_visible))
        return tell(base::invalid("the path holds what must be percent-encoded"), wrong_usage);
    bool const has_body = *method == net::Method::post || *method == net::Method::put || *method == net::Method::patch;
    if (has_body) asked.headers.set("Content-Type", options.type.empty() ? "application/json" : options.type);
    if (*method == net::Method::remove) asked.headers.set("Content-Type", "application/json");
    if (!options.if_match.empty()) asked.headers.set("If-Match", options.if_match);
    if (!options.reason.empty()) asked.headers.set("X-Reason", net::percent_encoded(options.reason));
    for (auto const& header : options.headers)
        if (auto const added = add_header(asked.headers, header); !added) return tell(added.error(), wrong_usage);
    if (!options.from.empty()) {
        auto body = input(options.from);
        if (!body) return tell(body.error(), failed);
        asked.body = std::move(*body);
    }
    auto const answer = asking_.ask(asked, [this](std::string_view bytes) { return write(bytes); });
    if (!answer) return tell(answer.error(), unreachable);
    return answer->is_good() ? done : refused(*answer);
}

}  // namespace kula::client
