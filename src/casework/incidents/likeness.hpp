#pragma once
// How near two texts are: by a sketch of each, that of its shingles of three words with the least hashes (bottom-k;
// A. Broder, On the resemblance and containment of documents, 1997; E. Cohen, H. Kaplan, Summarizing data using
// bottom-k sketches, 2007). Observables and numbers are all alike in it, so that texts of one template are near
// whatever was put in. Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/observables.hpp"

namespace kula::incidents {

class Sketch {
public:
    /// As many hashes of a text are kept, and so many lead to others.
    static constexpr std::size_t most = 128;
    static constexpr std::size_t leading = 8;

    Sketch() = default;
    /// `found` stand in the text. Empty of a text of fewer than eight words, which tells too little.
    Sketch(std::string_view text, std::vector<formats::Observable> const& found);
    static std::optional<Sketch> parse(std::string_view hexadecimal);

    [[nodiscard]] std::string text() const;
    /// The least ones; texts that are half alike share one of them in all but few cases.
    [[nodiscard]] std::span<std::uint32_t const> leads() const;
    /// The share of shingles that they have in common, 0 to 1; 0 where one is empty. The error is about 0.04.
    [[nodiscard]] double likeness(Sketch const& other) const;

private:
    std::vector<std::uint32_t> least_{};  ///< Ascending, each once.
};

/// From here on two texts are one.
constexpr double near_enough = 0.5;

}  // namespace kula::incidents
