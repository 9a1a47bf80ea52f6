#pragma once
/// @file
/// The query of a request, taken strictly: a parameter that is unknown, repeated or out of its bounds is named, all of
/// them at once.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "net/http.hpp"
#include "net/problem.hpp"

namespace kula::api {

class Parameters {
public:
    /// `request` outlives the parameters.
    explicit Parameters(net::Request const& request) : request_(request) {}

    /// Nothing when the parameter is absent or breaks its rule; `refusal` tells which.
    std::optional<std::string> text(std::string_view name, std::size_t most_characters);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
    std::optional<bool> boolean(std::string_view name);
    std::optional<base::Instant> instant(std::string_view name);
    /// What `parse(text)` makes of it, an optional or a `Result`; `rule` is what it must be.
    template <class Parse>
    auto parsed(std::string_view name, std::size_t most_characters, std::string_view rule, Parse parse)
        -> std::optional<std::decay_t<decltype(*parse(std::string()))>> {
        auto const value = text(name, most_characters);
        if (!value) return std::nullopt;
        auto outcome = parse(*value);
        if (outcome) return std::move(*outcome);
        wrong(name, std::string(rule));
        return std::nullopt;
    }

    /// 1 to 500, 50 unless told.
    std::size_t limit() { return static_cast<std::size_t>(integer("limit", 1, 500).value_or(50)); }
    std::string cursor() { return text("cursor", 512).value_or(""); }

    void wrong(std::string_view name, std::string message) {
        problems_.push_back({std::string(name), std::move(message)});
    }

    /// To be asked after every parameter was taken: what is left over is unknown.
    [[nodiscard]] std::optional<net::Response> refusal();

private:
    net::Request const& request_;
    std::set<std::string, std::less<>> taken_;
    std::vector<net::FieldProblem> problems_;
};

}  // namespace kula::api
