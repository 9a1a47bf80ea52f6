#pragma once
/// @file
/// The way that is undone, for tests.

#include <string>

#include "formats/observables.hpp"
#include "formats/url.hpp"

namespace kula::formats {

/// `192[.]0[.]2[.]1`, `2001[:]db8[:][:]1`, `hxxps://example[.]com/`, `user[@]example[.]com`; numbers and hashes as they
/// are.
inline std::string defanged(Observable const& observable) {
    auto value = observable.value;
    bool const is_url = observable.kind == ObservableKind::url;
    if (is_url && (value.starts_with("http:") || value.starts_with("https:"))) value.replace(1, 2, "xx");
    auto const head = is_url ? head_length(value) : value.size();
    auto const scheme = value.substr(0, head).find("://");
    std::string out = is_url && scheme != std::string::npos ? value.substr(0, scheme + 3) : std::string();
    for (auto const c : value.substr(out.size(), head - out.size())) {
        bool const is_mark = c == '.' || c == ':' || c == '@';
        out += is_mark ? std::string("[") + c + ']' : std::string(1, c);
    }
    out += value.substr(head);
    return out;
}

}  // namespace kula::formats
