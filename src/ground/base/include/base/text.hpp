#pragma once
/// @file
/// A text as it was written in the languages that people read here.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kula::base {

enum class Language : std::uint8_t { mk, sq, en };

/// In the order in which they are offered.
constexpr std::array languages{Language::mk, Language::sq, Language::en};

/// `mk`, `sq`, `en`: RFC 5646, as stored, in addresses and in `lang`.
constexpr std::string_view to_text(Language language) {
    constexpr std::array<std::string_view, languages.size()> codes{"mk", "sq", "en"};
    return codes[static_cast<std::size_t>(language)];
}
constexpr std::optional<Language> parse_language(std::string_view text) {
    for (auto const language : languages) {
        if (to_text(language) == text) return language;
    }
    return std::nullopt;
}

struct Text {
    std::array<std::string, languages.size()> written{};  ///< By `Language`; empty where it was not written.

    [[nodiscard]] std::string const& in(Language language) const { return written[static_cast<std::size_t>(language)]; }
    [[nodiscard]] std::string& in(Language language) { return written[static_cast<std::size_t>(language)]; }
    /// The wanted language, or else one in which it was written: English first.
    [[nodiscard]] Language best(Language wanted) const {
        for (auto const language : {wanted, Language::en, Language::mk}) {
            if (!in(language).empty()) return language;
        }
        return in(Language::sq).empty() ? wanted : Language::sq;
    }
    [[nodiscard]] bool is_empty() const { return in(best(Language::en)).empty(); }

    friend bool operator==(Text const&, Text const&) = default;
};

}  // namespace kula::base
