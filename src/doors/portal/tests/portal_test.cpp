#include "portal/portal.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "events/aggregator.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"
#include "teams.hpp"

namespace kula::portal {
namespace {

using testing::full_team;
using testing::said;

template <class T>
T opened(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return std::move(*result);
}

struct Answer {
    unsigned status = 0;
    std::string text{};
    net::Headers headers{};
    [[nodiscard]] std::string header(std::string_view name) const {
        return std::string(headers.find(name).value_or(""));
    }
};

class PortalTest : public ::testing::Test {
protected:
    PortalTest() {
        std::string pattern = (std::filesystem::temp_directory_path() / "kula-portal-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        database = opened(storage::Database::open({folder, {}, 2}, clock));
        journal = opened(journal::Journal::open(*database, clock));
        registry = opened(registry::Registry::open(*database, *journal, clock));
        sightings = opened(events::SightingStore::open(*database, clock));
        portal = std::make_unique<Portal>(Rooms{*registry, *sightings, clock});
        portal->add_routes(router);
    }
    ~PortalTest() override {
        portal.reset();
        sightings.reset();
        registry.reset();
        journal.reset();
        database.reset();
        std::filesystem::remove_all(folder);
    }

    void tell(registry::TeamContent content) {
        opened(registry->replace_team(registry->team()->version, std::move(content), base::Actor{"console"}));
    }
    Answer get(std::string const& path, std::string const& languages = "") const {
        net::Request request;
        request.path = path;
        request.authority = "localhost:8080";
        if (!languages.empty()) request.headers.add("Accept-Language", languages);
        std::vector<std::string> segments;
        for (std::size_t begin = 1; begin <= path.size();) {
            auto const end = std::min(path.find('/', begin), path.size());
            segments.push_back(path.substr(begin, end - begin));
            begin = end + 1;
        }
        auto const outcome = router.find(net::Method::get, segments);
        auto const* const found = std::get_if<net::Router::Found>(&outcome);
        if (found == nullptr) return {};
        auto response = found->route->handler(request);
        return {net::number(response.status), std::get<std::string>(response.body), response.headers};
    }
    /// `/<digest>.css`, as the page names it.
    static std::string style_name(std::string const& page) {
        auto const begin = page.find("/portal/") + std::string("/portal").size();
        return page.substr(begin, page.find('"', begin) - begin);
    }
    static std::vector<std::string> pages() {
        std::vector<std::string> out;
        for (auto const* language : {"/mk", "/sq", "/en"}) {
            for (auto const* page : {"/", "/contact", "/about", "/statistics"})
                out.push_back(std::string(language) + page);
        }
        return out;
    }
    /// One organisation each: its sector, and in how many hours before today something was seen there.
    void see(std::vector<std::pair<std::string, int>> const& sectors_and_hours) {
        std::vector<events::Observation> seen;
        int number = 0;
        for (auto const& [sector, hours] : sectors_and_hours) {
            auto const address = "192.0.2." + std::to_string(++number);
            registry::OrganisationContent content;
            content.name = "Example Organisation " + std::to_string(number);
            content.sector = sector;
            content.networks = {*registry::Network::parse(address)};
            opened(registry->create(std::move(content), {}, base::Actor{"console"}));
            for (int hour = 0; hour < hours; ++hour) {
                events::Observation observation;
                observation.indicator = observation.matched = "198.51.100.1";
                observation.kind = "address";
                observation.peer = address;
                observation.direction = events::Direction::outbound;
                observation.side = events::Side::destination;
                observation.flows = 1;
                observation.first = observation.last = start - std::chrono::hours(24 + hour);
                seen.push_back(std::move(observation));
            }
        }
        events::SightingAggregator aggregator(
            *sightings, [this] { return registry->attribution(); }, events::CountryOf(), clock);
        aggregator.add(seen);
        auto const flushed = aggregator.flush();
        EXPECT_TRUE(flushed) << flushed.error().detail;
    }

    static inline base::Instant const start = *base::parse_instant("2026-11-25T22:00:00Z");
    base::ManualClock clock{start};
    std::filesystem::path folder;
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<events::SightingStore> sightings;
    std::unique_ptr<Portal> portal;
    net::Router router;
};

TEST_F(PortalTest, every_page_stands_in_every_language_and_is_complete) {
    tell(full_team());
    for (auto const& path : pages()) {
        auto const page = get(path);
        ASSERT_EQ(page.status, 200u) << path;
        EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
        EXPECT_TRUE(page.text.starts_with("<!DOCTYPE html>\n<html lang=\"" + path.substr(1, 2) + "\">")) << path;
        for (auto const* language : {"mk", "sq", "en"}) {
            auto const alternate = std::string("hreflang=\"") + language + "\" href=\"https://csirt.example/" +
                                   language + path.substr(3) + "\"";
            EXPECT_NE(page.text.find(alternate), std::string::npos) << path << ' ' << alternate;
        }
        EXPECT_NE(page.text.find("class=\"skip\""), std::string::npos);
        EXPECT_NE(page.text.find("<main id=\"content\""), std::string::npos);
        EXPECT_NE(page.text.find("<h1>"), std::string::npos);
        EXPECT_EQ(page.text.find("{{"), std::string::npos) << path << " leaves a place open";
        EXPECT_LT(page.text.size() + get("/portal" + style_name(page.text)).text.size(), 50'000u) << path;
    }
}

TEST_F(PortalTest, pages_run_nothing_and_load_nothing_from_elsewhere) {
    auto content = full_team();
    content.mission = said("<script>alert(1)</script>");
    tell(std::move(content));
    for (auto const& path : pages()) {
        auto const page = get(path);
        for (auto const* forbidden : {"<script", "<style", " style=", " onclick", "javascript:", "<form", "<iframe"})
            EXPECT_EQ(page.text.find(forbidden), std::string::npos) << path << ' ' << forbidden;
        EXPECT_TRUE(page.header("Content-Security-Policy").starts_with("default-src 'none';"));
        EXPECT_EQ(page.header("Set-Cookie"), "");
    }
    EXPECT_NE(get("/en/").text.find("&lt;script&gt;alert(1)"), std::string::npos);
}

TEST_F(PortalTest, pages_may_be_kept_by_anybody_and_change_their_tag_with_the_team) {
    tell(full_team());
    auto const before = get("/en/");
    EXPECT_EQ(before.header("Cache-Control"), "public, max-age=300");
    EXPECT_TRUE(before.header("ETag").starts_with("W/\""));
    EXPECT_EQ(get("/en/").header("ETag"), before.header("ETag"));
    auto content = full_team();
    content.phone = "+389 2 555 0111";
    tell(std::move(content));
    EXPECT_NE(get("/en/").header("ETag"), before.header("ETag"));
    auto const style = get("/portal" + style_name(before.text));
    EXPECT_EQ(style.header("Cache-Control"), "public, max-age=31536000, immutable");
    EXPECT_NE(style.text.find("prefers-color-scheme: dark"), std::string::npos);
}

TEST_F(PortalTest, a_team_that_told_nothing_has_sensible_pages) {
    for (auto const& path : pages()) {
        auto const page = get(path);
        EXPECT_EQ(page.status, 200u) << path;
        EXPECT_EQ(page.text.find("<dl></dl>"), std::string::npos) << path;
        EXPECT_EQ(page.text.find("<dd></dd>"), std::string::npos) << path;
        EXPECT_EQ(page.text.find("<p></p>"), std::string::npos) << path;
    }
    EXPECT_NE(get("/en/").text.find("has not published how to reach it yet"), std::string::npos);
    for (auto const* path : {"/.well-known/security.txt", "/pgp-key.asc", "/en/rfc2350.txt"})
        EXPECT_EQ(get(path).status, 404u) << path;
}

TEST_F(PortalTest, the_root_leads_to_the_preferred_language) {
    EXPECT_EQ(get("/", "de, sq;q=0.7").header("Location"), "/sq/");
    EXPECT_EQ(get("/", "de").header("Location"), "/mk/");
    EXPECT_EQ(get("/").header("Vary"), "Accept-Language");
    auto content = full_team();
    content.languages = {"tr", "en"};
    tell(std::move(content));
    EXPECT_EQ(get("/", "de").header("Location"), "/en/") << "the first that both the team and the portal speak";
    EXPECT_EQ(get("/mk").header("Location"), "/mk/");
}

TEST_F(PortalTest, what_does_not_exist_is_told_in_the_language_of_the_address) {
    auto const page = get("/sq/nothing", "en");
    EXPECT_EQ(page.status, 404u);
    EXPECT_TRUE(page.text.starts_with("<!DOCTYPE html>\n<html lang=\"sq\">"));
    EXPECT_EQ(page.header("ETag"), "");
    EXPECT_TRUE(get("/nothing", "mk").text.starts_with("<!DOCTYPE html>\n<html lang=\"mk\">"));
    for (auto const* path : {"/api/v1/nothing", "/desk/nothing.js", "/api"})
        EXPECT_EQ(get(path).header("Content-Type"), "application/problem+json") << path;
}

TEST_F(PortalTest, what_programs_read_stands_where_they_look) {
    tell(full_team());
    auto const security = get("/.well-known/security.txt");
    EXPECT_EQ(security.header("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_NE(security.text.find("Expires: 2027-05-24T00:00:00Z\n"), std::string::npos) << security.text;
    EXPECT_TRUE(get("/pgp-key.asc").text.starts_with("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
    EXPECT_TRUE(get("/sq/rfc2350.txt").text.starts_with("Përshkrimi sipas RFC 2350: CSIRT Shembull\n"));
    EXPECT_NE(get("/robots.txt").text.find("Sitemap: https://csirt.example/sitemap.xml\n"), std::string::npos);
    EXPECT_NE(get("/sitemap.xml").text.find("<loc>https://csirt.example/mk/about</loc>"), std::string::npos);
    EXPECT_EQ(get("/sitemap.xml").text.find("statistics"), std::string::npos) << "no figures are published";
    EXPECT_EQ(get("/favicon.svg").header("Content-Type"), "image/svg+xml");
}

TEST_F(PortalTest, security_txt_is_signed_once_for_each_text) {
    int asked = 0;
    bool works = true;
    Portal const signing(Rooms{*registry, *sightings, clock}, Edition::production,
                         [&](std::string_view text) -> base::Result<std::string> {
                             ++asked;
                             if (!works) return base::unavailable("GnuPG cannot be run");
                             return "signed\n" + std::string(text);
                         });
    router = net::Router();
    signing.add_routes(router);
    tell(full_team());
    auto const text = [this] { return get("/.well-known/security.txt").text; };
    EXPECT_TRUE(text().starts_with("signed\nContact: "));
    EXPECT_TRUE(text().starts_with("signed\nContact: "));
    EXPECT_EQ(asked, 1);

    works = false;
    clock.advance(std::chrono::days(1));
    EXPECT_TRUE(text().starts_with("Contact: ")) << "how to reach the team matters more than who says so";
    clock.advance(std::chrono::minutes(9));
    text();
    EXPECT_EQ(asked, 2);
    works = true;
    clock.advance(std::chrono::minutes(1));
    EXPECT_TRUE(text().starts_with("signed\n"));
    text();
    EXPECT_EQ(asked, 3);
}

TEST_F(PortalTest, without_an_address_of_its_own_it_names_the_one_it_was_asked_under) {
    auto content = full_team();
    content.portal.clear();
    tell(std::move(content));
    EXPECT_NE(get("/en/about").text.find("href=\"http://localhost:8080/mk/about\""), std::string::npos);
}

TEST_F(PortalTest, figures_are_shown_only_where_the_team_decided_so) {
    see(std::vector<std::pair<std::string, int>>(6, {"health", 10}));
    tell(full_team());
    EXPECT_NE(get("/en/statistics").text.find("does not publish figures"), std::string::npos);
    EXPECT_EQ(get("/en/").text.find("/en/statistics"), std::string::npos);
    auto content = full_team();
    content.figures = registry::PublicFigures::published;
    tell(std::move(content));
    auto const page = get("/en/statistics");
    EXPECT_NE(page.text.find("about 60 sightings"), std::string::npos) << page.text;
    EXPECT_NE(page.text.find("100 %"), std::string::npos);
    EXPECT_EQ(page.text.find("Example Organisation"), std::string::npos);
    EXPECT_NE(get("/en/").text.find("/en/statistics"), std::string::npos);
}

TEST_F(PortalTest, figures_of_few_are_not_shown) {
    see(std::vector<std::pair<std::string, int>>(4, {"health", 10}));
    auto content = full_team();
    content.figures = registry::PublicFigures::published;
    tell(std::move(content));
    auto const page = get("/en/statistics");
    EXPECT_NE(page.text.find("They are not shown"), std::string::npos);
    EXPECT_EQ(page.text.find("<table"), std::string::npos);
}

}  // namespace
}  // namespace kula::portal
