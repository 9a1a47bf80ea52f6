#pragma once
// A value of a mapping, taken strictly: what is wrong goes into one list, each under its member.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "row.hpp"

namespace kula::intake {

/// Of one mapping; more are not told.
constexpr std::size_t most_mistakes = 100;

/// Lives no longer than the value and the list. What breaks its rule reads as absent.
class Told {
public:
    /// `path` is the value's own, empty for the mapping.
    Told(Json const& value, std::string path, std::vector<base::FieldProblem>& problems)
        : value_(value), path_(std::move(path)), problems_(problems) {}

    [[nodiscard]] Json const& value() const { return value_; }
    void wrong(std::string message) const;
    void wrong(std::string_view member, std::string message) const;

    /// Whether it is an object; another member than these is wrong.
    [[nodiscard]] bool is_object_of(std::initializer_list<std::string_view> members) const;
    [[nodiscard]] bool has(std::string_view member) const;
    /// Empty where there is none.
    [[nodiscard]] std::string text(std::string_view member) const;
    [[nodiscard]] bool flag(std::string_view member) const;
    /// A list of texts, or one text.
    [[nodiscard]] std::vector<std::string> texts(std::string_view member) const;
    [[nodiscard]] std::vector<std::string> texts() const;
    /// Of one that is there.
    [[nodiscard]] Told at(std::string_view member) const;
    /// Calls `visit(name, told)` for all members; one that is no object is wrong.
    template <class Visitor>
    void each_member(Visitor const& visit) const {
        if (!value_.is_object()) return wrong("is no object");
        for (auto const& [name, value] : value_.items()) visit(name, Told(value, path_of(name), problems_));
    }
    /// Calls `visit(told)` for each entry; one that is no list is wrong.
    template <class Visitor>
    void each_entry(Visitor const& visit) const {
        if (!value_.is_array()) return wrong("is no list");
        for (std::size_t at = 0; at < value_.size(); ++at)
            visit(Told(value_[at], path_ + '[' + std::to_string(at) + ']', problems_));
    }

private:
    [[nodiscard]] std::string path_of(std::string_view member) const;

    Json const& value_;
    std::string const path_;
    std::vector<base::FieldProblem>& problems_;
};

}  // namespace kula::intake
