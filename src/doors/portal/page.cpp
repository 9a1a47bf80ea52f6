#include "page.hpp"

#include <array>

#include "description.hpp"

namespace kula::portal {
namespace {

struct Place {
    std::string_view path;
    std::string_view key;
};
constexpr std::array places{Place{"/", "nav.start"}, Place{"/contact", "nav.contact"},
                            Place{"/statistics", "nav.statistics"}, Place{"/about", "nav.about"}};

bool is_shown(Place const& place, Visit const& visit) {
    return place.path != "/statistics" || visit.content().figures == registry::PublicFigures::published;
}

std::string path_in(base::Language language, std::string_view page) {
    return "/" + std::string(base::to_text(language)) + std::string(page);
}

Html meta(std::string_view name, std::string content) {
    return empty_element("meta", {{"name", std::string(name)}, {"content", std::move(content)}});
}

Html head(Page const& page, Visit const& visit) {
    auto const name = name_of(visit.content(), visit.words);
    auto title = page.path == "/" ? name : page.title + " · " + name;
    Html out = empty_element("meta", {{"charset", "utf-8"}}) + meta("viewport", "width=device-width, initial-scale=1") +
               element("title", title) + meta("description", page.summary) + meta("color-scheme", "light dark") +
               empty_element("link", {{"rel", "stylesheet"}, {"href", std::string(visit.style)}}) +
               empty_element("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", "/favicon.svg"}});
    if (visit.edition == Edition::demo || page.path.empty() || page.is_private) out += meta("robots", "noindex");
    if (page.path.empty() || page.is_private) return out;
    out += empty_element("link", {{"rel", "canonical"}, {"href", visit.origin + visit.path(page.path)}});
    for (auto const language : base::languages) {
        out += empty_element("link", {{"rel", "alternate"},
                                      {"hreflang", std::string(base::to_text(language))},
                                      {"href", visit.origin + path_in(language, page.path)}});
    }
    if (page.path == "/") {
        out += empty_element("link", {{"rel", "alternate"}, {"hreflang", "x-default"}, {"href", visit.origin + "/"}});
    }
    return out;
}

Html languages_of(Page const& page, Visit const& visit) {
    Html list;
    for (auto const language : base::languages) {
        std::string const code(base::to_text(language));
        bool const is_current = language == visit.words.language();
        std::vector<Attribute> attributes{{"lang", code}, {"hreflang", code}};
        if (is_current) attributes.push_back({"aria-current", "true"});
        auto const path = path_in(language, page.path.empty() ? "/" : page.path);
        list += element("li", link(path, own_name(language), attributes));
    }
    return element("nav", {{"class", "languages"}, {"aria-label", visit.words("frame.languages")}},
                   element("ul", list));
}

Html places_of(Page const& page, Visit const& visit) {
    Html list;
    for (auto const& place : places) {
        if (!is_shown(place, visit)) continue;
        std::vector<Attribute> attributes;
        if (place.path == page.path) attributes.push_back({"aria-current", "page"});
        list += element("li", link(visit.path(place.path), visit.words(place.key), attributes));
    }
    list += element("li", {{"class", "desk"}}, link("/desk/", visit.words("frame.desk")));
    return element("nav", {{"class", "pages"}, {"aria-label", visit.words("frame.pages")}}, element("ul", list));
}

Html header(Page const& page, Visit const& visit) {
    auto const& content = visit.content();
    auto const name = content.short_name.empty() ? name_of(content, visit.words) : content.short_name;
    auto const image = empty_element("img", {{"src", "/favicon.svg"}, {"alt", ""}, {"width", "32"}, {"height", "32"}});
    auto const brand = link(visit.path("/"), image + element("span", name), {{"class", "brand"}});
    auto const bar = element("div", {{"class", "bar"}}, brand + languages_of(page, visit));
    Html inside;
    if (visit.edition == Edition::demo) inside += element("p", {{"class", "demo"}}, visit.words("frame.demo"));
    inside += element("div", {{"class", "wide"}}, bar + places_of(page, visit));
    return element("header", {{"class", "top"}}, inside);
}

Html footer(Visit const& visit) {
    auto const& content = visit.content();
    Html out = element("p", {{"class", "strong"}}, name_of(content, visit.words));
    if (!content.email.empty() || !content.phone.empty()) {
        Html ways;
        if (!content.email.empty()) ways += element("li", mail_link(content.email));
        if (!content.phone.empty()) ways += element("li", phone_link(content.phone));
        out += element("ul", ways);
    }
    if (visit.team.changed_at) {
        out += element("p", visit.words("frame.updated", {{"date", visit.words.day(*visit.team.changed_at)}}));
    }
    return element("footer", {{"aria-label", visit.words("frame.site")}}, element("div", {{"class", "wide"}}, out));
}

}  // namespace

std::string Visit::path(std::string_view page) const { return path_in(words.language(), page); }

std::string framed(Page const& page, Visit const& visit) {
    Html body = link("#content", visit.words("frame.skip"), {{"class", "skip"}});
    body += header(page, visit);
    body += element("main", {{"id", "content"}, {"class", "wide"}, {"tabindex", "-1"}}, page.content);
    body += footer(visit);
    return document(element("html", {{"lang", std::string(base::to_text(visit.words.language()))}},
                            element("head", head(page, visit)) + element("body", body)));
}

Html told(base::Text const& text, Visit const& visit) {
    auto const language = text.best(visit.words.language());
    auto const out = paragraphs(text.in(language));
    if (out.is_empty() || language == visit.words.language()) return out;
    return element("div", {{"lang", std::string(base::to_text(language))}}, out);
}

Html phone_link(std::string const& phone) {
    std::string target = "tel:";
    for (char const c : phone) {
        if ((c >= '0' && c <= '9') || (c == '+' && target.size() == 4)) target.push_back(c);
    }
    return link(target, phone, {{"class", "number"}});
}

Html mail_link(std::string const& email) { return link("mailto:" + email, email); }

}  // namespace kula::portal
