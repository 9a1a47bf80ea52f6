#pragma once
// From faults that are thrown back to results, outside of a unit of work.

#include <type_traits>

#include "failed.hpp"

namespace kula::storage {

template <class Call>
auto caught(Call const& call) -> base::Result<decltype(call())> {
    try {
        if constexpr (std::is_void_v<decltype(call())>) {
            call();
            return {};
        } else {
            return call();
        }
    } catch (Failed const& failed) {
        return failed.error();
    }
}

}  // namespace kula::storage
