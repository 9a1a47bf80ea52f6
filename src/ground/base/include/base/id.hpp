#pragma once
/// @file
/// Identities: UUID version 7 (RFC 9562 §5.7), sortable by the time they were made, and one C++ type per kind of thing.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"

namespace kula::base {

class Uuid {
public:
    /// The nil UUID.
    constexpr Uuid() = default;

    /// A new version 7 UUID of this moment. Within one process, calls with the same or an earlier millisecond still
    /// yield rising values (RFC 9562 §6.2, method 1: a 12-bit counter, seeded at random). Safe from any thread.
    static Uuid v7(Instant now);
    /// The canonical 36 characters, either case; nothing else.
    static std::optional<Uuid> parse(std::string_view text);

    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::array<std::uint8_t, 16> const& bytes() const { return bytes_; }
    friend auto operator<=>(Uuid const&, Uuid const&) = default;

private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// The identity of one kind of thing: an `Id<Organisation>` is no `Id<Indicator>`.
template <class Thing>
class Id {
public:
    constexpr Id() = default;
    explicit Id(Uuid uuid) : uuid_(uuid) {}
    static Id make(Instant now) { return Id(Uuid::v7(now)); }
    static std::optional<Id> parse(std::string_view text) {
        auto const uuid = Uuid::parse(text);
        return uuid ? std::optional(Id(*uuid)) : std::nullopt;
    }

    [[nodiscard]] Uuid const& uuid() const { return uuid_; }
    [[nodiscard]] std::string text() const { return uuid_.text(); }
    friend auto operator<=>(Id const&, Id const&) = default;

private:
    Uuid uuid_;
};

}  // namespace kula::base
