#include "formats/domain_name.hpp"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <algorithm>
#include <cstdint>

#include "base/ascii.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t longest_label = 63;  // RFC 1035 §2.3.4

using base::is_digit;
using base::lower;
bool is_lower_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::optional<std::string> to_ascii(std::string_view text) {
    static auto const* const idna = [] {
        UErrorCode status = U_ZERO_ERROR;
        auto* made = icu::IDNA::createUTS46Instance(
            UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, status);
        return U_SUCCESS(status) ? made : nullptr;
    }();
    if (idna == nullptr || text.size() > longest_domain_name * 4) return std::nullopt;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    icu::IDNAInfo info;
    UErrorCode status = U_ZERO_ERROR;
    idna->nameToASCII_UTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, info, status);
    if (U_FAILURE(status) || info.hasErrors()) return std::nullopt;
    return out;
}

bool is_last_label(std::string_view label) {
    return label.size() >= 2 && is_lower_letter(label.front()) && label.back() != '-' &&
           label.find('_') == std::string_view::npos;
}

// Lower-cases in place; says whether it is a name of so many labels at least.
bool canonicalise_labels(std::string& name, std::size_t least_labels) {
    if (name.empty() || name.size() > longest_domain_name) return false;
    std::size_t start = 0;
    std::size_t labels = 0;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        if (i < name.size() && name[i] != '.') {
            char const c = name[i] = lower(name[i]);
            if (!(is_lower_letter(c) || is_digit(c) || c == '-' || c == '_')) return false;
            continue;
        }
        if (i == start || i - start > longest_label) return false;
        ++labels;
        if (i < name.size()) start = i + 1;
    }
    return labels >= least_labels && is_last_label(std::string_view(name).substr(start));
}

std::optional<std::string> canonical_name(std::string_view text, std::size_t least_labels) {
    auto name = is_ascii(text) ? std::optional<std::string>(text) : to_ascii(text);
    if (!name) return std::nullopt;
    if (!name->empty() && name->back() == '.') name->pop_back();
    if (!canonicalise_labels(*name, least_labels)) return std::nullopt;
    return name;
}

}  // namespace

std::optional<std::string> canonical_domain(std::string_view text) { return canonical_name(text, 2); }

std::optional<std::string> canonical_host_name(std::string_view text) { return canonical_name(text, 1); }

}  // namespace kula::formats
