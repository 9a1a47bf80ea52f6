#include "observable_shapes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/ascii.hpp"

namespace kula::formats {
namespace {

using base::is_digit;

constexpr int widest_v4 = 8;
constexpr int widest_v6 = 16;
constexpr std::size_t longest_cve_number = 19;  // CVE record format 5.1, `cveId`.
constexpr std::size_t longest_version_word = 24;

// Behind one of them stands a version or the number of a part, in en and sq; ...
constexpr std::string_view version_words[] = {"v",         "ver",     "version", "versions", "versioni",
                                              "versionin", "rev",     "release", "build",    "firmware",
                                              "section",   "chapter", "clause",  "table"};
// ... mk: верзија, верзијата, верзии, верзиите.
constexpr std::string_view version_stems[] = {"верзи", "Верзи"};

bool are_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

}  // namespace

std::optional<ObservableKind> hash_kind(std::string_view word) {
    auto const size = word.size();
    if (size != 32 && size != 40 && size != 64 && size != 128) return std::nullopt;
    if (!std::all_of(word.begin(), word.end(), base::is_hexadecimal)) return std::nullopt;
    bool const is_filler = word.find_first_not_of(word.front()) == std::string_view::npos;
    if (is_filler || are_digits(word)) return std::nullopt;
    if (size == 32) return ObservableKind::md5;
    if (size == 40) return ObservableKind::sha1;
    return size == 64 ? ObservableKind::sha256 : ObservableKind::sha512;
}

std::size_t cve_size(std::string_view word) {
    constexpr std::size_t number_at = 9;  // CVE-YYYY-
    if (word.size() < number_at + 4 || base::lower_case(word.substr(0, 4)) != "cve-") return 0;
    auto const year = word.substr(4, 4);
    if (!are_digits(year) || word[8] != '-' || (year.substr(0, 2) != "19" && year.substr(0, 2) != "20")) return 0;
    auto end = number_at;
    while (end < word.size() && is_digit(word[end])) ++end;
    auto const digits = end - number_at;
    bool const is_bounded = end == word.size() || word[end] == '.' || word[end] == '-' || word[end] == '_';
    return digits >= 4 && digits <= longest_cve_number && is_bounded ? end : 0;
}

std::optional<std::string> as_number_of(std::string_view digits) {
    std::uint32_t number = 0;
    auto const* const last = digits.data() + digits.size();
    auto const [end, fault] = std::from_chars(digits.data(), last, number);
    if (digits.empty() || fault != std::errc{} || end != last || number == 0) return std::nullopt;
    return "AS" + std::to_string(number);
}

bool is_too_wide(base::Prefix const& prefix) {
    return prefix.length() < (prefix.family() == base::Family::v4 ? widest_v4 : widest_v6);
}

bool is_told_v6(base::Address address) {
    auto const number = address.number();
    bool const is_mapped = number >> 32 == 0xffff;
    bool const is_translated = number >> 96 == 0x64ff9b;
    return number >> 120 != 0 || is_mapped || is_translated;
}

bool is_word_of_code(base::Address address) {
    auto const text = address.text();
    bool const is_one_group = text.find(':') == text.size() - 2 && text.size() < 6;
    return is_one_group || std::none_of(text.begin(), text.end(), is_digit);
}

bool ends_in_version(std::string_view before) {
    auto const start = before.size() - std::min(before.size(), longest_version_word);
    auto text = base::trimmed(before.substr(start), " ");
    while (!text.empty() && (text.back() == ':' || text.back() == '.' || text.back() == '=')) text.remove_suffix(1);
    text = base::trimmed(text, " ");
    auto begin = text.size();
    auto const is_of_word = [](char c) { return base::is_letter(c) || static_cast<unsigned char>(c) >= 0x80; };
    while (begin > 0 && is_of_word(text[begin - 1])) --begin;
    auto const word = text.substr(begin);
    if (word.empty()) return false;
    return std::find(std::begin(version_words), std::end(version_words), base::lower_case(word)) !=
               std::end(version_words) ||
           std::any_of(std::begin(version_stems), std::end(version_stems),
                       [&](std::string_view stem) { return word.starts_with(stem); });
}

ObservableKind kind_of(base::Prefix const& prefix) {
    return prefix.is_host() ? ObservableKind::address : ObservableKind::prefix;
}

}  // namespace kula::formats
