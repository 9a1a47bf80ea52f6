#include "parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "reply.hpp"

namespace kula::api {
namespace {

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::optional<std::string> Parameters::text(std::string_view name, std::size_t most_characters) {
    taken_.emplace(name);
    auto const values = request_.query_values(name);
    if (values.empty()) return std::nullopt;
    if (values.size() > 1) {
        wrong(name, "must stand there once");
        return std::nullopt;
    }
    if (characters(values.front()) > most_characters) {
        wrong(name, fmt::format("may have {} characters", most_characters));
        return std::nullopt;
    }
    return std::string(values.front());
}

std::optional<std::int64_t> Parameters::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    auto const value = text(name, 20);
    if (!value) return std::nullopt;
    std::int64_t number = 0;
    auto const [end, fault] = std::from_chars(value->data(), value->data() + value->size(), number);
    if (fault != std::errc{} || end != value->data() + value->size() || number < least || number > most) {
        wrong(name, fmt::format("must be a whole number from {} to {}", least, most));
        return std::nullopt;
    }
    return number;
}

std::optional<bool> Parameters::boolean(std::string_view name) {
    auto const value = text(name, 5);
    if (!value) return std::nullopt;
    if (*value != "true" && *value != "false") {
        wrong(name, "must be true or false");
        return std::nullopt;
    }
    return *value == "true";
}

std::optional<base::Instant> Parameters::instant(std::string_view name) {
    return parsed(name, 40, "must be a time of RFC 3339, such as 2026-11-21T10:00:00Z",
                  [](std::string const& value) { return base::parse_instant(value); });
}

std::optional<net::Response> Parameters::refusal() {
    for (auto const& parameter : request_.query) {
        if (taken_.insert(parameter.name).second) wrong(parameter.name, "is unknown here");
    }
    if (problems_.empty()) return std::nullopt;
    return api::refusal(std::move(problems_));
}

}  // namespace kula::api
