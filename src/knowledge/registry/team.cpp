#include "registry/team.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "checks.hpp"
#include "seals/public_key.hpp"

namespace kula::registry {
namespace {

using Content = TeamContent;

constexpr std::size_t most_entries = 20;

constexpr std::array texts{
    TeamField<base::Text>{"name", &Content::name, 200},
    TeamField<base::Text>{"address", &Content::address, 500},
    TeamField<base::Text>{"other_channels", &Content::other_channels, 1000},
    TeamField<base::Text>{"members", &Content::members, 2000},
    TeamField<base::Text>{"other_information", &Content::other_information, 2000},
    TeamField<base::Text>{"hours", &Content::hours, 500},
    TeamField<base::Text>{"mission", &Content::mission, 2000},
    TeamField<base::Text>{"constituency", &Content::constituency, 2000},
    TeamField<base::Text>{"sponsor", &Content::sponsor, 1000},
    TeamField<base::Text>{"authority", &Content::authority, 2000},
    TeamField<base::Text>{"incident_types", &Content::incident_types, 2000},
    TeamField<base::Text>{"disclosure", &Content::disclosure, 2000},
    TeamField<base::Text>{"communication", &Content::communication, 2000},
    TeamField<base::Text>{"response", &Content::response, 2000},
    TeamField<base::Text>{"triage", &Content::triage, 2000},
    TeamField<base::Text>{"coordination", &Content::coordination, 2000},
    TeamField<base::Text>{"resolution", &Content::resolution, 2000},
    TeamField<base::Text>{"proactive", &Content::proactive, 2000},
    TeamField<base::Text>{"reporting", &Content::reporting, 2000},
    TeamField<base::Text>{"disclaimer", &Content::disclaimer, 2000},
    TeamField<base::Text>{"distribution", &Content::distribution, 1000},
};
constexpr std::array lines{
    TeamField<std::string>{"short_name", &Content::short_name, 40},
    TeamField<std::string>{"country", &Content::country, 2},
    TeamField<std::string>{"time_zone", &Content::time_zone, 100},
    TeamField<std::string>{"phone", &Content::phone, 50},
    TeamField<std::string>{"fax", &Content::fax, 50},
    TeamField<std::string>{"email", &Content::email, 254},
    TeamField<std::string>{"pgp_key", &Content::pgp_key, 16'000},
    TeamField<std::string>{"pgp_fingerprint", &Content::pgp_fingerprint, 100},
    TeamField<std::string>{"pgp_user_id", &Content::pgp_user_id, 300},
    TeamField<std::string>{"website", &Content::website, 500},
    TeamField<std::string>{"emergency_phone", &Content::emergency_phone, 50},
    TeamField<std::string>{"portal", &Content::portal, 200},
    TeamField<std::string>{"disclosure_policy", &Content::disclosure_policy, 500},
};
constexpr std::array lists{
    TeamField<std::vector<std::string>>{"languages", &Content::languages, 8},
    TeamField<std::vector<std::string>>{"locations", &Content::locations, 500},
};

/// Without these a reader does not know whom to trust, or how to reach them.
constexpr std::array<std::string_view, 6> needed_texts{"name",         "hours",     "mission",
                                                       "constituency", "authority", "reporting"};
constexpr std::array<std::string_view, 4> needed_lines{"email", "phone", "time_zone", "portal"};

std::string without_blanks(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
    for (auto& c : text) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    return text;
}

bool is_fingerprint(std::string_view text) {
    return (text.size() == 40 || text.size() == 64) &&
           text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos;
}

/// The key is read, and its fingerprint told where nobody has.
void check_key(TeamContent& content, Checks& checks) {
    content.pgp_fingerprint = without_blanks(content.pgp_fingerprint);
    auto& told = content.pgp_fingerprint;
    checks.expect(told.empty() || is_fingerprint(told), "pgp_fingerprint", "is none of 40 or 64 hexadecimal digits");
    if (content.pgp_key.empty() || checks.error()) return;
    auto const key = seals::read_openpgp_key(content.pgp_key);
    if (!key) return checks.refuse("pgp_key", key.error());
    if (told.empty()) told = key->fingerprint;
    checks.expect(told == key->fingerprint, "pgp_fingerprint",
                  fmt::format("is not the key's, which is `{}`", key->fingerprint));
}

/// Scheme and authority, nothing behind.
bool is_origin(std::string_view text) {
    return is_web_address(text) && text.find_first_of("/?#@\\", text.find("//") + 2) == std::string_view::npos;
}

bool is_language_tag(std::string_view text) {
    bool const fits = text.size() >= 2 && text.size() <= 8;
    return fits && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

void check_lines(TeamContent& content, Checks& checks) {
    for (auto const& [name, value, longest] : lines) {
        checks.text(std::string(name), content.*value, longest,
                    name == "pgp_key" ? LineBreaks::allow : LineBreaks::refuse);
    }
    auto const expect = [&checks](std::string const& value, auto holds, char const* field, char const* otherwise) {
        checks.expect(value.empty() || holds(value), field, otherwise);
    };
    expect(content.country, is_country, "country", "is no ISO 3166-1 alpha-2 code");
    expect(content.phone, is_phone, "phone", "is no telephone number");
    expect(content.fax, is_phone, "fax", "is no telephone number");
    expect(content.emergency_phone, is_phone, "emergency_phone", "is no telephone number");
    expect(content.email, is_mailbox, "email", "is no mail address");
    expect(content.website, is_web_address, "website", "is no http or https address");
    expect(content.disclosure_policy, is_web_address, "disclosure_policy", "is no http or https address");
    while (content.portal.ends_with('/')) content.portal.pop_back();
    expect(content.portal, is_origin, "portal", "is no web address without a path: https://csirt.example");
    check_key(content, checks);
}

}  // namespace

std::span<TeamField<base::Text> const> team_texts() { return texts; }
std::span<TeamField<std::string> const> team_lines() { return lines; }
std::span<TeamField<std::vector<std::string>> const> team_lists() { return lists; }

std::optional<Contact> Team::as_contact() const {
    if (content.email.empty()) return std::nullopt;
    Contact out{content.short_name.empty() ? content.email : content.short_name};
    out.email = content.email;
    out.languages = content.languages;
    return out;
}

base::Result<TeamContent> checked(TeamContent content) {
    Checks checks;
    for (auto const& [name, value, longest] : texts) {
        for (auto const language : base::languages) {
            checks.text(fmt::format("{}.{}", name, base::to_text(language)), (content.*value).in(language), longest,
                        name == "name" ? LineBreaks::refuse : LineBreaks::allow);
        }
    }
    check_lines(content, checks);
    for (auto const& [name, value, longest] : lists) {
        auto& entries = content.*value;
        checks.expect(entries.size() <= most_entries, std::string(name), "has more than 20 entries");
        for (std::size_t i = 0; i < std::min(entries.size(), most_entries); ++i) {
            auto const field = fmt::format("{}[{}]", name, i);
            checks.text(field, entries[i], longest);
            if (name == "languages") checks.expect(is_language_tag(entries[i]), field, "is no language tag");
            if (name == "locations") checks.expect(is_web_address(entries[i]), field, "is no http or https address");
        }
    }
    if (auto error = checks.error()) return *std::move(error);
    return content;
}

std::vector<std::string> missing(TeamContent const& content) {
    std::vector<std::string> out;
    for (auto const& [name, value, longest] : lines) {
        bool const is_needed = std::find(needed_lines.begin(), needed_lines.end(), name) != needed_lines.end();
        if (is_needed && (content.*value).empty()) out.emplace_back(name);
    }
    if (content.pgp_key.empty()) out.emplace_back("pgp_key");
    if (content.languages.empty()) out.emplace_back("languages");
    for (auto const& [name, value, longest] : texts) {
        bool const is_needed = std::find(needed_texts.begin(), needed_texts.end(), name) != needed_texts.end();
        auto const& text = content.*value;
        if (text.is_empty()) {
            if (is_needed) out.emplace_back(name);
            continue;
        }
        for (auto const language : base::languages) {
            if (text.in(language).empty()) out.push_back(fmt::format("{}.{}", name, base::to_text(language)));
        }
    }
    return out;
}

}  // namespace kula::registry
