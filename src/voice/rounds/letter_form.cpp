#include "letter_form.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::rounds {
namespace {

namespace mustache = kainjow::mustache;
using mustache::data;

std::string text_of(std::string_view form, base::Language language, data const& values) {
    mustache::mustache filled{
        std::string(shipped_data(fmt::format("templates/{}.{}.md", form, base::to_text(language))))};
    base::must(filled.is_valid(), "shipped templates are Mustache");
    filled.set_custom_escape([](std::string const& text) { return text; });  // It is no HTML.
    return filled.render(values);
}

/// At most so many bytes.
std::string shortened(std::string text, std::size_t most) {
    constexpr std::string_view ellipsis = "…";
    if (text.size() <= most) return text;
    return std::string(base::beginning(text, most - ellipsis.size())).append(ellipsis);
}

/// One empty line where templates leave several; none at either end.
std::string tidied(std::string_view text) {
    std::string out;
    for (char const c : text) {
        bool const is_third_break = c == '\n' && out.ends_with("\n\n");
        if (!is_third_break && !(out.empty() && c == '\n')) out.push_back(c);
    }
    while (out.ends_with('\n')) out.pop_back();
    return out;
}

}  // namespace

std::string day(base::Instant instant) {
    return fmt::format("{:%Y-%m-%d}", std::chrono::floor<std::chrono::seconds>(instant));
}

base::Language language_of(registry::Contact const& contact, registry::TeamContent const& team) {
    for (auto const* const spoken : {&contact.languages, &team.languages}) {
        for (auto const& code : *spoken) {
            if (auto const language = base::parse_language(code)) return *language;
        }
    }
    return base::Language::en;
}

void add_sender(data& values, registry::TeamContent const& team, base::Language language) {
    auto const name = team.name.in(team.name.best(language));
    values.set("team", name.empty() ? team.short_name : name);
    if (!team.email.empty()) values.set("email", team.email);
    if (!team.phone.empty()) values.set("phone", team.phone);
}

void add_link(data& values, AnswerLink const& link) {
    values.set("link", link.address);
    values.set("until", day(link.until));
}

notify::Letter filled_in(std::string_view form, base::Language language, data const& values) {
    auto const whole = tidied(text_of(form, language, values));
    auto const first_break = whole.find('\n');
    notify::Letter letter;
    letter.subject = shortened(whole.substr(0, first_break), notify::longest_subject);
    letter.text = first_break == std::string::npos ? whole : tidied(whole.substr(first_break));
    letter.language = base::to_text(language);
    letter.author = formats::MailAuthor::program;
    return letter;
}

}  // namespace kula::rounds
