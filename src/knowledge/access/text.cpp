#include "text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "storage/text.hpp"

namespace kula::access {
namespace {

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(icu::UnicodeString const& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

bool is_letter_or_digit(char c) { return base::is_letter(c) || base::is_digit(c); }

/// Whether every part between dots is one that `is_part` takes; an empty one never is.
template <class IsPart>
bool are_dotted(std::string_view text, IsPart const& is_part) {
    for (std::size_t begin = 0; begin <= text.size();) {
        auto const end = std::min(text.find('.', begin), text.size());
        auto const part = text.substr(begin, end - begin);
        if (part.empty() || !is_part(part)) return false;
        begin = end + 1;
    }
    return true;
}

bool is_atom(std::string_view part) {
    constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
    return std::all_of(part.begin(), part.end(),
                       [&](char c) { return is_letter_or_digit(c) || others.find(c) != std::string_view::npos; });
}

bool is_label(std::string_view part) {
    return part.size() <= 63 && part.front() != '-' && part.back() != '-' &&
           std::all_of(part.begin(), part.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

}  // namespace

std::string folded(std::string_view text) {
    // Making one takes milliseconds, and one may not be used by two threads at once.
    thread_local std::unique_ptr<icu::Transliterator> const latin_letters = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            "Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
        base::must(U_SUCCESS(status) && made != nullptr, "ICU knows Any-Latin");
        return made;
    }();
    auto out = from_utf8(text);
    latin_letters->transliterate(out);
    return to_utf8(out);
}

std::string normalised(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* const form = icu::Normalizer2::getNFKCInstance(status);
    base::must(U_SUCCESS(status), "ICU knows NFKC");
    auto const out = form->normalize(from_utf8(text), status);
    base::must(U_SUCCESS(status), "ICU normalises text");
    return to_utf8(out);
}

bool is_clean(std::string_view text) {
    return storage::is_storable_text(text) && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string clipped(std::string_view text, std::size_t most) {
    if (!is_clean(text)) return {};
    if (text.size() <= most) return std::string(text);
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    return std::string(text.substr(0, most));
}

bool is_mailbox(std::string_view text) {
    auto const at = text.rfind('@');
    if (at == std::string_view::npos || at > 64 || text.size() > 254) return false;
    return are_dotted(text.substr(0, at), is_atom) && are_dotted(text.substr(at + 1), is_label);
}

}  // namespace kula::access
