#pragma once
/// @file
/// The members of a JSON object, taken strictly: what is missing, unknown, or of another type is named, all of it at
/// once.

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"
#include "net/http.hpp"
#include "net/problem.hpp"

namespace kula::api {

class Fields {
public:
    /// The body of a request; what it is not is kept for `refusal`.
    explicit Fields(net::Request const& request);

    /// Empty where the member breaks its rule; `refusal` tells.
    std::string text(std::string_view name, std::size_t most_bytes);
    std::optional<std::string> text_or_null(std::string_view name, std::size_t most_bytes);
    std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
    std::vector<std::string> texts(std::string_view name, std::size_t most);
    /// Bytes that were sent as base64url.
    std::string bytes(std::string_view name, std::size_t most_characters);
    /// What is only read may be sent back: it changes nothing.
    void pass_over(std::initializer_list<std::string_view> names) { taken_.insert(names.begin(), names.end()); }
    void wrong(std::string_view name, std::string message) {
        problems_.push_back({std::string(name), std::move(message)});
    }

    /// To be asked after every member was taken: what is left over is unknown.
    [[nodiscard]] std::optional<net::Response> refusal();

private:
    Json const* member(std::string_view name);

    std::optional<net::Response> unreadable_{};
    Json object_;
    std::set<std::string, std::less<>> taken_{};
    std::vector<net::FieldProblem> problems_{};
};

}  // namespace kula::api
