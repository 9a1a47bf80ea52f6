#pragma once
/// @file
/// Which country an address is registered in: a table that the operator installs, as an immutable value.
///
/// A file holds `prefix,CC` a line (`#` begins a comment); a folder holds a file a country, `mk.v4`, `mk.v6`, `mk.txt`,
/// with a prefix a line. Country codes are ISO 3166-1 alpha-2. Of overlapping entries the one that begins later counts.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"

namespace kula::registry {

class CountryTable {
public:
    CountryTable() = default;
    /// `not_found` or `unavailable` where the path cannot be read, `invalid` where it holds no entry at all. Lines that
    /// are none are passed over and counted.
    static base::Result<CountryTable> load(std::filesystem::path const& path);
    /// The text of a file.
    static CountryTable parse(std::string_view text);

    /// Upper case. O(log n); safe from any thread.
    [[nodiscard]] std::optional<std::string> find(base::Address address) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::size_t skipped() const { return skipped_; }

private:
    struct Entry {
        base::AddressRange range;
        char code[2];
    };
    void add_text(std::string_view text, std::string_view country);
    void sort();

    std::vector<Entry> entries_;
    std::size_t skipped_ = 0;
};

}  // namespace kula::registry
