#include "site_files.hpp"

#include <array>

#include "base/must.hpp"
#include "formats/markup.hpp"
#include "html.hpp"
#include "shipped_data.hpp"

namespace kula::portal {

std::string robots_txt(Edition edition, std::string const& origin) {
    if (edition == Edition::demo) return "User-agent: *\nDisallow: /\n";
    return "User-agent: *\nDisallow: /api/\nDisallow: /desk/\n\nSitemap: " + origin + "/sitemap.xml\n";
}

std::string sitemap(registry::Team const& team, std::string const& origin) {
    constexpr std::array<std::string_view, 4> pages{"/", "/contact", "/about", "/statistics"};
    auto const base_of = [&](base::Language language, std::string_view page) {
        return formats::escaped(origin + '/' + std::string(base::to_text(language)) + std::string(page));
    };
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
        "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
    for (auto const page : pages) {
        if (page == "/statistics" && team.content.figures == registry::PublicFigures::withheld) continue;
        for (auto const language : base::languages) {
            out += "<url><loc>" + base_of(language, page) + "</loc>";
            if (team.changed_at && page != "/statistics")
                out += "<lastmod>" + base::to_seconds_text(*team.changed_at) + "</lastmod>";
            for (auto const other : base::languages) {
                out += "<xhtml:link rel=\"alternate\" hreflang=\"" + std::string(base::to_text(other)) + "\" href=\"" +
                       base_of(other, page) + "\"/>";
            }
            out += "</url>\n";
        }
    }
    return out + "</urlset>\n";
}

std::string style_sheet() {
    constexpr std::string_view dark = "[data-mantine-color-scheme='dark'] {";
    std::string out(shipped_data("../web/src/ui/tokens.css"));
    auto const at = out.find(dark);
    base::must(at != std::string::npos, "the desk's colours have a dark form");
    out.replace(at, dark.size(), "@media (prefers-color-scheme: dark) { :root {");
    out.append("}\n").append(shipped_data("portal/portal.css")).append(shipped_data("portal/answer.css"));
    return out;
}

}  // namespace kula::portal
