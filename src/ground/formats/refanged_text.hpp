#pragma once
/// @file
/// A text without its defanging, which still knows where each byte stood. Inside the room; `observables.cpp` reads it.
/// Pure; linear.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kula::formats {

/// What was undone; what comes later proves more.
enum class Undone : std::uint8_t {
    hyphen,     ///< A hyphen of typography for `-`. No defanging.
    hidden,     ///< A zero-width space or soft hyphen.
    escaped,    ///< `\.`
    spaced,     ///< `example dot com`, `user [at] example [dot] com`, with blanks around.
    bracketed,  ///< `[.]`, `(dot)`, `[:]`, `[@]`, ...
};

class RefangedText {
public:
    /// `given` outlives this.
    explicit RefangedText(std::string_view given);

    [[nodiscard]] std::string_view plain() const { return plain_; }

    struct Place {
        std::size_t offset = 0;
        std::size_t size = 0;
    };
    /// Where [begin, end) of the plain text stood, not empty.
    [[nodiscard]] Place given_place(std::size_t begin, std::size_t end) const;
    /// The strongest of what was undone within [begin, end) of the plain text.
    [[nodiscard]] std::optional<Undone> undone(std::size_t begin, std::size_t end) const;
    /// [begin, end) of the plain text with its brackets and backslashes as they were given.
    [[nodiscard]] std::string live(std::size_t begin, std::size_t end) const;
    /// The first place from `begin` on where words with blanks were put together; the end if there is none.
    [[nodiscard]] std::size_t next_spaced(std::size_t begin) const;

private:
    struct Change {
        std::size_t at;  ///< In the plain text.
        std::size_t size;
        std::size_t given_at;
        std::size_t given_size;
        Undone undone;
    };
    using Changes = std::vector<Change>;

    void put(std::string_view plain, std::size_t given_at, std::size_t given_size, Undone undone);
    /// How many bytes of the given text were taken at `i`; 0 if nothing is to be undone there.
    std::size_t take(std::size_t i);
    std::size_t take_bracketed(std::size_t i);
    std::size_t take_spaced(std::size_t i);
    std::size_t take_unicode(std::size_t i);
    [[nodiscard]] bool is_behind_name() const;
    [[nodiscard]] Changes::const_iterator first_change(std::size_t begin) const;
    [[nodiscard]] std::size_t given_of(std::size_t at) const;

    std::string_view given_;
    std::string plain_;
    Changes changes_;
    std::vector<std::size_t> spaced_;
};

}  // namespace kula::formats
