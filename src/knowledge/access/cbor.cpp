#include "cbor.hpp"

#include <limits>

namespace kula::access {

std::optional<std::string_view> CborReader::take(std::uint64_t count) {
    if (is_faulty_ || count > rest_.size()) {
        fail();
        return std::nullopt;
    }
    auto const out = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(out.size());
    return out;
}

std::optional<CborReader::Head> CborReader::head() {
    auto const first = take(1);
    if (!first) return std::nullopt;
    auto const byte = static_cast<unsigned char>(first->front());
    auto const major = static_cast<Major>(byte >> 5);
    unsigned const size_code = byte & 31;
    if (size_code < 24) return Head{major, size_code};
    if (size_code > 27) {  // Reserved, or of indefinite length.
        fail();
        return std::nullopt;
    }
    auto const bytes = take(std::uint64_t{1} << (size_code - 24));
    if (!bytes) return std::nullopt;
    std::uint64_t value = 0;
    for (char const c : *bytes) value = value << 8 | static_cast<unsigned char>(c);
    auto const least = size_code == 24 ? 24 : std::uint64_t{1} << (4 << (size_code - 24));
    if (major != Major::simple && value < least) {
        fail();
        return std::nullopt;
    }
    return Head{major, value};
}

std::optional<CborReader::Head> CborReader::head_of(Major major) {
    auto const found = head();
    if (found && found->major == major) return found;
    fail();
    return std::nullopt;
}

std::optional<std::size_t> CborReader::map() {
    auto const found = head_of(Major::map);
    if (found && found->value <= most_items) return static_cast<std::size_t>(found->value);
    fail();
    return std::nullopt;
}

std::optional<std::int64_t> CborReader::integer() {
    auto const found = head();
    bool const is_integer = found && (found->major == Major::positive || found->major == Major::negative);
    if (!is_integer || found->value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        fail();
        return std::nullopt;
    }
    auto const value = static_cast<std::int64_t>(found->value);
    return found->major == Major::positive ? value : -1 - value;
}

std::optional<std::string_view> CborReader::bytes() {
    auto const found = head_of(Major::bytes);
    return found ? take(found->value) : std::nullopt;
}

std::optional<std::string_view> CborReader::text() {
    auto const found = head_of(Major::text);
    return found ? take(found->value) : std::nullopt;
}

bool CborReader::is_text() const {
    return !is_faulty_ && !rest_.empty() &&
           static_cast<unsigned char>(rest_.front()) >> 5 == static_cast<unsigned>(Major::text);
}

bool CborReader::skip_item(int depth) {
    auto const found = head();
    if (!found || depth == deepest) return fail();
    switch (found->major) {
        case Major::positive:
        case Major::negative:
        case Major::simple: return true;
        case Major::bytes:
        case Major::text: return take(found->value).has_value();
        case Major::tag: return skip_item(depth + 1);
        case Major::array:
        case Major::map: break;
    }
    if (found->value > most_items) return fail();
    auto const items = found->major == Major::map ? 2 * found->value : found->value;
    for (std::uint64_t i = 0; i < items; ++i) {
        if (!skip_item(depth + 1)) return false;
    }
    return true;
}

}  // namespace kula::access
