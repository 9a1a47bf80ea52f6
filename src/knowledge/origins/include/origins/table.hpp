#pragma once
/// @file
/// The two tables as immutable values: which AS announces an address, which country it is registered in.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "origins/address_map.hpp"

namespace kula::origins {

enum class TableFormat : std::uint8_t { text, mmdb, delegated, rib };
/// `text`, `mmdb`, …
[[nodiscard]] std::string_view to_text(TableFormat format);

/// What is known of a table besides its entries.
struct TableAbout {
    TableFormat format = TableFormat::text;
    /// The date that its content tells, where it tells one, and the beginning of the SHA-256 of its bytes:
    /// `20261127-1a2b3c4d5e6f`. The same bytes are the same version.
    std::string version{};
    std::uint64_t entries = 0;        ///< As they were read, before they were flattened.
    std::uint64_t skipped = 0;        ///< Lines and records that are no entry.
    std::uint64_t first_skipped = 0;  ///< Number of the first line of them, from 1; 0 where they are no lines.
    base::Instant read_at{};
};

/// As it was read.
struct TableContent {
    AddressStretches stretches{};
    TableAbout about{};
};

class AsTable {
public:
    AsTable() = default;
    explicit AsTable(TableContent content) : map_(std::move(content.stretches)), about_(std::move(content.about)) {}

    /// The AS number that announces the most specific prefix which holds the address. Safe from any thread.
    [[nodiscard]] std::optional<std::uint32_t> find(base::Address address) const { return map_.find(address); }
    /// `one(range, as_number)`, disjoint.
    template <class One>
    void each(One one) const {
        map_.each(one);
    }
    [[nodiscard]] TableAbout const& about() const { return about_; }

private:
    AddressMap map_;
    TableAbout about_{};
};

class CountryTable {
public:
    CountryTable() = default;
    explicit CountryTable(TableContent content)
        : map_(std::move(content.stretches)), about_(std::move(content.about)) {}

    /// ISO 3166-1 alpha-2 (and what registries use beside it, `EU`), upper case. Safe from any thread.
    [[nodiscard]] std::optional<std::string> find(base::Address address) const;
    [[nodiscard]] TableAbout const& about() const { return about_; }

    /// A code as a number of the table; nothing where it is not two letters.
    [[nodiscard]] static std::optional<std::uint32_t> number_of(std::string_view code);

private:
    AddressMap map_;
    TableAbout about_{};
};

/// Both as they are at one moment; null where none is installed.
struct TablesNow {
    std::shared_ptr<AsTable const> as_numbers{};
    std::shared_ptr<CountryTable const> countries{};
};
/// Asked once for what is to be decided by one version. Safe from any thread.
using TablesSource = std::function<TablesNow()>;

}  // namespace kula::origins
