#include "problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "client/command.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

constexpr std::array known_members{"type", "title", "status", "detail", "fault", "errors", "instance"};
constexpr std::size_t longest_told = 2000;

/// Which fields break which rule, unless the detail says it already.
std::string fields_of(Json const& problem, std::string const& detail) {
    std::string lines;
    for (auto const& error : member(problem, "errors")) {
        auto const field = text_of(error, "field");
        auto const message = text_of(error, "message");
        auto const line = field.empty() ? message : field + ": " + message;
        if (!line.empty() && line != detail) lines += "\n  " + printable(line);
    }
    return lines;
}

/// What the server adds of its own: what changed meanwhile, which record is in the way.
std::string additions_of(Json const& problem) {
    std::string lines;
    for (auto const& [name, value] : problem.items()) {
        if (std::find(known_members.begin(), known_members.end(), name) != known_members.end() || value.is_null())
            continue;
        lines += fmt::format("\n  {}: {}", printable(name),
                             printable(value.is_string() ? value.get<std::string>() : written(value)));
    }
    return lines;
}

std::string advice(unsigned status, Operation const* operation) {
    switch (status) {
        case 401: return "\nSign in with --token-file FILE; `kula admin token make` makes a token.";
        case 412:
            return operation ? fmt::format("\nNothing was changed. Read it again (kula api {} get …), then repeat.",
                                           fmt::join(operation->words, " "))
                             : "\nNothing was changed. Read it again, then repeat.";
        default: return {};
    }
}

std::string_view outcome(unsigned status) {
    switch (status) {
        case 401: return "not signed in";
        case 403: return "not allowed";
        case 404: return "not found";
        case 409: return "in conflict";
        case 412: return "changed meanwhile";
        case 413: return "too large";
        case 422: return "invalid";
        case 429: return "too many requests";
        case 503: return "unavailable";
        default: break;
    }
    if (status >= 300 && status < 400) return "sent elsewhere";
    return status >= 500 ? "the server failed" : "refused";
}

}  // namespace

std::string told(net::ClientAnswer const& answer, Operation const* operation) {
    auto const problem = Json::parse(answer.body, nullptr, false);
    auto const detail = text_of(problem, "detail");
    std::string what = detail;
    if (answer.status >= 300 && answer.status < 400) {
        what = fmt::format("to {}, which is not followed: name the right server with --server",
                           answer.headers.find("Location").value_or("an unnamed place"));
    } else if (what.empty()) {
        what = problem.is_object() ? text_of(problem, "title") : answer.body.substr(0, longest_told);
    }
    auto sentence = fmt::format("{} ({})", outcome(answer.status), answer.status);
    if (!what.empty()) sentence += ": " + printable(what);
    if (problem.is_object()) sentence += fields_of(problem, detail) + additions_of(problem);
    return sentence + advice(answer.status, operation);
}

int ending_of(unsigned status) {
    if (status >= 200 && status < 300) return done;
    if (status == 401 || status == 403) return not_allowed;
    return status == 412 ? changed_meanwhile : failed;
}

}  // namespace kula::client
