#include "cursor.hpp"

#include <fmt/format.h>

#include "base/fnv.hpp"

namespace kula::api {
namespace {

/// What no text of a query holds, as they are UTF-8.
constexpr char separator = '\xff';

std::string joined(std::vector<std::string> const& query) {
    std::string text;
    for (auto const& part : query) text.append(part).push_back(separator);
    return text;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::uint64_t fingerprint(std::string_view text) {
    auto const hash = base::fnv1a(text);  // A cursor of another query is a mistake, not an attack.
    return hash == 0 ? 1 : hash;
}

std::string to_cursor(std::vector<std::string> const& query, std::string_view last_key) {
    auto out = fmt::format("{:016x}", fingerprint(joined(query)));
    for (char const c : last_key) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out;
}

std::optional<std::string> from_cursor(std::vector<std::string> const& query, std::string_view cursor) {
    auto const expected = fmt::format("{:016x}", fingerprint(joined(query)));
    if (cursor.size() % 2 != 0 || cursor.substr(0, expected.size()) != expected) return std::nullopt;
    std::string key;
    for (auto at = expected.size(); at < cursor.size(); at += 2) {
        int const high = hex_value(cursor[at]);
        int const low = hex_value(cursor[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        key.push_back(static_cast<char>(high * 16 + low));
    }
    return key;
}

}  // namespace kula::api
