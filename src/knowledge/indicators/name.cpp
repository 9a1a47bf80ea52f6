#include "name.hpp"

#include <unicode/ustring.h>

#include <algorithm>
#include <cstdint>

#include "base/ascii.hpp"
#include "formats/domain_name.hpp"
#include "formats/url.hpp"

namespace kula::indicators {
namespace {

using base::lower;

struct Token {
    std::string_view defanged;
    std::string_view plain;
};

constexpr Token tokens[] = {
    {"[.]", "."},     {"(.)", "."}, {"{.}", "."}, {"[dot]", "."}, {"(dot)", "."}, {"{dot}", "."},
    {"[://]", "://"}, {"[:]", ":"}, {"(:)", ":"}, {"[/]", "/"},   {"[.", "."},    {".]", "."},
};

constexpr Token schemes[] = {
    {"hxxps:", "https:"}, {"hxxp:", "http:"}, {"hxxps[", "https["}, {"hxxp[", "http["}, {"h**ps:", "https:"},
    {"h**p:", "http:"},   {"hxtp:", "http:"}, {"htxp:", "http:"},   {"fxp:", "ftp:"},
};

bool starts_with_folded(std::string_view text, std::string_view start) {
    return text.size() >= start.size() &&
           std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

Token const* token_at(std::string_view text) {
    auto const c = text.front();
    if (c != '[' && c != '(' && c != '{' && c != '.') return nullptr;
    auto const* const found = std::find_if(std::begin(tokens), std::end(tokens), [&](Token const& token) {
        return starts_with_folded(text, token.defanged);
    });
    return found == std::end(tokens) ? nullptr : found;
}

// Cheap, and right for nearly every line of a list.
bool may_be_defanged(std::string_view text) {
    if (text.size() > 1 && (lower(text[0]) == 'h' || lower(text[0]) == 'f')) return true;
    return text.find_first_of("[({]") != std::string_view::npos;
}

}  // namespace

bool is_clean_text(std::string_view text) {
    bool ascii = true;
    unsigned char before = 0;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const c1_control = before == 0xc2 && byte < 0xa0;
        if ((byte < 0x20 && byte != 0x09) || byte == 0x7f || c1_control) return false;
        ascii = ascii && byte < 0x80;
        before = byte;
    }
    if (ascii) return true;
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t length = 0;
    u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<std::int32_t>(text.size()), &status);
    return status == U_BUFFER_OVERFLOW_ERROR;
}

std::optional<std::string> canonical_domain(std::string_view text) {
    if (text.substr(0, 2) == "*.") {
        text.remove_prefix(2);
    } else if (text.size() > 1 && text.front() == '.') {
        text.remove_prefix(1);
    }
    return formats::canonical_domain(text);
}

std::optional<std::string> refanged(std::string_view text) {
    if (!may_be_defanged(text)) return std::nullopt;
    std::string out;
    auto const* const scheme = std::find_if(std::begin(schemes), std::end(schemes), [&](Token const& token) {
        return starts_with_folded(text, token.defanged);
    });
    bool defanged = scheme != std::end(schemes);
    auto const head = formats::head_length(text);
    std::size_t i = 0;
    if (defanged) {
        // What ends the scheme's token may begin the next one.
        out = scheme->plain.substr(0, scheme->plain.size() - 1);
        i = scheme->defanged.size() - 1;
    }
    while (i < text.size()) {
        if (!defanged && i >= head) return std::nullopt;
        if (auto const* const token = token_at(text.substr(i))) {
            defanged = true;
            out += token->plain;
            i += token->defanged.size();
        } else {
            out += text[i++];
        }
    }
    return defanged ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace kula::indicators
