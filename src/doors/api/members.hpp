#pragma once
/// @file
/// One object of a body, taken strictly: what is missing, unknown or of another type goes into one list, each under its
/// path.

#include <fmt/format.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json.hpp"
#include "net/problem.hpp"

namespace kula::api {

/// Of a body; more are not told.
constexpr std::size_t most_problems = 100;

enum class Need { required, optional };

/// Takes what was read where it was; whether it was.
template <class Target, class T>
bool assign(Target& target, std::optional<T> const& parsed) {
    if (parsed) target = *parsed;
    return parsed.has_value();
}

/// Lives no longer than the object and the list. A member that breaks its rule reads as absent.
class Members {
public:
    /// `path` is the object's own, empty for the body.
    Members(Json const& object, std::string path, std::vector<net::FieldProblem>& problems);

    std::optional<std::string> text(std::string_view name, Need need);
    bool flag(std::string_view name, Need need);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most, Need need);
    /// At most `most` of them.
    std::vector<std::string> texts(std::string_view name, std::size_t most, Need need);
    /// Hands over each entry of a list of at most `most`, with its path.
    template <class Take>
    void list(std::string_view name, std::size_t most, Need need, Take take) {
        auto const* const entries = array(name, most, need);
        for (std::size_t at = 0; entries != nullptr && at < entries->size(); ++at)
            take((*entries)[at], fmt::format("{}[{}]", path(name), at));
    }
    /// A text that `parse` takes.
    template <class Parse>
    void choice(std::string_view name, std::string const& rule, Need need, Parse parse) {
        auto const value = text(name, need);
        if (value && !parse(*value)) wrong(name, rule);
    }
    /// As it is, whatever it is.
    Json const* any(std::string_view name, Need need);

    /// What is only read may be sent back: it changes nothing.
    void pass_over(std::initializer_list<std::string_view> names) { taken_.insert(names.begin(), names.end()); }
    void wrong(std::string_view name, std::string message);
    /// To be called when every member was taken: what is left over is unknown.
    void refuse_others();

    [[nodiscard]] std::string path(std::string_view name) const;

private:
    Json const* array(std::string_view name, std::size_t most, Need need);

    Json const& object_;
    std::string const path_;
    std::vector<net::FieldProblem>& problems_;
    std::set<std::string, std::less<>> taken_{};
};

}  // namespace kula::api
