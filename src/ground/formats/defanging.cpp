#include "defanging.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "name_ending.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t longest_word = 63;  // A label.
constexpr std::size_t most_blanks = 2;

struct Spelling {
    std::string_view written;
    std::string_view plain;
};

constexpr Spelling spellings[] = {
    {"://", "://"}, {".", "."}, {"dot", "."}, {"точка", "."}, {"pikë", "."}, {"pika", "."},
    {"//", "//"},   {":", ":"}, {"/", "/"},   {"@", "@"},     {"at", "@"},
};

constexpr std::string_view words_before_a_dot[] = {"a",    "an",    "the", "this", "that",
                                                   "each", "every", "no",  "one",  "or"};

bool begins_folded(std::string_view text, std::string_view start) {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == base::lower(b); });
}

char closing(char open) { return open == '[' ? ']' : open == '(' ? ')' : open == '{' ? '}' : '\0'; }

std::size_t blanks_at(std::string_view text, std::size_t i) {
    std::size_t count = 0;
    while (count < most_blanks && i + count < text.size() && text[i + count] == ' ') ++count;
    return count;
}

bool is_ascii_name(char c) { return is_of_name(c) && static_cast<unsigned char>(c) < 0x80; }

DefangedForm spaced_token(std::string_view text) {
    if (begins_folded(text, " dot ")) return {".", 5};
    if (text.size() < 2) return {};
    auto const form = bracketed_form(text.substr(1));
    if (form.size < 3 || (form.plain != "." && form.plain != "@")) return {};
    auto const end = 1 + form.size;
    return end < text.size() && text[end] == ' ' ? DefangedForm{form.plain, end + 1} : DefangedForm{};
}

// Does a dot of some form follow at the beginning, and more of a name behind it?
bool goes_on(std::string_view text) {
    if (text.empty()) return false;
    if (text.front() == ' ') return spaced_token(text).plain == ".";
    if (text.front() == '.') return text.size() > 1 && is_of_name(text[1]);
    return bracketed_form(text).plain == ".";
}

}  // namespace

bool is_of_name(char c) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) return byte != 0xc2 && byte != 0xe2;
    return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '_';
}

DefangedForm bracketed_form(std::string_view text) {
    if (text.substr(0, 2) == ".]")
        return text.size() > 2 && is_ascii_name(text[2]) ? DefangedForm{".", 2} : DefangedForm{};
    char const close = text.empty() ? '\0' : closing(text.front());
    if (close == '\0') return {};
    auto i = 1 + blanks_at(text, 1);
    auto const inside = text.substr(i);
    auto const* const found = std::find_if(std::begin(spellings), std::end(spellings),
                                           [&](Spelling const& each) { return begins_folded(inside, each.written); });
    if (found == std::end(spellings)) return {};
    i += found->written.size();
    auto const end = i + blanks_at(text, i);
    if (end < text.size() && text[end] == close) return {found->plain, end + 1};
    bool const is_half = text.front() == '[' && i == 2 && text[1] == '.' && i < text.size() && is_ascii_name(text[i]);
    return is_half ? DefangedForm{".", 2} : DefangedForm{};
}

DefangedForm spaced_form(std::string_view text, std::string_view before) {
    auto const form = spaced_token(text);
    if (form.size == 0) return {};
    auto rest = text.substr(form.size, longest_word + 1 + 16);
    std::size_t length = 0;
    while (length < rest.size() && length <= longest_word && is_of_name(rest[length])) ++length;
    auto const word = rest.substr(0, length);
    rest.remove_prefix(length);
    if (word.empty() || length > longest_word) return {};
    if (form.plain == "@") return goes_on(rest) ? form : DefangedForm{};
    bool const is_word = begins_folded(text, " dot ");
    if (is_word && std::find(std::begin(words_before_a_dot), std::end(words_before_a_dot), base::lower_case(before)) !=
                       std::end(words_before_a_dot))
        return {};
    if (goes_on(rest)) return form;
    if (is_word) return is_spoken_ending(word) ? form : DefangedForm{};
    return name_ending(base::lower_case(word)) == NameEnding::domain ? form : DefangedForm{};
}

}  // namespace kula::formats
