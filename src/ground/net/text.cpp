#include "text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/ascii.hpp"

namespace kula::net {
namespace {

using base::lower;

bool is_control(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

int hex_value(char c) {
    if (base::is_digit(c)) return c - '0';
    auto const letter = lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

enum class Plus { plus, blank };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        char c = text[at];
        if (c == '%') {
            if (at + 2 >= text.size()) return std::nullopt;
            int const high = hex_value(text[at + 1]);
            int const low = hex_value(text[at + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            at += 2;
        } else if (c == '+' && plus == Plus::blank) {
            c = ' ';
        }
        if (is_control(c)) return std::nullopt;
        out.push_back(c);
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

template <class Take>
bool each_part(std::string_view text, char separator, Take take) {
    for (;;) {
        auto const end = text.find(separator);
        if (!take(text.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
    }
}

std::optional<std::vector<Parameter>> parse_query(std::string_view text) {
    std::vector<Parameter> out;
    bool const good = each_part(text, '&', [&](std::string_view part) {
        if (part.empty()) return true;
        auto const equals = part.find('=');
        auto name = decoded(part.substr(0, equals), Plus::blank);
        auto value = equals == std::string_view::npos ? std::optional<std::string>("")
                                                      : decoded(part.substr(equals + 1), Plus::blank);
        if (!name || !value) return false;
        out.push_back({std::move(*name), std::move(*value)});
        return true;
    });
    return good ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

std::optional<std::vector<Parameter>> form_fields(Request const& request) {
    if (request.media_type() != "application/x-www-form-urlencoded") return std::nullopt;
    return parse_query(request.body);
}

namespace {

/// Moves the authority of an absolute-form target out of it, so that an origin-form target is left.
bool split_authority(std::string_view& target, std::string& authority) {
    for (std::string_view const scheme : {"http://", "https://"}) {
        if (!same_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        auto const end = std::min(target.find_first_of("/?#"), target.size());
        authority = target.substr(0, end);
        target.remove_prefix(end);
        return !authority.empty();
    }
    return true;
}

}  // namespace

bool same_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), port);
    return fault == std::errc() && end == text.data() + text.size() && port > 0;
}

bool is_token(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        auto const letter = lower(c);
        return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || marks.find(c) != std::string_view::npos;
    });
}

bool is_field_value(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c != '\t' && is_control(c); });
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        auto const lead = static_cast<unsigned char>(text[at]);
        std::size_t const length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
        if (length == 0 || at + length > text.size()) return false;
        std::uint32_t point = length == 1 ? lead : lead & (0x7fu >> length);
        for (std::size_t next = 1; next < length; ++next) {
            auto const byte = static_cast<unsigned char>(text[at + next]);
            if (byte >> 6 != 2) return false;
            point = point << 6 | (byte & 0x3fu);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return false;
        at += length;
    }
    return true;
}

std::vector<std::string_view> list_elements(std::string_view text) {
    std::vector<std::string_view> elements;
    each_part(text, ',', [&](std::string_view part) {
        part = trimmed(part);
        if (!part.empty()) elements.push_back(part);
        return true;
    });
    return elements;
}

std::optional<Target> parse_target(std::string_view target) {
    Target out;
    if (!split_authority(target, out.authority)) return std::nullopt;
    if (target.find('#') != std::string_view::npos) return std::nullopt;
    auto const question = target.find('?');
    out.path = target.substr(0, question);
    if (out.path.empty() && !out.authority.empty()) out.path = "/";
    if (out.path.empty() || out.path.front() != '/') return std::nullopt;
    bool const good_path = each_part(std::string_view(out.path).substr(1), '/', [&](std::string_view part) {
        auto segment = decoded(part, Plus::plus);
        if (!segment) return false;
        out.segments.push_back(std::move(*segment));
        return true;
    });
    if (!good_path) return std::nullopt;
    out.query = parse_query(question == std::string_view::npos ? "" : target.substr(question + 1));
    return out;
}

}  // namespace kula::net
