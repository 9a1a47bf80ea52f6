#pragma once
/// @file
/// Who may read a thing labelled TLP:RED: the persons it was given to, by name and nobody else (FIRST, TLP 2.0,
/// August 2022: "for the eyes and ears of individual recipients only"). Under any other label readers mean nothing.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace kula::base {

class Readers {
public:
    /// One record names at most so many; what is known to more is hardly TLP:RED.
    static constexpr std::size_t most = 50;

    /// Nobody.
    Readers() = default;
    /// Ids of people, in any order, each counted once; nothing where they are more than `most`.
    static std::optional<Readers> of(std::vector<Uuid> people);
    /// As `text` writes it; nothing where it is no such text.
    static std::optional<Readers> parse(std::string_view text);

    [[nodiscard]] bool hold(Uuid const& person) const;
    [[nodiscard]] bool empty() const { return people_.empty(); }
    /// Sorted.
    [[nodiscard]] std::vector<Uuid> const& people() const { return people_; }
    /// Ids with commas between, sorted; how it is stored. Empty for nobody.
    [[nodiscard]] std::string text() const;
    friend bool operator==(Readers const&, Readers const&) = default;

private:
    std::vector<Uuid> people_;
};

/// What is derived from two records may be read by those who may read both.
Readers common(Readers const& a, Readers const& b);

}  // namespace kula::base
