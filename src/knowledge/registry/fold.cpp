#include "registry/fold.hpp"

#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/must.hpp"

namespace kula::registry {
namespace {

constexpr std::size_t longest_order_key = 160;  ///< Bytes; names that agree so far are as good as equal in order.

icu::UnicodeString from_utf8(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

std::string to_utf8(icu::UnicodeString const& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

icu::Transliterator const& latin_letters() {
    // Making one takes milliseconds, and one may not be used by two threads at once.
    thread_local std::unique_ptr<icu::Transliterator> const transliterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            "Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
        base::must(U_SUCCESS(status) && made != nullptr, "ICU knows Any-Latin");
        return made;
    }();
    return *transliterator;
}

icu::Collator const& collator() {
    thread_local std::unique_ptr<icu::Collator> const made = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Collator> root(icu::Collator::createInstance(icu::Locale::getRoot(), status));
        base::must(U_SUCCESS(status) && root != nullptr, "ICU has the root collation");
        return root;
    }();
    return *made;
}

}  // namespace

std::string folded(std::string_view text) {
    auto out = from_utf8(text);
    latin_letters().transliterate(out);
    return to_utf8(out);
}

std::string name_key(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* const folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
    auto const out = folding->normalize(from_utf8(text), status);
    base::must(U_SUCCESS(status), "ICU folds case");
    std::string key;
    for (char const c : to_utf8(out)) {
        if (c != ' ' || (!key.empty() && key.back() != ' ')) key += c;
    }
    if (!key.empty() && key.back() == ' ') key.pop_back();
    return key;
}

std::string order_key(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    auto const source = from_utf8(text);
    std::vector<std::uint8_t> key(static_cast<std::size_t>(collator().getSortKey(source, nullptr, 0)));
    collator().getSortKey(source, key.data(), static_cast<std::int32_t>(key.size()));
    if (!key.empty()) key.pop_back();  // The final zero.
    if (key.size() > longest_order_key) key.resize(longest_order_key);
    std::string out;
    for (auto const byte : key) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

bool is_clean(std::string_view text, LineBreaks line_breaks) {
    for (char const c : text) {
        bool const is_break = c == '\n' || c == '\r' || c == '\t';
        bool const is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (is_control && !(is_break && line_breaks == LineBreaks::allow)) return false;
    }
    return to_utf8(from_utf8(text)) == text;  // ICU puts U+FFFD where the UTF-8 is broken.
}

std::size_t letters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace kula::registry
