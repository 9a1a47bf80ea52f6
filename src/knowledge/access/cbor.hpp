#pragma once
// CBOR (RFC 8949) as CTAP2 writes it: definite lengths, shortest heads. Reads forward; the first fault is final, every
// later question is answered with nothing. What it yields points into the bytes it was given.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kula::access {

class CborReader {
public:
    static constexpr int deepest = 8;
    static constexpr std::uint64_t most_items = 64;  ///< Of one array or map.

    explicit CborReader(std::string_view bytes) : rest_(bytes) {}

    /// How many pairs follow.
    std::optional<std::size_t> map();
    std::optional<std::int64_t> integer();
    std::optional<std::string_view> bytes();
    std::optional<std::string_view> text();
    /// Steps over one whole item.
    bool skip() { return skip_item(0); }

    /// Whether the next item is text; of a map that is keyed by both.
    [[nodiscard]] bool is_text() const;
    [[nodiscard]] bool is_faulty() const { return is_faulty_; }
    [[nodiscard]] std::string_view rest() const { return rest_; }

private:
    enum class Major : std::uint8_t { positive, negative, bytes, text, array, map, tag, simple };
    struct Head {
        Major major;
        std::uint64_t value;
    };
    std::optional<Head> head();
    std::optional<Head> head_of(Major major);
    std::optional<std::string_view> take(std::uint64_t count);
    bool skip_item(int depth);
    bool fail() {
        is_faulty_ = true;
        return false;
    }

    std::string_view rest_;
    bool is_faulty_ = false;
};

}  // namespace kula::access
