#pragma once
/// @file
/// Domains, URLs and hashes → numbers. Keys lie one after another in an arena; the table holds fingerprints and places.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "indicators/snapshot.hpp"

namespace kula::indicators {

/// The key under which a URL is found: host and path without the scheme; empty for what is no URL of that form.
std::string url_key(std::string_view url);

class NameTable {
public:
    /// Keys of different kinds live apart.
    enum class Space : char { domain = 'd', url = 'u', hash = 'h' };

    NameTable() = default;
    /// For up to `count` keys.
    explicit NameTable(std::size_t count);
    /// The first number under a key stays.
    void add(Space space, std::string_view key, Number number);
    [[nodiscard]] std::optional<Number> find(Space space, std::string_view key) const;
    [[nodiscard]] bool empty() const { return used_ == 0; }
    [[nodiscard]] std::size_t bytes() const { return slots_.capacity() * sizeof(Slot) + arena_.capacity(); }

private:
    struct Slot {
        std::uint32_t fingerprint = 0;
        Number number = 0;
        std::uint64_t place = none;  ///< Of the key in the arena, behind its length.
    };
    static constexpr std::uint64_t none = ~std::uint64_t{0};

    [[nodiscard]] std::size_t slot_of(Space space, std::string_view key) const;
    [[nodiscard]] bool holds(Slot const& slot, std::uint32_t fingerprint, Space space, std::string_view key) const;

    std::size_t used_ = 0;
    std::vector<Slot> slots_;
    std::string arena_;
};

}  // namespace kula::indicators
