#include "security_txt.hpp"

#include <algorithm>
#include <string_view>

namespace kula::portal {
namespace {

constexpr std::chrono::days valid_for{180};  // RFC 9116 §2.5.5: less than a year is recommended.

/// RFC 3966: digits, with the plus of an international number.
std::string telephone_uri(std::string_view phone) {
    std::string out = "tel:";
    for (char const c : phone) {
        if ((c >= '0' && c <= '9') || (c == '+' && out.size() == 4)) out.push_back(c);
    }
    return out;
}

bool is_https(std::string_view text) { return text.starts_with("https://"); }

}  // namespace

std::optional<std::string> security_txt(registry::TeamContent const& content, base::Instant now) {
    std::string out;
    auto const add = [&out](std::string_view field, std::string const& value) {
        out.append(field).append(": ").append(value).append("\n");
    };
    if (!content.email.empty()) add("Contact", "mailto:" + content.email);
    // A number without its country means nothing to the world.
    for (auto const& phone : {content.phone, content.emergency_phone}) {
        if (phone.starts_with('+')) add("Contact", telephone_uri(phone));
    }
    if (out.empty()) return std::nullopt;
    add("Expires", base::to_seconds_text(std::chrono::floor<std::chrono::days>(now) + valid_for));
    if (!content.languages.empty()) {
        std::string list;
        for (auto const& language : content.languages) list += (list.empty() ? "" : ", ") + language;
        add("Preferred-Languages", list);
    }
    // §2.4 and others: a web address must begin with https.
    if (is_https(content.portal)) {
        add("Canonical", content.portal + "/.well-known/security.txt");
        if (!content.pgp_key.empty()) add("Encryption", content.portal + "/pgp-key.asc");
    }
    if (is_https(content.disclosure_policy)) add("Policy", content.disclosure_policy);
    return out;
}

}  // namespace kula::portal
