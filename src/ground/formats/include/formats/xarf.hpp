#pragma once
/// @file
/// Writes reports of abuse in X-ARF 4 (eXtended Abuse Reporting Format, https://xarf.org, JSON, one problem at one
/// source a report). Its versions 0.1 to 4 are read by `intake`'s mapping `xarf`.
///
/// What is compulsory for all types is checked here; what a type wants beside it is its caller's. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace kula::formats {

/// Of the schema's `contact_info`.
struct XarfContact {
    std::string organisation;  ///< 200 bytes at most.
    std::string address;       ///< Of mail.
    std::string domain;
};

struct XarfEvidence {
    std::string type;         ///< `text/plain`.
    std::string description;  ///< 500 bytes at most.
    std::string bytes;        ///< As they are; `longest_xarf_evidence` at most.
    std::string sha256;       ///< Of them, in hexadecimal.
};

/// A member of one type of report.
using XarfValue = std::variant<std::string, std::int64_t, std::vector<std::string>>;

struct XarfReport {
    std::string id;        ///< A UUID.
    base::Instant at{};    ///< When it happened; told to the second, in UTC.
    XarfContact reporter;  ///< The sender is the same.
    std::string source;    ///< The address or domain that the report is about.
    std::optional<std::uint16_t> source_port{};
    std::string category{}, type{};
    std::vector<std::pair<std::string, XarfValue>> members{};  ///< Of its type, in their order.
    std::vector<std::string> tags{};                           ///< `namespace:value`, twenty at most.
    std::optional<XarfEvidence> evidence{};
};

constexpr std::string_view xarf_version = "4.2.0";
/// Ours; the format allows 5 MiB.
constexpr std::size_t longest_xarf_evidence = 16 * 1024;

/// One line of JSON, without an end. What is no UTF-8 is replaced by U+FFFD. `invalid` names the first member that is
/// empty, too long or not in its form.
base::Result<std::string> xarf_report(XarfReport const& report);

}  // namespace kula::formats
