#pragma once
/// @file
/// Reading indicator lists as they come: one value a line, or CSV with named columns. Streaming: what is held is one
/// line, however long the list. A line that is no indicator is counted and named; it never stops the rest.
///
/// Plain: an address, prefix, range (`a-b`, blanks around the dash allowed), AS number, domain, URL or hash; then, if
/// anything, a count behind a tab or blank, or a comment. Lines that begin with `#` or `;` and empty lines are not
/// counted. CR LF, a byte order mark and a last line without an end are fine.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/marking.hpp"
#include "base/readers.hpp"
#include "base/result.hpp"
#include "indicators/value.hpp"

namespace kula::indicators {

/// 0 (says nothing) to 100 (certain).
using Confidence = std::uint8_t;
inline constexpr Confidence full_confidence = 100;

/// Who speaks, and what holds for all values of the list unless a line says otherwise.
struct ListSource {
    std::string name;
    Confidence confidence = 50;
    base::Marking marking{};
    std::optional<base::Instant> valid_from{};
    std::optional<base::Instant> valid_until{};
    /// From the moment of import; with `valid_until` the earlier end counts.
    std::optional<std::chrono::microseconds> time_to_live{};
    std::string rsit_class{};  ///< RSIT class and type by value (`malicious-code`, `c2-server`); empty where not told.
    std::string rsit_type{};
    /// Of what is TLP:RED in the list; where nobody is named, whoever imports it.
    base::Readers readers{};
};

/// `lists/ipsum_l1.txt` is the source `ipsum_l1`; the ending of a compressed file goes too (`ipsum_l1.txt.gz`).
std::string source_name_of(std::filesystem::path const& file);

/// What one line says of its value. Views live as long as the visitor's call.
struct Attributes {
    std::optional<std::uint64_t>
        count{};  ///< How often it was seen or on how many lists: what `address<TAB>count` means.
    std::optional<Confidence> confidence{};
    std::optional<base::Instant> first_seen{};
    std::optional<base::Instant> last_seen{};
    std::optional<base::Instant> valid_from{};
    std::optional<base::Instant> valid_until{};
    std::optional<base::Tlp> tlp{};
    std::optional<base::Pap> pap{};
    std::string_view rsit_class{};
    std::string_view rsit_type{};
    std::string_view comment{};  ///< Well-formed UTF-8 of at most 500 bytes.
};

/// Called for each value taken, in the list's order.
using ListVisitor = std::function<void(Value const& value, Attributes const& attributes)>;

/// The columns of a CSV list, by their names in its header (any case). An empty name is a column that the list lacks.
struct ColumnMap {
    std::string value;
    std::string confidence, first_seen, last_seen, valid_from, valid_until, tlp, pap, rsit_class, rsit_type, comment;

    /// `value=ip,confidence=score,first_seen=seen,valid_until=…,tlp=…,pap=…,class=…,type=…,comment=…`. Fails with
    /// `invalid` for an unknown or repeated key; without `value` the column is found as in `Layout::csv`.
    static base::Result<ColumnMap> parse(std::string_view text);
};

enum class Layout : std::uint8_t {
    automatic,  ///< CSV if a value column is mapped, or the first line that counts is a header with a column of a
                ///< well-known name (`ip`, `ioc`, …), or follows such a header in a comment; else plain.
    plain,
    csv,  ///< With a header; without a mapped value column the first well-known name, else the first column with an
          ///< indicator.
};

struct ListOptions {
    ReservedSpace reserved = ReservedSpace::refuse;
    Layout layout = Layout::automatic;
    ColumnMap columns{};
    std::size_t skipped_kept = 1000;                     ///< So many skipped lines are named; all are counted.
    std::uint64_t most_bytes = std::uint64_t{16} << 30;  ///< Of a whole list, unpacked; a longer one is `invalid`.
};

struct SkippedLine {
    std::uint64_t line = 0;  ///< From 1.
    std::string text{};      ///< At most 200 bytes of it, in well-formed UTF-8 without control characters.
    std::string reason{};
};

struct ImportReport {
    std::uint64_t read = 0;  ///< Lines, comments and empty ones apart.
    std::uint64_t taken = 0;
    std::uint64_t skipped = 0;
    std::vector<SkippedLine> first_skipped{};
};

/// Takes a list in pieces of any size. One thread.
class ListReader {
public:
    ListReader(ListOptions options, ListVisitor visitor);
    ~ListReader();
    ListReader(ListReader&&) noexcept;
    ListReader& operator=(ListReader&&) noexcept;

    void feed(std::string_view piece);
    /// The last line, then the report; `invalid` where the header lacks a column that was mapped. The reader is spent.
    base::Result<ImportReport> finish();

private:
    class Inside;
    std::unique_ptr<Inside> inside_;
};

/// A whole list in memory, compressed (gzip, zstd) or not. Fails with `invalid` where the compression is
/// broken, the list too long or a mapped column missing; values that were taken before stay taken, as below.
base::Result<ImportReport> read_list(std::string_view content, ListOptions const& options, ListVisitor const& visitor);
/// A file, compressed or not, read in pieces. Fails with `not_found`, `unavailable` (reading failed) or `invalid`;
/// values that were taken before stay taken.
base::Result<ImportReport> read_list_file(std::filesystem::path const& file, ListOptions const& options,
                                          ListVisitor const& visitor);

}  // namespace kula::indicators
