#pragma once
// Values of some of a dictionary's numbers. Only those that come take a value's room: a day meets few of the texts of
// three months, and fresh memory costs more than the sum that goes into it.

#include <cstdint>
#include <utility>
#include <vector>

#include "columns.hpp"

namespace kula::events {

template <class Value>
class ByNumber {
public:
    explicit ByNumber(Dictionary const& dictionary) : places_(dictionary.size()) {}

    /// Begins as `Value()`.
    Value& operator[](Number number) {
        auto& place = places_[number];
        if (place == 0) {
            entries_.emplace_back(number, Value());
            place = static_cast<std::uint32_t>(entries_.size());
        }
        return entries_[place - 1].second;
    }
    /// Nothing where it has not come.
    [[nodiscard]] Value const* find(Number number) const {
        auto const place = places_[number];
        return place == 0 ? nullptr : &entries_[place - 1].second;
    }
    /// Calls `visit(number, value)` for all that came, in any order.
    template <class Visitor>
    void each(Visitor const& visit) {
        for (auto& [number, value] : entries_) visit(number, value);
    }
    template <class Visitor>
    void each(Visitor const& visit) const {
        for (auto const& [number, value] : entries_) visit(number, value);
    }
    /// All that came, in any order.
    std::vector<std::pair<Number, Value>> take() && { return std::move(entries_); }

private:
    std::vector<std::uint32_t> places_;  ///< By number: one more than the place in `entries_`; 0 for none.
    std::vector<std::pair<Number, Value>> entries_;
};

}  // namespace kula::events
