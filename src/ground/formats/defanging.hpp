#pragma once
/// @file
/// The forms that stand for `.`, `:`, `/` and `@` in defanged text. Inside the room. Pure.

#include <cstddef>
#include <string_view>

namespace kula::formats {

/// A form and what it stands for; nothing of size 0.
struct DefangedForm {
    std::string_view plain{};
    std::size_t size = 0;  ///< Of the form, in bytes.
};

/// `[.]`, `(dot)`, `{ . }`, `[:]`, `[://]`, `[@]`, `(at)`, also in Macedonian and Albanian, or the halves `[.` and
/// `.]`, at the beginning of `text`.
DefangedForm bracketed_form(std::string_view text);

/// ` dot `, ` [dot] `, ` (at) ` with the blanks, at the beginning of `text`, which begins with a blank, where what
/// follows makes it sound like a name: `before` is the word before it.
DefangedForm spaced_form(std::string_view text, std::string_view before);

/// Could this byte be one of a name? Of those beyond ASCII all but what letters never begin with: U+0080 to U+00BF and
/// U+2000 to U+2FFF are marks and signs.
bool is_of_name(char c);

}  // namespace kula::formats
