// The content of the pages, but for statistics.

#include <algorithm>

#include "description.hpp"
#include "page.hpp"

namespace kula::portal {
namespace {

Html heading(std::string_view level, std::string const& text) { return element(level, text); }

Html lead(std::string const& text) { return element("p", {{"class", "lead"}}, text); }

/// A way to reach the team: what it is, and itself, large.
Html way(std::string const& what, Html const& target, std::string const& kind) {
    return element("li", {{"class", kind}},
                   element("span", {{"class", "what"}}, what) + element("span", {{"class", "way"}}, target));
}

Html ways(Visit const& visit) {
    auto const& content = visit.content();
    auto const& words = visit.words;
    Html out;
    if (!content.email.empty()) out += way(words("start.email"), mail_link(content.email), "mail");
    if (!content.phone.empty()) out += way(words("start.phone"), phone_link(content.phone), "phone");
    if (!content.emergency_phone.empty())
        out += way(words("start.emergency"), phone_link(content.emergency_phone), "phone");
    if (out.is_empty()) return element("p", words("start.none"));
    return element("ul", {{"class", "ways"}}, out);
}

Html listed(Visit const& visit, std::initializer_list<std::string_view> keys, std::string const& kind) {
    Html items;
    for (auto const key : keys) items += element("li", visit.words(key));
    return element("ul", {{"class", kind}}, items);
}

/// A name and what stands there; nothing where that is nothing.
Html row(std::string const& name, Html const& value) {
    if (value.is_empty()) return {};
    return element("div", element("dt", name) + element("dd", value));
}

Html key_panel(Visit const& visit) {
    auto const& content = visit.content();
    auto const& words = visit.words;
    if (content.pgp_fingerprint.empty()) return {};
    Html facts = row(words("contact.key_id"), content.pgp_user_id) +
                 row(words("contact.fingerprint"), element("code", readable_fingerprint(content.pgp_fingerprint)));
    Html out = heading("h2", words("contact.key")) + element("p", words("contact.key_lead")) + element("dl", facts);
    if (!content.pgp_key.empty()) {
        out += element("p", link("/pgp-key.asc", words("contact.key_download"), {{"class", "button"}}));
    }
    return element("section", {{"class", "panel"}}, out);
}

}  // namespace

Page start_page(Visit const& visit) {
    auto const& words = visit.words;
    auto const& mission = visit.content().mission;
    Html const intro =
        mission.is_empty() ? lead(words("start.lead")) : element("div", {{"class", "lead"}}, told(mission, visit));
    Html const report = heading("h2", words("start.report")) + element("p", words("start.report_lead")) + ways(visit) +
                        element("p", link(visit.path("/contact"), words("start.all_ways")));
    Html const tell = heading("h2", words("start.tell")) +
                      listed(visit, {"start.what", "start.when", "start.which", "start.reach"}, "ticks");
    Html const before = heading("h2", words("start.before")) +
                        listed(visit, {"start.keep", "start.evidence", "start.passwords", "start.pay"}, "ticks");
    Html const members = heading("h2", words("start.members")) + element("p", words("start.members_lead")) +
                         element("p", link("/desk/", words("start.sign_in"), {{"class", "button quiet"}}));
    Html const about = heading("h2", words(visit.content().constituency.is_empty() ? "about.title" : "start.serves")) +
                       told(visit.content().constituency, visit) +
                       element("p", link(visit.path("/about"), words("start.about_link")));
    Html const content =
        element("h1", name_of(visit.content(), words)) + intro +
        element("section", {{"class", "panel report"}}, report) +
        element("div", {{"class", "pair"}}, element("section", before) + element("section", tell)) +
        element("div", {{"class", "pair"}},
                element("section", {{"class", "panel"}}, members) + element("section", {{"class", "panel"}}, about));
    return {"/", words("nav.start"), words("start.summary"), content};
}

Page contact_page(Visit const& visit) {
    auto const& content = visit.content();
    auto const& words = visit.words;
    auto const phone = [](std::string const& number) { return number.empty() ? Html() : phone_link(number); };
    auto const languages = spoken_languages(content, words);
    Html const facts = row(words("contact.email"), content.email.empty() ? Html() : mail_link(content.email)) +
                       row(words("contact.phone"), phone(content.phone)) +
                       row(words("contact.emergency"), phone(content.emergency_phone)) +
                       row(words("contact.hours"), told(content.hours, visit)) +
                       row(words("contact.address"), told(content.address, visit)) +
                       row(words("contact.time_zone"), content.time_zone) + row(words("contact.fax"), content.fax) +
                       row(words("contact.other"), told(content.other_channels, visit)) +
                       row(words("contact.website"), link(content.website, content.website));
    Html out = element("h1", words("contact.title"));
    if (facts.is_empty()) {
        out += lead(words("contact.none"));
    } else {
        out +=
            lead(languages.empty() ? words("contact.lead_plain") : words("contact.lead", {{"languages", languages}}));
        out += element("section", {{"class", "panel"}}, element("dl", facts));
    }
    if (auto const reporting = told(content.reporting, visit); !reporting.is_empty()) {
        out += element("section", heading("h2", words("contact.reporting")) + reporting);
    }
    out += key_panel(visit);
    Html machines;
    if (!content.email.empty()) machines += element("li", link("/.well-known/security.txt", "security.txt (RFC 9116)"));
    if (visit.team.version > 0) machines += element("li", link(visit.path("/rfc2350.txt"), "rfc2350.txt (RFC 2350)"));
    if (!content.disclosure_policy.empty()) {
        out += element("p", link(content.disclosure_policy, words("contact.policy")));
    }
    if (!machines.is_empty()) {
        out += element("section", heading("h2", words("contact.machines")) + element("ul", machines));
    }
    return {"/contact", words("contact.title"), words("contact.summary"), out};
}

Page about_page(Visit const& visit) {
    auto const& words = visit.words;
    auto const sections = description(visit.team, words, visit.origin);
    Html out = element("h1", words("about.title"));
    if (sections.empty()) {
        return {"/about", words("about.title"), words("about.summary"), out + lead(words("about.none"))};
    }
    out += lead(words("about.lead"));
    out += element("p", {{"class", "note"}},
                   link(visit.path("/rfc2350.txt"), words("about.download"), {{"class", "button quiet"}}) + " " +
                       element("span", {{"class", "label"}}, words("about.label")));
    Html contents;
    Html text;
    for (auto const& section : sections) {
        auto const depth = std::count(section.number.begin(), section.number.end(), '.');
        auto const id = "s" + std::string(section.number);
        auto const title = element("span", {{"class", "digits"}}, section.number) + " " + section.title;
        if (depth == 0) contents += element("li", link("#" + id, title));
        std::string_view const level = depth == 0 ? "h2" : depth == 1 ? "h3" : "h4";
        text += element(level, {{"id", id}}, title);
        auto body = paragraphs(section.text);
        if (section.language != words.language() && !body.is_empty())
            body = element("div", {{"lang", std::string(base::to_text(section.language))}}, body);
        text += body;
    }
    out += element("nav", {{"class", "contents"}, {"aria-label", words("about.contents")}}, element("ul", contents));
    out += element("div", {{"class", "rfc"}}, text);
    return {"/about", words("about.title"), words("about.summary"), out};
}

Page missing_page(Visit const& visit) {
    auto const& words = visit.words;
    Html const out = element("h1", words("missing.title")) + lead(words("missing.lead")) +
                     element("ul", element("li", link(visit.path("/"), words("missing.start"))) +
                                       element("li", link(visit.path("/contact"), words("missing.report"))));
    return {"", words("missing.title"), words("missing.lead"), out};
}

}  // namespace kula::portal
