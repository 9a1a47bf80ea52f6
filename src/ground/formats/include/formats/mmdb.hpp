#pragma once
/// @file
/// MaxMind DB: a binary tree of networks, each with a record, as providers of country and AS tables publish it.
///
/// Read out of memory, with every offset checked: a file that is cut short or made to harm is refused or passed over,
/// never followed. Pure; safe from any thread. Source: MaxMind DB File Format Specification 2.0.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"

namespace kula::formats {

class Mmdb {
public:
    /// `file` outlives it. `invalid` where its metadata is missing or speaks of more than there is.
    static base::Result<Mmdb> open(std::span<std::byte const> file);

    /// What it calls itself: `GeoLite2-Country`.
    [[nodiscard]] std::string const& type() const { return type_; }
    [[nodiscard]] base::Instant built() const { return built_; }

    /// Names a record; networks that say the same share one.
    using Record = std::uint32_t;
    /// Every network that has a record, in the order of addresses, IPv4 as IPv4: the places where an IPv6 tree shows
    /// the IPv4 networks once more (mapped, 6to4, Teredo) are left out. False where it is no tree: a node is deeper
    /// than an address is long, or reached twice.
    bool each(std::function<void(base::Prefix const&, Record)> const& visit) const;

    /// Names of nested maps, the outermost first.
    using Path = std::initializer_list<std::string_view>;
    /// Nothing where the record has no text there.
    [[nodiscard]] std::optional<std::string_view> text(Record record, Path path) const;
    /// Nothing where the record has no whole number of at most 64 bits there.
    [[nodiscard]] std::optional<std::uint64_t> number(Record record, Path path) const;

private:
    Mmdb() = default;
    [[nodiscard]] std::uint32_t child(std::uint32_t node, bool is_right) const;
    [[nodiscard]] std::optional<Record> record_at(std::uint32_t value) const;

    std::span<std::byte const> tree_{};
    std::span<std::byte const> data_{};
    std::uint32_t nodes_ = 0;
    unsigned record_bits_ = 0;
    bool is_v6_ = false;
    std::string type_{};
    base::Instant built_{};
};

}  // namespace kula::formats
