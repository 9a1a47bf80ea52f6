#include <fmt/format.h>

#include "page.hpp"
#include "registry/vocabulary.hpp"

namespace kula::portal {
namespace {

std::string sector_name(std::string const& id, Words const& words) {
    if (id.empty()) return words("statistics.other");
    auto const* const found = registry::sector(id);
    return found == nullptr ? id : found->labels.in(words.language());
}

/// A bar as long as the share; the number stands beside it, so it says nothing to those who do not see it.
Html bar(unsigned percent) {
    auto const width = fmt::format("{}", percent);
    return element("svg",
                   {{"class", "share"},
                    {"viewBox", "0 0 100 10"},
                    {"preserveAspectRatio", "none"},
                    {"aria-hidden", "true"},
                    {"focusable", "false"}},
                   element("rect", {{"class", "track"}, {"width", "100"}, {"height", "10"}}, {}) +
                       element("rect", {{"class", "part"}, {"width", width}, {"height", "10"}}, {}));
}

Html table(Words const& words, std::string_view title, std::string_view head, std::vector<Share> const& shares,
           std::string (*name)(std::string const&, Words const&)) {
    if (shares.empty()) return {};
    Html rows;
    for (auto const& share : shares) {
        auto const percent = words("statistics.percent", {{"share", std::to_string(share.percent)}});
        rows += element("tr", element("th", {{"scope", "row"}}, name(share.name, words)) +
                                  element("td", {{"class", "meter"}}, bar(share.percent)) +
                                  element("td", {{"class", "number"}}, percent));
    }
    Html const heads =
        element("tr", element("th", {{"scope", "col"}}, words(head)) +
                          element("th", {{"scope", "col"}, {"colspan", "2"}}, words("statistics.share")));
    return element(
        "section", {{"class", "panel"}},
        element("table", element("caption", words(title)) + element("thead", heads) + element("tbody", rows)));
}

std::string direction_name(std::string const& direction, Words const& words) { return words("direction." + direction); }

Html shown(PublicFigures const& figures, Words const& words) {
    auto const from = words.day(figures.window.from);
    auto const to = words.day(figures.window.to - std::chrono::hours(1));
    auto const how = element(
        "section", element("h2", words("statistics.how")) + element("p", words("statistics.sighting")) +
                       element("p", words("statistics.protected", {{"least", std::to_string(least_organisations)}})));
    if (figures.sightings == 0) {
        return element("p", {{"class", "lead"}}, words("statistics.too_little", {{"from", from}, {"to", to}})) + how;
    }
    auto const lead =
        words("statistics.lead", {{"from", from}, {"to", to}, {"count", words.number(figures.sightings)}});
    return element("p", {{"class", "lead"}}, lead) +
           table(words, "statistics.sectors", "statistics.sector", figures.sectors, sector_name) +
           table(words, "statistics.directions", "statistics.direction", figures.directions, direction_name) + how;
}

}  // namespace

Page statistics_page(Visit const& visit, std::optional<PublicFigures> const& figures) {
    auto const& words = visit.words;
    Html out = element("h1", words("statistics.title"));
    if (visit.content().figures == registry::PublicFigures::withheld) {
        out += element("p", {{"class", "lead"}}, words("statistics.withheld"));
    } else if (!figures) {
        out += element("p", {{"class", "lead"}}, words("statistics.unavailable"));
    } else {
        out += shown(*figures, words);
    }
    return {"/statistics", words("statistics.title"), words("statistics.summary"), out};
}

}  // namespace kula::portal
