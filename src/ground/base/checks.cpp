#include "base/checks.hpp"

#include <algorithm>

namespace kula::base {
namespace {

constexpr std::size_t most_problems = 100;

}  // namespace

void Checks::expect(bool holds, std::string_view field, std::string_view otherwise) {
    if (!holds) refuse(field, otherwise);
}

void Checks::refuse(std::string_view field, std::string_view message) {
    if (!names(field)) refuse_also(field, message);
}

bool Checks::names(std::string_view field) const {
    return std::any_of(problems_.begin(), problems_.end(), [&](auto const& told) { return told.field == field; });
}

void Checks::refuse_also(std::string_view field, std::string_view message) {
    if (problems_.size() < most_problems) problems_.push_back({std::string(field), std::string(message)});
}

void Checks::refuse(std::string_view field, Error const& error) {
    if (error.fault == Fault::invalid) return refuse(field, error.detail);
    if (!hindrance_) hindrance_ = Error{error.fault, std::string(field) + ": " + error.detail};
}

std::optional<Error> Checks::error() const {
    if (hindrance_ || problems_.empty()) return hindrance_;
    return invalid(problems_);
}

}  // namespace kula::base
