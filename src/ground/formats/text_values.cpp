#include "text_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/ascii.hpp"
#include "base/fnv.hpp"
#include "protocol_names.hpp"

namespace kula::formats {
namespace {

constexpr std::int64_t micros_a_second = 1'000'000;
constexpr std::uint64_t latest_second = 253'402'300'799;  // 9999-12-31T23:59:59Z

using base::is_digit;
using base::lower;

/// Whole seconds and microseconds of `123`, `123.4`, `.5`.
std::optional<std::pair<std::uint64_t, std::int64_t>> parse_decimal(std::string_view text) {
    auto const point = text.find('.');
    auto const whole = text.substr(0, point);
    auto const seconds = parse_count(whole);
    if (!seconds) return std::nullopt;
    std::int64_t micros = 0;
    if (point != std::string_view::npos) {
        auto const digits = text.substr(point + 1);
        if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
        std::int64_t weight = micros_a_second / 10;
        for (std::size_t i = 0; i < digits.size() && weight > 0; ++i, weight /= 10)
            micros += weight * (digits[i] - '0');
    }
    return std::pair(*seconds, micros);
}

std::optional<std::pair<std::uint64_t, std::int64_t>> parse_exponent(std::string_view text) {
    if (text.find_first_of("eE") == std::string_view::npos) return std::nullopt;
    double number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool const is_sound = fault == std::errc{} && end == text.data() + text.size() && number >= 0 &&
                          number <= static_cast<double>(latest_second);
    if (!is_sound) return std::nullopt;
    auto const seconds = static_cast<std::uint64_t>(number);
    return std::pair(seconds, static_cast<std::int64_t>((number - static_cast<double>(seconds)) * micros_a_second));
}

std::string_view without_fragment(std::string_view text) { return text.substr(0, text.find('#')); }

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) {
    std::uint64_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
    auto const number = parse_count(text);
    if (!number || *number > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

std::optional<std::uint8_t> parse_protocol(std::string_view text) {
    if (!text.empty() && is_digit(text.front())) {
        auto const number = parse_count(text);
        return number && *number <= 255 ? std::optional(static_cast<std::uint8_t>(*number)) : std::nullopt;
    }
    std::array<char, 16> folded{};
    if (text.empty() || text.size() > folded.size()) return std::nullopt;
    std::transform(text.begin(), text.end(), folded.begin(), lower);
    return protocol_number({folded.data(), text.size()});
}

std::optional<std::chrono::microseconds> parse_seconds(std::string_view text) {
    auto value = parse_decimal(text);
    if (!value) value = parse_exponent(text);
    if (!value || value->first > latest_second) return std::nullopt;
    return std::chrono::microseconds(static_cast<std::int64_t>(value->first) * micros_a_second + value->second);
}

std::optional<base::Instant> parse_moment(std::string_view text) {
    if (text.size() > 7 && (text[4] == '-' || text[4] == '/')) {
        std::array<char, 48> dashed{};
        if (text.size() > dashed.size()) return std::nullopt;
        std::copy(text.begin(), text.end(), dashed.begin());
        dashed[4] = '-';
        if (dashed[7] == '/') dashed[7] = '-';
        auto const instant = base::parse_instant({dashed.data(), text.size()});
        return instant && *instant >= base::Instant{} ? instant : std::nullopt;
    }
    if (text.size() >= 12 && text.size() <= 17 && std::all_of(text.begin(), text.end(), is_digit)) {
        auto const count = static_cast<std::int64_t>(parse_count(text).value_or(0));
        return base::from_microseconds(text.size() <= 14 ? count * 1000 : count);
    }
    auto const seconds = parse_seconds(text);
    return seconds ? std::optional(base::Instant(*seconds)) : std::nullopt;
}

std::uint64_t connection_of(std::string_view identity, std::string_view sensor) {
    auto state = base::fnv1a(identity);
    if (!sensor.empty()) state = base::fnv1a(sensor, state ^ 0x9e3779b97f4a7c15ull);
    state = (state ^ state >> 32) * 0xd6e8feb86659fd93ull;
    state ^= state >> 32;
    return state == 0 ? 1 : state;
}

SeenName requested(std::string_view host, std::string_view target, std::string& scratch) {
    target = without_fragment(target);
    if (!target.empty() && target.front() == '/') return {NameRole::host, host, target};
    auto const scheme = target.find("://");
    if (scheme == std::string_view::npos || target.find_first_of("/?") < scheme) return {NameRole::host, host, {}};
    target.remove_prefix(scheme + 3);
    auto const behind = std::min(target.find_first_of("/?"), target.size());
    auto authority = target.substr(0, behind);
    auto path = target.substr(behind);
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    if (path.empty()) {
        path = "/";
    } else if (path.front() == '?') {
        scratch.assign(1, '/').append(path);
        path = scratch;
    }
    return {NameRole::host, authority.empty() ? host : authority, path};
}

}  // namespace kula::formats
