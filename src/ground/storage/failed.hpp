#pragma once
// How a fault leaves a unit of work: thrown by the session's statements, caught where the unit was called.

#include <exception>
#include <utility>

#include "base/result.hpp"

namespace kula::storage {

class Failed final : public std::exception {
public:
    explicit Failed(base::Error error) : error_(std::move(error)) {}
    [[nodiscard]] base::Error const& error() const { return error_; }
    [[nodiscard]] char const* what() const noexcept override { return error_.detail.c_str(); }

private:
    base::Error error_;
};

}  // namespace kula::storage
