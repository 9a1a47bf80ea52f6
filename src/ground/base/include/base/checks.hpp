#pragma once
/// @file
/// Rules that an input is held to, all of it before the first answer. One thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::base {

/// Everything that is wrong with an input: the first rule that each of its fields breaks, 100 fields at most.
class Checks {
public:
    void expect(bool holds, std::string_view field, std::string_view otherwise);
    void refuse(std::string_view field, std::string_view message);
    /// Of a field that holds several: what is told of it stays.
    void refuse_also(std::string_view field, std::string_view message);
    /// The error of a check made elsewhere. One that is not about the input (`unavailable`) comes before all that is.
    void refuse(std::string_view field, Error const& error);
    /// Whether something is told of the field itself.
    [[nodiscard]] bool names(std::string_view field) const;
    /// Nothing where all rules are kept.
    [[nodiscard]] std::optional<Error> error() const;

private:
    std::vector<FieldProblem> problems_{};
    std::optional<Error> hindrance_{};
};

}  // namespace kula::base
