#pragma once
/// @file
/// Warning lists in the MISP format: what is known to be harmless or shared, so that an indicator on it is likely a
/// false positive. Such indicators are kept and flagged, not alerted.
///
/// Format: MISP/misp-warninglists, schema.json. Meaning as in MISP (app/Model/Warninglist.php) and PyMISPWarningLists
/// (pymispwarninglists/api.py, slow search), with three refinements: names are compared without case; a prefix or range
/// is flagged if one entry holds all of it; a regular expression runs in linear time (RE2), so that one with
/// look-around or back-references is reported and left out.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "indicators/value.hpp"

namespace kula::indicators {

enum class WarninglistType : std::uint8_t {
    string,     ///< The value equals the entry.
    cidr,       ///< All its addresses lie within the entry.
    hostname,   ///< The domain, or the URL's host, equals the entry or is a subdomain of it.
    substring,  ///< The entry occurs in the value.
    regex,      ///< `/expression/i` as in PHP finds something in the value.
};

/// `string`, `cidr`, `hostname`, `substring`, `regex`.
std::string_view to_text(WarninglistType type);

/// One loaded list.
struct Warninglist {
    std::string name;
    std::string description;
    std::int64_t version = 0;
    WarninglistType type = WarninglistType::string;
    std::size_t entries = 0;  ///< That are in use.
};

/// A list holds the value, and why. Views live as long as the `Warninglists`.
struct WarningHit {
    std::string_view list;
    WarninglistType type = WarninglistType::string;
    std::string_view entry;  ///< As it stands in the list.
};

/// A file or an entry that could not be used; all others are.
struct WarninglistFault {
    std::string file;
    std::string reason;
};

/// All lists together. Immutable; safe from any thread. A look-up costs a few hash probes and one binary search,
/// however many lists there are; substrings and expressions are one pass over the value.
class Warninglists {
public:
    struct Text {
        std::string file;  ///< Only for faults.
        std::string json;
    };

    /// No lists.
    Warninglists();
    /// From memory. A list may be there twice (by name): the higher version counts.
    explicit Warninglists(std::vector<Text> const& texts);
    /// A file, or all `*.json` in a folder and its subfolders (so both flat and MISP's `<list>/list.json`), in the
    /// order of their paths. Fails with `not_found` only if `path` itself cannot be read; the rest is among `faults()`.
    /// Files of more than 256 MiB and more than 10,000 files are refused.
    static base::Result<Warninglists> load(std::filesystem::path const& path);

    Warninglists(Warninglists&&) noexcept;
    Warninglists& operator=(Warninglists&&) noexcept;
    ~Warninglists();

    /// At most one hit a list, in the order of the lists.
    [[nodiscard]] std::vector<WarningHit> matches(Value const& value) const;
    /// Is there any hit?
    [[nodiscard]] bool warns(Value const& value) const;

    [[nodiscard]] std::vector<Warninglist> const& lists() const;
    [[nodiscard]] std::vector<WarninglistFault> const& faults() const;

private:
    class Index;
    std::unique_ptr<Index> index_;
};

}  // namespace kula::indicators
