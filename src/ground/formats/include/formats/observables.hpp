#pragma once
/// @file
/// The observables in a text as people write it: a mail, a pasted report, a note in Markdown. Defanged forms are
/// understood. Pure; safe from any thread. Linear in the text's size.
///
/// What looks like an observable and is none:
/// - A word with dots is a domain name where its ending is a top-level domain (`data/top_level_domains.txt`, RFC 2606,
///   RFC 6761, RFC 6762, RFC 7686, RFC 9476, `internal`). Endings that are those of files as well (`.md`, `.zip`,
///   `.py`,
///   `.sh`, `.so`, ...) count where the name was defanged, begins with `www.`, or stands below a registry's label
///   (`gov.md`, `com.py`, with something before). `.mk`, `.al`, `.rs` and `.pl` are domains always, but for the names
///   that every program of make and Rust has (`rules.mk`, `main.rs`).
/// - A name that was defanged by brackets may have any ending but one of files only; so may the host of a URL with a
///   scheme. Part of a path (`src/example.com/x`) is no name.
/// - Four numbers are a version behind words such as `version`, `v`, `build`, behind `Name/`, or as part of more than
///   four; unless they were defanged.
/// - 32, 40, 64 or 128 hexadecimal digits are a hash where nothing adjoins them (so no part of a UUID); a file's ending
///   may. Digits alone and one digit repeated are none.
/// - An IPv6 address below 100::/8 is none (`::1`, slices of Python, an EUI-64), but for 64:ff9b::/32 and
///   ::ffff:0:0/96; nor is what reads as `f64::` or `dead::beef` of a program.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kula::formats {

enum class ObservableKind : std::uint8_t {
    address,
    prefix,
    as_number,
    domain,
    url,
    md5,
    sha1,
    sha256,
    email,
    sha512,
    cve,
};

/// `address`, `prefix`, `as`, `domain`, `url`, `md5`, `sha1`, `sha256` as indicators are called; `email`, `sha512`,
/// `cve`.
std::string_view to_text(ObservableKind kind);

struct Observable {
    ObservableKind kind = ObservableKind::address;
    /// As indicators are written: RFC 5952; a prefix without host bits, /8 (IPv4) or /16 (IPv6) at the widest, a host
    /// without its length; `canonical_domain`; `canonical_url`; `AS64496`; hashes in lower case. An e-mail address in
    /// lower case, its domain as domains are. `CVE-2026-0001`.
    std::string value;
    std::size_t offset = 0;    ///< Where it stands in the text, in bytes.
    std::size_t size = 0;      ///< How many bytes it takes there.
    bool is_defanged = false;  ///< It was written so that no program takes it for what it is.
    bool is_host =
        false;  ///< It is only told as the host of a URL, so that it can be searched for; it stands within it.
};

struct Observables {
    std::vector<Observable> found;  ///< Each once, in the order of their first places, a URL before its host.
    bool is_cut = false;            ///< The text is longer, or holds more, than is looked at.
};

/// How much of a text is looked at, in bytes, and how many observables are told.
inline constexpr std::size_t longest_observed_text = std::size_t{1} << 20;
inline constexpr std::size_t most_observables = 1000;

/// Of UTF-8; what is none separates words. The domain of an e-mail address is not told by itself. A URL ends before
/// blanks, quotes, brackets that were not opened in it, and what ends a sentence; in a row of a table (`,` or `;`
/// before it) at the next separator. Brackets in the path of a URL that is live otherwise stay as they are. Of URLs
/// that stand in the path or query of another, as behind a redirector, the first is told, too.
Observables find_observables(std::string_view text);

}  // namespace kula::formats
