#include "refanged_text.hpp"

#include <algorithm>
#include <array>

#include "defanging.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t longest_word_before = 64;

// Bytes at which something may have to be undone.
constexpr auto undoing_bytes = [] {
    std::array<bool, 256> out{};
    for (char const c : {'[', '(', '{', '.', '\\', ' '}) out[static_cast<unsigned char>(c)] = true;
    for (auto const c : {0xc2, 0xe2, 0xef}) out[static_cast<std::size_t>(c)] = true;
    return out;
}();

struct Letter {
    std::string_view given;
    std::string_view plain;
    Undone undone;
};

constexpr Letter undone_letters[] = {
    {"\xc2\xad", "", Undone::hidden},        // U+00AD soft hyphen
    {"\xe2\x80\x8b", "", Undone::hidden},    // U+200B zero width space
    {"\xe2\x81\xa0", "", Undone::hidden},    // U+2060 word joiner
    {"\xef\xbb\xbf", "", Undone::hidden},    // U+FEFF zero width no-break space
    {"\xe2\x80\x90", "-", Undone::hyphen},   // U+2010 hyphen
    {"\xe2\x80\x91", "-", Undone::hyphen},   // U+2011 non-breaking hyphen
    {"\xe2\x80\xa4", ".", Undone::escaped},  // U+2024 one dot leader
    {"\xef\xbc\x8e", ".", Undone::escaped},  // U+FF0E fullwidth full stop
};

}  // namespace

RefangedText::RefangedText(std::string_view given) : given_(given) {
    plain_.reserve(given.size());
    std::size_t kept = 0;
    std::size_t i = 0;
    while (i < given.size()) {
        if (!undoing_bytes[static_cast<unsigned char>(given[i])]) {
            ++i;
            continue;
        }
        plain_.append(given, kept, i - kept);
        kept = i;
        if (auto const taken = take(i); taken > 0)
            kept = i += taken;
        else
            ++i;
    }
    plain_.append(given, kept, i - kept);
}

void RefangedText::put(std::string_view plain, std::size_t given_at, std::size_t given_size, Undone undone) {
    changes_.push_back({plain_.size(), plain.size(), given_at, given_size, undone});
    if (undone == Undone::spaced) spaced_.push_back(plain_.size());
    plain_ += plain;
}

bool RefangedText::is_behind_name() const { return !plain_.empty() && is_of_name(plain_.back()); }

std::size_t RefangedText::take(std::size_t i) {
    char const c = given_[i];
    if (static_cast<unsigned char>(c) >= 0x80) return take_unicode(i);
    if (c == ' ') return take_spaced(i);
    if (c != '\\') return take_bracketed(i);
    bool const is_dot = i + 2 < given_.size() && given_[i + 1] == '.' && is_of_name(given_[i + 2]) && is_behind_name();
    if (!is_dot) return 0;
    put(".", i, 2, Undone::escaped);
    return 2;
}

std::size_t RefangedText::take_bracketed(std::size_t i) {
    auto const form = bracketed_form(given_.substr(i));
    if (form.size == 0) return 0;
    char const before = plain_.empty() ? ' ' : plain_.back();
    char const behind = i + form.size < given_.size() ? given_[i + form.size] : ' ';
    bool const is_joined = is_behind_name() && (is_of_name(behind) || (form.plain == "@" && behind == '['));
    // `hxxp[:]//`, `h**p[://]`, `2001[:]db8[:][:]1`, `example.com[:]443[/]a`, `example.com[/]`
    bool const is_of_url = (is_behind_name() || before == ':' || before == '/' || before == '*' || before == ']') &&
                           static_cast<unsigned char>(behind) > ' ';
    // `[:][:]1`, `2001[:]db8[:][:]`
    bool const is_of_v6 =
        form.plain == ":" && (before == ':' || bracketed_form(given_.substr(i + form.size)).plain == ":");
    bool const is_name_form = form.plain == "." || form.plain == "@";
    if (!(is_name_form ? is_joined : is_of_url || is_of_v6)) return 0;
    put(form.plain, i, form.size, Undone::bracketed);
    return form.size;
}

std::size_t RefangedText::take_spaced(std::size_t i) {
    if (!is_behind_name() || i + 1 >= given_.size()) return 0;
    char const next = given_[i + 1];
    if (next != '[' && next != '(' && next != '{' && next != 'd' && next != 'D') return 0;
    auto begin = plain_.size();
    while (begin > 0 && plain_.size() - begin < longest_word_before && is_of_name(plain_[begin - 1])) --begin;
    auto const form = spaced_form(given_.substr(i), std::string_view(plain_).substr(begin));
    if (form.size == 0) return 0;
    put(form.plain, i, form.size, Undone::spaced);
    return form.size;
}

std::size_t RefangedText::take_unicode(std::size_t i) {
    auto const rest = given_.substr(i);
    for (auto const& letter : undone_letters) {
        if (!rest.starts_with(letter.given)) continue;
        put(letter.plain, i, letter.given.size(), letter.undone);
        return letter.given.size();
    }
    return 0;
}

RefangedText::Changes::const_iterator RefangedText::first_change(std::size_t begin) const {
    return std::partition_point(changes_.begin(), changes_.end(),
                                [&](Change const& change) { return change.at + change.size <= begin; });
}

std::size_t RefangedText::given_of(std::size_t at) const {
    auto const next = first_change(at);
    if (next != changes_.end() && next->at <= at) return next->given_at;
    if (next == changes_.begin()) return at;
    auto const& last = *std::prev(next);
    return at - (last.at + last.size) + last.given_at + last.given_size;
}

RefangedText::Place RefangedText::given_place(std::size_t begin, std::size_t end) const {
    auto const offset = given_of(begin);
    auto const last = first_change(end - 1);
    bool const ends_in_change = last != changes_.end() && last->at <= end - 1;
    auto const given_end = ends_in_change ? last->given_at + last->given_size : given_of(end - 1) + 1;
    return {offset, given_end - offset};
}

std::optional<Undone> RefangedText::undone(std::size_t begin, std::size_t end) const {
    std::optional<Undone> out;
    for (auto change = first_change(begin); change != changes_.end() && change->at < end; ++change) {
        if (!out || change->undone > *out) out = change->undone;
    }
    return out;
}

std::string RefangedText::live(std::size_t begin, std::size_t end) const {
    std::string out;
    auto const plain = std::string_view(plain_);
    for (auto change = first_change(begin); change != changes_.end() && change->at < end; ++change) {
        bool const was_written = change->undone == Undone::bracketed || change->undone == Undone::escaped;
        if (!was_written || change->at < begin) continue;
        out += plain.substr(begin, change->at - begin);
        out += given_.substr(change->given_at, change->given_size);
        begin = change->at + change->size;
    }
    out += plain.substr(begin, end - begin);
    return out;
}

std::size_t RefangedText::next_spaced(std::size_t begin) const {
    auto const next = std::lower_bound(spaced_.begin(), spaced_.end(), begin);
    return next == spaced_.end() ? plain_.size() : *next;
}

}  // namespace kula::formats
