#pragma once
/// @file
/// Takes the bytes of a table and makes entries of them, whatever form it is published in.
///
/// **Recognised by content**: a MaxMind DB, a dump of a routing table (MRT or the text of `bgpdump -m`), delegated
/// statistics of a registry, or lines: `prefix AS`, `first last AS`, CAIDA's `address length AS_AS`, `prefix CC`;
/// comma, semicolon, tab or blank between them, `AS64500` or `64500`, further columns ignored, `#` begins a comment, as
/// does `;` at the beginning of a line. AS number 0 means "nobody". Of several origins in one CAIDA line the first
/// counts, a set of them (`1,2`) is passed over; in a routing table the origin that most peers tell, of equals the
/// lower number. The default routes (`0.0.0.0/0`, `::/0`) say nothing and are left out. Pure; one thread.

#include <memory>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "origins/table.hpp"

namespace kula::origins {

enum class TableKind : std::uint8_t { as_numbers, countries };

class TableReader {
public:
    /// With a country, lines hold a prefix alone, which is that country's.
    explicit TableReader(TableKind kind, std::string_view country = {});
    ~TableReader();
    TableReader(TableReader&&) noexcept;
    TableReader& operator=(TableReader&&) noexcept;

    /// Unpacked bytes, in pieces of any size. What comes behind a fault is passed over.
    void take(std::span<std::byte const> bytes);
    /// Whether more can change nothing: the content is beyond a bound, or broken.
    [[nodiscard]] bool is_over() const;
    /// `invalid` where it is none of the forms, ends early, is beyond a bound, or holds no entry. The version is the
    /// date alone, or empty; when it was read is for the caller to say.
    base::Result<TableContent> finish();

private:
    class Form;
    class Lines;
    class Rib;
    class Tree;
    void choose(bool is_all);

    TableKind kind_;
    std::string country_;
    std::string head_;  ///< Until the form is known.
    std::unique_ptr<Form> form_;
};

/// The text of a table of countries or AS numbers, read at once.
base::Result<TableContent> read_table(TableKind kind, std::string_view text);

}  // namespace kula::origins
