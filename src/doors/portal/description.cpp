#include "description.hpp"

#include <array>

namespace kula::portal {
namespace {

using registry::TeamContent;
using TextMember = base::Text TeamContent::*;

void append_line(std::string& text, std::string const& line) {
    if (line.empty()) return;
    if (!text.empty()) text += '\n';
    text += line;
}

struct Source {
    registry::Team const& team;
    Words const& words;
    std::string const& origin;

    [[nodiscard]] std::string best(base::Text const& text) const { return text.in(text.best(words.language())); }
    [[nodiscard]] std::string own_address(std::string_view page) const {
        return origin + '/' + std::string(base::to_text(words.language())) + std::string(page);
    }
};

std::string last_update(Source const& source) {
    auto const& [team, words, origin] = source;
    if (!team.changed_at) return {};
    return words("rfc.version", {{"date", words.day(*team.changed_at)}, {"version", std::to_string(team.version)}});
}

std::string locations(Source const& source) {
    std::string out = source.own_address("/about");
    append_line(out, source.own_address("/rfc2350.txt"));
    for (auto const& location : source.team.content.locations) append_line(out, location);
    return out;
}

std::string name(Source const& source) {
    auto const& content = source.team.content;
    auto out = source.best(content.name);
    append_line(out, content.short_name);
    return out;
}

std::string keys(Source const& source) {
    auto const& content = source.team.content;
    std::string out = content.pgp_user_id;
    if (!content.pgp_fingerprint.empty()) {
        append_line(out,
                    source.words("rfc.fingerprint", {{"fingerprint", readable_fingerprint(content.pgp_fingerprint)}}));
    }
    if (!content.pgp_key.empty())
        append_line(out, source.words("rfc.key", {{"address", source.origin + "/pgp-key.asc"}}));
    return out;
}

std::string other_information(Source const& source) {
    auto out = source.best(source.team.content.other_information);
    append_line(out, source.team.content.website);
    return out;
}

std::string points_of_contact(Source const& source) {
    auto const& content = source.team.content;
    auto out = source.best(content.hours);
    if (!content.emergency_phone.empty())
        append_line(out, source.words("rfc.emergency", {{"phone", content.emergency_phone}}));
    if (!content.languages.empty())
        append_line(out, source.words("rfc.languages", {{"languages", spoken_languages(content, source.words)}}));
    return out;
}

struct Heading {
    std::string_view number;
    std::string_view key;
    TextMember text = nullptr;                     ///< What stands there,
    std::string TeamContent::*line = nullptr;      ///< or this,
    std::string (*made)(Source const&) = nullptr;  ///< or what this makes; a heading with none has parts.
};

constexpr std::array headings{
    Heading{"1", "rfc.s1"},
    Heading{.number = "1.1", .key = "rfc.s1_1", .made = last_update},
    Heading{.number = "1.2", .key = "rfc.s1_2", .text = &TeamContent::distribution},
    Heading{.number = "1.3", .key = "rfc.s1_3", .made = locations},
    Heading{"2", "rfc.s2"},
    Heading{.number = "2.1", .key = "rfc.s2_1", .made = name},
    Heading{.number = "2.2", .key = "rfc.s2_2", .text = &TeamContent::address},
    Heading{.number = "2.3", .key = "rfc.s2_3", .line = &TeamContent::time_zone},
    Heading{.number = "2.4", .key = "rfc.s2_4", .line = &TeamContent::phone},
    Heading{.number = "2.5", .key = "rfc.s2_5", .line = &TeamContent::fax},
    Heading{.number = "2.6", .key = "rfc.s2_6", .text = &TeamContent::other_channels},
    Heading{.number = "2.7", .key = "rfc.s2_7", .line = &TeamContent::email},
    Heading{.number = "2.8", .key = "rfc.s2_8", .made = keys},
    Heading{.number = "2.9", .key = "rfc.s2_9", .text = &TeamContent::members},
    Heading{.number = "2.10", .key = "rfc.s2_10", .made = other_information},
    Heading{.number = "2.11", .key = "rfc.s2_11", .made = points_of_contact},
    Heading{"3", "rfc.s3"},
    Heading{.number = "3.1", .key = "rfc.s3_1", .text = &TeamContent::mission},
    Heading{.number = "3.2", .key = "rfc.s3_2", .text = &TeamContent::constituency},
    Heading{.number = "3.3", .key = "rfc.s3_3", .text = &TeamContent::sponsor},
    Heading{.number = "3.4", .key = "rfc.s3_4", .text = &TeamContent::authority},
    Heading{"4", "rfc.s4"},
    Heading{.number = "4.1", .key = "rfc.s4_1", .text = &TeamContent::incident_types},
    Heading{.number = "4.2", .key = "rfc.s4_2", .text = &TeamContent::disclosure},
    Heading{.number = "4.3", .key = "rfc.s4_3", .text = &TeamContent::communication},
    Heading{"5", "rfc.s5"},
    Heading{.number = "5.1", .key = "rfc.s5_1", .text = &TeamContent::response},
    Heading{.number = "5.1.1", .key = "rfc.s5_1_1", .text = &TeamContent::triage},
    Heading{.number = "5.1.2", .key = "rfc.s5_1_2", .text = &TeamContent::coordination},
    Heading{.number = "5.1.3", .key = "rfc.s5_1_3", .text = &TeamContent::resolution},
    Heading{.number = "5.2", .key = "rfc.s5_2", .text = &TeamContent::proactive},
    Heading{.number = "6", .key = "rfc.s6", .text = &TeamContent::reporting},
    Heading{.number = "7", .key = "rfc.s7", .text = &TeamContent::disclaimer},
};

Section section_of(Heading const& heading, Source const& source) {
    Section out{heading.number, source.words(heading.key), {}, source.words.language()};
    if (heading.text != nullptr) {
        auto const& text = source.team.content.*heading.text;
        out.language = text.best(out.language);
        out.text = text.in(out.language);
    }
    if (heading.line != nullptr) out.text = source.team.content.*heading.line;
    if (heading.made != nullptr) out.text = heading.made(source);
    return out;
}

bool is_part(std::string_view number, std::string_view of) {
    return number.size() > of.size() && number.starts_with(of) && number[of.size()] == '.';
}

/// Letters, not bytes.
std::size_t width(std::string_view text) {
    std::size_t out = 0;
    for (char const c : text) out += (static_cast<unsigned char>(c) & 0xC0u) == 0x80u ? 0 : 1;
    return out;
}

/// One line of a text as lines of at most `most` letters; a word that is longer stands alone.
void wrap(std::string_view line, std::size_t most, std::string const& indent, std::string& out) {
    std::string so_far;
    while (!line.empty()) {
        auto const end = std::min(line.find(' '), line.size());
        auto const word = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
        if (word.empty()) continue;
        if (!so_far.empty() && width(so_far) + 1 + width(word) > most) {
            out.append(indent).append(so_far).append("\n");
            so_far.clear();
        }
        if (!so_far.empty()) so_far += ' ';
        so_far += word;
    }
    if (!so_far.empty()) out.append(indent).append(so_far);
    out += '\n';
}

void append_text(std::string_view text, std::string const& indent, std::string& out) {
    constexpr std::size_t widest = 72;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        wrap(line, widest - indent.size(), indent, out);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

std::vector<Section> description(registry::Team const& team, Words const& words, std::string const& origin) {
    std::vector<Section> out;
    if (team.version == 0) return out;
    Source const source{team, words, origin};
    for (auto heading = headings.rbegin(); heading != headings.rend(); ++heading) {
        auto section = section_of(*heading, source);
        bool const has_parts = !out.empty() && is_part(out.back().number, section.number);
        if (!section.text.empty() || has_parts) out.push_back(std::move(section));
    }
    return {out.rbegin(), out.rend()};
}

std::string plain_description(registry::Team const& team, Words const& words, std::string const& origin) {
    std::string out;
    append_text(words("rfc.document", {{"name", name_of(team.content, words)}}), "", out);
    append_text("TLP:CLEAR", "", out);
    for (auto const& section : description(team, words, origin)) {
        out += '\n';
        append_text(std::string(section.number) + ". " + section.title, "", out);
        if (!section.text.empty()) out += '\n';
        append_text(section.text, "   ", out);
    }
    return out;
}

std::string readable_fingerprint(std::string_view fingerprint) {
    std::string out;
    for (std::size_t at = 0; at < fingerprint.size(); at += 4) {
        if (at > 0) out += ' ';
        out += fingerprint.substr(at, 4);
    }
    return out;
}

std::string spoken_languages(TeamContent const& content, Words const& words) {
    std::string out;
    for (auto const& language : content.languages) {
        if (!out.empty()) out += ", ";
        out += words.or_else("language." + language, language);
    }
    return out;
}

std::string name_of(TeamContent const& content, Words const& words) {
    auto const& name = content.name.in(content.name.best(words.language()));
    return name.empty() ? words("frame.team") : name;
}

}  // namespace kula::portal
