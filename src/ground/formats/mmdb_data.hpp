#pragma once
// The data section of a MaxMind DB: values behind one another, maps and arrays before what they hold, pointers back.

#include <initializer_list>
#include <optional>
#include <string_view>

#include "network_bytes.hpp"

namespace kula::formats {

enum class MmdbType : std::uint8_t { pointer = 1, text = 2, uint16 = 5, uint32 = 6, map = 7, uint64 = 9, array = 11 };

struct MmdbValue {
    MmdbType type{};         ///< Others than those above keep their number.
    std::size_t size = 0;    ///< Bytes; of a map or an array what it holds; of a pointer where it points.
    std::size_t behind = 0;  ///< Where its bytes, or what it holds, begin; of a pointer where the next value stands.
};

class MmdbData {
public:
    explicit MmdbData(Bytes bytes) : bytes_(bytes) {}

    /// The value at the end of a path of names; nothing where there is none, or what leads there is broken.
    [[nodiscard]] std::optional<MmdbValue> find(std::size_t at, std::initializer_list<std::string_view> path) const;
    [[nodiscard]] std::optional<std::string_view> text(std::optional<MmdbValue> value) const;
    [[nodiscard]] std::optional<std::uint64_t> number(std::optional<MmdbValue> value) const;

    /// Whether the value is there to its end.
    [[nodiscard]] bool is_whole(std::size_t at) const;

private:
    [[nodiscard]] std::optional<MmdbValue> value_at(std::size_t at) const;
    [[nodiscard]] std::optional<MmdbValue> pointer_at(std::size_t at, unsigned control) const;
    [[nodiscard]] std::optional<MmdbValue> followed(std::size_t at) const;
    [[nodiscard]] std::optional<std::size_t> skip(std::size_t at, unsigned& left) const;
    [[nodiscard]] std::optional<std::size_t> member(MmdbValue const& map, std::string_view name, unsigned& left) const;

    Bytes bytes_;
};

}  // namespace kula::formats
