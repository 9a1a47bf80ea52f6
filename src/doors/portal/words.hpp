#pragma once
// What the pages say, in one language: data/i18n/portal.<language>.json. Immutable; safe from any thread.

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.hpp"
#include "base/text.hpp"

namespace kula::portal {

class Words {
public:
    using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

    explicit Words(base::Language language);

    [[nodiscard]] base::Language language() const { return language_; }
    /// `{{name}}` stands for a value. A key that does not exist is a bug (`std::logic_error`).
    [[nodiscard]] std::string operator()(std::string_view key, Values values = {}) const;
    /// The own text, or else the fallback.
    [[nodiscard]] std::string or_else(std::string_view key, std::string_view fallback) const;
    /// A day in UTC: `25.11.2026`, in English `25 November 2026`.
    [[nodiscard]] std::string day(base::Instant instant) const;
    [[nodiscard]] std::string number(std::uint64_t number) const;

private:
    base::Language language_;
    std::map<std::string, std::string, std::less<>> texts_{};
};

/// `Македонски`: as its speakers call it.
std::string_view own_name(base::Language language);

}  // namespace kula::portal
