#include "observable_finder.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/ascii.hpp"
#include "defanging.hpp"
#include "formats/domain_name.hpp"
#include "name_ending.hpp"
#include "observable_shapes.hpp"

namespace kula::formats {
namespace {

using base::Address;
using base::is_digit;

constexpr std::size_t longest_observed_word = 320;    // What is longer is encoded data.
constexpr std::size_t shortest_word = 2;              // `AS 64496`
constexpr std::size_t longest_local_part = 64;        // RFC 5321 §4.5.3.1.1
constexpr std::size_t longest_v6 = 45;                // RFC 4291 §2.2, form 3
constexpr std::size_t shortest_as_apart = 5;          // `AS 64496`, but not the standard AS 9100.
constexpr std::size_t shortest_as_in_lower_case = 4;  // `as64496`, but not the protocol as2.

bool is_plain_letter(char c) { return base::is_letter(c) || is_digit(c); }
bool is_of_local_part(char c) { return is_of_name(c) || std::string_view(".+%&~'").find(c) != std::string_view::npos; }
bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

struct CodePoint {
    UChar32 value = 0;
    std::size_t size = 0;  ///< 0 where there is no well-formed UTF-8 (RFC 3629 §4).
};

// Of more than one byte.
CodePoint code_point(std::string_view text) {
    constexpr UChar32 least[] = {0x80, 0x800, 0x10000};
    auto const lead = static_cast<unsigned char>(text.front());
    std::size_t const more = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (more == 0 || text.size() <= more) return {};
    UChar32 value = lead & (0x3f >> more);
    for (std::size_t i = 1; i <= more; ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) != 0x80) return {};
        value = value << 6 | (byte & 0x3f);
    }
    bool const is_surrogate = value >= 0xd800 && value < 0xe000;
    if (value < least[more - 1] || is_surrogate || value > 0x10ffff) return {};
    return {value, more + 1};
}

std::string_view last_label(std::string_view name) { return name.substr(name.rfind('.') + 1); }

// `attack.In` of two sentences without a blank between them.
bool are_two_sentences(std::string_view word) {
    auto const last = last_label(word);
    auto const is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    return is_upper(last[0]) && !is_upper(last[1]) && !is_upper(word.front());
}

// Is a name whose ending files have as well one by what stands before the ending?
bool is_registered(std::string_view domain) {
    if (domain.starts_with("www.")) return true;
    auto const below = domain.substr(0, domain.rfind('.'));
    auto const dot = below.rfind('.');
    return dot == std::string_view::npos ? below == "gov" : is_registry_label(below.substr(dot + 1));
}

}  // namespace

Observables ObservableFinder::run() {
    std::size_t i = 0;
    while (i < plain_.size() && !out_.is_cut) {
        if (plain_[i] == '_' || letter_size(i) > 0)
            i = read_word(i);
        else if (plain_[i] == ':')
            i = read_colon(i);
        else
            ++i;
    }
    return std::move(out_);
}

std::size_t ObservableFinder::letter_size(std::size_t i) const {
    if (i >= plain_.size()) return 0;
    if (!is_beyond_ascii(plain_[i])) return is_plain_letter(plain_[i]) ? 1 : 0;
    auto const [letter, size] = code_point(plain_.substr(i, 4));
    bool const is_letter = u_isalnum(letter) != 0 || (U_GET_GC_MASK(letter) & U_GC_M_MASK) != 0;
    return size > 0 && is_letter ? size : 0;
}

std::size_t ObservableFinder::word_end(std::size_t begin) const {
    auto i = begin;
    while (i < plain_.size()) {
        auto const size = letter_size(i);
        if (size == 0 && plain_[i] != '.' && plain_[i] != '-' && plain_[i] != '_') break;
        i += std::max<std::size_t>(size, 1);
    }
    return i;
}

ObservableFinder::Span ObservableFinder::trimmed(Span word) const {
    auto out = word;
    while (out.size() > 0 && !is_beyond_ascii(plain_[out.end - 1]) && !is_plain_letter(plain_[out.end - 1])) --out.end;
    bool const is_emphasised = out.size() > 1 && out.end < word.end && plain_[out.end] == '_';
    if (is_emphasised && plain_[out.begin] == '_') ++out.begin;
    return out;
}

bool ObservableFinder::is_defanged(Span span) const {
    auto const undone = text_.undone(span.begin, span.end);
    return undone && *undone != Undone::hyphen;
}

bool ObservableFinder::is_proven(Span span) const { return text_.undone(span.begin, span.end) == Undone::bracketed; }

std::size_t ObservableFinder::digits_end(std::size_t begin) const {
    while (is_digit(at(begin))) ++begin;
    return begin;
}

std::size_t ObservableFinder::read_word(std::size_t begin) {
    Span const whole{begin, word_end(begin)};
    if (whole.size() > longest_observed_word) return whole.end;
    if (auto const next = read_email(whole)) return next;
    bool const may_be_v6 = whole.size() <= 4 && at(whole.end) == ':' &&
                           std::all_of(plain_.begin() + static_cast<std::ptrdiff_t>(begin),
                                       plain_.begin() + static_cast<std::ptrdiff_t>(whole.end), base::is_hexadecimal);
    if (may_be_v6) {
        if (auto const next = read_v6(begin)) return next;
    }
    auto const word = trimmed(whole);
    if (word.size() < shortest_word) return whole.end;
    if (auto const next = read_name(word, whole.end)) return next;
    if (auto const next = read_v4(word)) return next;
    if (auto const next = read_number_of_as(word)) return next;
    tell_hash_or_cve(word);
    return whole.end;
}

std::size_t ObservableFinder::read_email(Span word) {
    auto sign = word.end;
    while (sign - word.begin <= longest_local_part && is_of_local_part(at(sign))) ++sign;
    if (at(sign) != '@' || sign - word.begin > longest_local_part || letter_size(sign + 1) == 0) return 0;
    auto const local = part({word.begin, sign});
    if (!is_of_name(local.back()) && local.back() != '+') return 0;
    if (local.find("..") != std::string_view::npos) return 0;
    for (auto i = word.end; i < sign;) {
        auto const size = letter_size(i);
        if (size == 0 && is_beyond_ascii(plain_[i])) return 0;
        i += std::max<std::size_t>(size, 1);
    }
    Span const whole{sign + 1, word_end(sign + 1)};
    if (whole.size() > longest_observed_word) return 0;
    auto const name = trimmed(whole);
    auto const domain = canonical_domain(part(name));
    if (!domain || name_ending(last_label(*domain)) == NameEnding::file) return 0;
    tell(ObservableKind::email, base::lower_case(local) + "@" + *domain, {word.begin, name.end});
    return whole.end;
}

std::size_t ObservableFinder::read_v6(std::size_t begin) {
    auto end = begin;
    while (base::is_hexadecimal(at(end)) || at(end) == ':' || at(end) == '.') ++end;
    if (end - begin > longest_v6 + 2) return end;  // A fingerprint.
    while (at(end - 1) == '.') --end;
    if (at(end - 1) == ':' && at(end - 2) != ':') --end;
    if (is_joined(end) && at(end) != '-') return 0;
    Span const written{begin, end};
    auto const address = Address::parse(part(written));
    if (!address || !is_told_v6(*address)) return 0;
    if (auto const next = read_prefix(written, *address)) return next;
    if (is_word_of_code(*address)) return 0;
    tell(ObservableKind::address, address->text(), written);
    return end;
}

std::size_t ObservableFinder::read_v4(Span word) {
    auto end = word.begin;
    while (end < word.end && (is_digit(plain_[end]) || plain_[end] == '.')) ++end;
    if (end == word.begin || (end != word.end && plain_[end] != '-')) return 0;
    Span const written{word.begin, end};
    auto const address = Address::parse(part(written));
    if (!address) return 0;
    if (!is_proven(written) && is_version(word.begin)) return end;
    if (auto const next = read_prefix(written, *address)) return next;
    if (auto const next = read_bare_url(written)) return next;
    tell(ObservableKind::address, address->text(), written);
    return end;
}

std::size_t ObservableFinder::read_prefix(Span address, Address value) {
    if (at(address.end) != '/') return 0;
    Span const length{address.end + 1, digits_end(address.end + 1)};
    auto const next = at(length.end);
    bool const goes_on =
        is_joined(length.end) || next == '/' ||
        (std::string_view(".:?%&=~+@").find(next) != std::string_view::npos && is_joined(length.end + 1));
    if (length.size() == 0 || goes_on) return 0;
    auto const prefix = base::Prefix::parse(value.text() + "/" + std::string(part(length)));
    if (!prefix)  // `192.0.2.1/443`: a port.
        tell(ObservableKind::address, value.text(), address);
    else if (!is_too_wide(*prefix))
        tell(kind_of(*prefix), prefix->text(), {address.begin, length.end});
    return length.end;
}

bool ObservableFinder::is_version(std::size_t begin) const {
    if (begin == 0) return false;
    if (plain_[begin - 1] == '/') return begin > 1 && base::is_letter(plain_[begin - 2]);  // `Chrome/120.0.0.0`
    return ends_in_version(plain_.substr(0, begin));
}

bool ObservableFinder::may_be_name(Span word) const {
    char const before = word.begin > 0 ? plain_[word.begin - 1] : ' ';
    if (before == '$' || before == '%') return false;
    if (before == '/' || before == '\\') {  // Of a path, but not `\\files.example.com\x`.
        char const second = word.begin > 1 ? plain_[word.begin - 2] : ' ';
        char const third = word.begin > 2 ? plain_[word.begin - 3] : ' ';
        if (second != before || is_of_name(third) || third == before || third == ':') return false;
    }
    if (at(word.end) == '(' && at(word.end + 1) == ')') return false;
    auto const text = part(word);
    return !are_two_sentences(text) && !is_name_of_programs(text);
}

std::size_t ObservableFinder::read_name(Span word, std::size_t word_end) {
    auto const text = part(word);
    auto const dot = text.rfind('.');
    if (dot == std::string_view::npos || text.size() - dot < 3) return 0;
    if (!base::is_letter(text[dot + 1]) && !is_beyond_ascii(text[dot + 1])) return 0;
    bool const proven = is_proven(word);
    if (!proven && !may_be_name(word)) return 0;
    auto const domain = canonical_domain(text);
    if (!domain) return 0;
    auto const ending = name_ending(last_label(*domain));
    bool const is_name = ending == NameEnding::domain || (proven && ending != NameEnding::file) ||
                         (ending == NameEnding::either && is_registered(*domain));
    if (!is_name) return 0;
    if (word.end == word_end) {
        if (auto const next = read_bare_url(word)) return next;
    }
    tell(ObservableKind::domain, *domain, word);
    return word_end;
}

std::size_t ObservableFinder::read_number_of_as(Span word) {
    auto const text = base::lower_case(part(word).substr(0, 4));
    if (!text.starts_with("as")) return 0;
    std::size_t const letters = text.starts_with("asn") ? 3 : 2;
    Span digits{word.begin + letters, word.end};
    if (digits.size() == 0) {
        while (digits.begin < word.end + 2 && (at(digits.begin) == ' ' || at(digits.begin) == ':')) ++digits.begin;
        digits.end = digits_end(digits.begin);
        bool const is_apart = digits.begin > word.end && digits.size() > 0 && !is_joined(digits.end);
        bool const is_sure = letters == 3 || (plain_[word.begin] == 'A' && digits.size() >= shortest_as_apart);
        if (!is_apart || !is_sure) return 0;
    }
    auto number = as_number_of(part(digits));
    bool const is_protocol = letters == 2 && plain_[word.begin] == 'a' && digits.size() < shortest_as_in_lower_case;
    if (!number || is_protocol) return 0;
    tell(ObservableKind::as_number, std::move(*number), {word.begin, digits.end});
    return digits.end;
}

void ObservableFinder::tell_hash_or_cve(Span word) {
    auto const text = part(word);
    if (auto const size = cve_size(text)) {
        auto value = base::lower_case(text.substr(0, size));
        value.replace(0, 3, "CVE");
        return tell(ObservableKind::cve, std::move(value), {word.begin, word.begin + size});
    }
    auto const stem = text.substr(0, text.find('.'));
    auto const kind = hash_kind(stem);
    if (!kind) return;
    if (stem.size() < text.size()) {
        auto const ending = name_ending(base::lower_case(last_label(text)));
        if (ending != NameEnding::file && ending != NameEnding::either) return;
    }
    tell(*kind, base::lower_case(stem), {word.begin, word.begin + stem.size()});
}

void ObservableFinder::tell(ObservableKind kind, std::string value, Span span, bool is_defanged, Told told) {
    auto const key = std::string(to_text(kind)) + ' ' + value;
    if (auto const known = places_.find(key); known != places_.end()) {
        if (told == Told::by_itself) out_.found[known->second].is_host = false;
        return;
    }
    if (out_.found.size() == most_observables) {
        out_.is_cut = true;
        return;
    }
    places_.emplace(key, out_.found.size());
    auto const place = text_.given_place(span.begin, span.end);
    out_.found.push_back({kind, std::move(value), place.offset, place.size, is_defanged, told == Told::as_host});
}

}  // namespace kula::formats
