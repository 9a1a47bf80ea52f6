#pragma once
/// @file
/// A small house with its doors: real rooms on SQLite in a folder of its own, a clock that stands still, and questions
/// asked without a socket between.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "api/doors.hpp"
#include "contract_check.hpp"

namespace kula::api::testing {

using Query = std::vector<net::Parameter>;
using HeaderFields = std::vector<std::pair<std::string, std::string>>;

struct Answer {
    int status = 0;
    Plain json{};
    std::string text{};
    net::Headers headers{};
    std::shared_ptr<net::EventStream> stream{};
    net::Parts parts{};
};

template <class T>
T opened(base::Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return std::move(*result);
}

class House : public ::testing::Test {
protected:
    explicit House(access::Options options = {}) {
        options.password_cost = {.memory_kib = 8, .passes = 1};
        std::string folder = (std::filesystem::temp_directory_path() / "kula-api-XXXXXX").string();
        folder_ = mkdtemp(folder.data());
        database = opened(storage::Database::open({folder_, {}, 2}, clock));
        journal = opened(journal::Journal::open(*database, clock));
        registry = opened(registry::Registry::open(*database, *journal, clock));
        access = opened(access::Access::open(*database, *journal, seals::SecretBox({}), clock, options));
        indicators = opened(indicators::Store::open(*database, *journal, clock));
        vulnerabilities = opened(vulnerabilities::Catalogue::open(*database, *journal, clock));
        sightings = opened(events::SightingStore::open(*database, clock));
        events = opened(events::EventStore::open(*database, clock));
        findings = opened(findings::Findings::open(*database, *journal, *registry, *vulnerabilities, clock));
        incidents::IsCommon const nothing_is = [](auto const&, auto const&) { return false; };
        incidents = opened(incidents::Incidents::open(*database, *journal, clock, nothing_is));
        triage = std::make_unique<incidents::Triage>(*database, *journal, clock, nothing_is);
        release_gate = opened(release::Gate::open(*database, *journal, *registry, clock, {}));
        outbox = opened(notify::Outbox::open(*database, *journal, *release_gate, clock, {"csirt.example"}));
        webhooks = std::make_unique<notify::Webhooks>(*database, *journal, *release_gate, *outbox, seals::SecretBox({}),
                                                      clock);
        aggregator = std::make_unique<events::SightingAggregator>(
            *sightings, [this] { return registry->attribution(); }, events::CountryOf(), clock);
        intake_room =
            opened(intake::Intake::open(*database, *journal, *events, *registry, *indicators, *vulnerabilities, clock));
        feeds = opened(intake::Feeds::open(*intake_room, *database, *journal, seals::SecretBox({}), clock));
        About about;
        about.version = "0.1.0";
        about.started_at = clock.now();
        about.snapshot_at = [this] { return std::optional(clock.now()); };
        doors = std::make_unique<Doors>(rooms(), about, desk);
        router = doors->router();
        token = token_with(access::Roles::shipped().permissions_of_tokens(access::Side::team));
    }
    ~House() override {
        doors.reset();
        feeds.reset();
        intake_room.reset();
        aggregator.reset();
        triage.reset();
        incidents.reset();
        findings.reset();
        events.reset();
        webhooks.reset();
        outbox.reset();
        release_gate.reset();
        sightings.reset();
        indicators.reset();
        access.reset();
        registry.reset();
        journal.reset();
        database.reset();
        std::filesystem::remove_all(folder_);
    }

    Rooms rooms() {
        return {*database,     *journal, *access,   *registry,        *indicators,  *sightings, *events,
                *release_gate, *outbox,  *webhooks, *aggregator,      *intake_room, *feeds,     nullptr,
                signing_key,   clock,    *findings, *vulnerabilities, *incidents,   *triage};
    }
    Answer ask(net::Method method, std::string const& path, Query query = {}, std::string body = {},
               HeaderFields const& headers = {}) {
        net::Request request;
        request.method = method;
        request.path = path;
        request.query = std::move(query);
        request.body = std::move(body);
        for (auto const& [name, value] : headers) request.headers.add(name, value);
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        if (token.empty() && !person.cookie.empty()) {
            request.headers.add("Cookie", person.cookie);
            request.headers.add("X-CSRF-Token", person.csrf);
        }
        std::vector<std::string> segments;
        for (std::size_t begin = 1; begin <= path.size();) {
            auto const end = std::min(path.find('/', begin), path.size());
            segments.push_back(path.substr(begin, end - begin));
            begin = end + 1;
        }
        auto outcome = router.find(method, segments);
        auto* const found = std::get_if<net::Router::Found>(&outcome);
        if (found == nullptr) return {404, {}, {}, {}, {}, {}};
        request.path_parameters = std::move(found->parameters);
        auto response = found->route->handler(request);
        Answer answer{static_cast<int>(net::number(response.status)), {}, {}, response.headers, {}, {}};
        if (auto* const text = std::get_if<std::string>(&response.body)) answer.text = *text;
        if (auto* const bytes = std::get_if<net::SharedBytes>(&response.body)) answer.text = bytes->bytes;
        if (auto* const stream = std::get_if<std::shared_ptr<net::EventStream>>(&response.body))
            answer.stream = *stream;
        if (auto* const parts = std::get_if<net::Parts>(&response.body)) answer.parts = std::move(*parts);
        answer.json = Plain::parse(answer.text, nullptr, false);
        pattern_ = found->route->pattern;
        return answer;
    }
    /// The secret of a service token that may do these things, of an organisation where one is told.
    std::string token_with(std::set<std::string, std::less<>> permissions,
                           std::optional<base::Uuid> organisation = std::nullopt) {
        return opened(access->make_token("test", std::move(permissions), organisation,
                                         clock.now() + std::chrono::days(1), base::Actor{"console"}))
            .secret;
    }
    /// Somebody who has signed in: `person = signed_in(…)` asks as them, while `token` is empty.
    struct SignedIn {
        std::string id, cookie, csrf;
    };
    /// With a password; where the house's options ask for a second factor, only so far.
    SignedIn signed_in(std::string const& name, std::string const& role,
                       std::optional<base::Uuid> organisation = std::nullopt) {
        auto const invited = opened(access->invite(
            {.name = name, .full_name = "Example " + name, .roles = {role}, .organisation = organisation},
            base::Actor{"console"}));
        token.clear();
        person = {};
        auto const begun = send(net::Method::post, "/api/v1/enrolment",
                                {{"link", invited.link.secret}, {"password", "seven tall watchtowers"}});
        EXPECT_EQ(begun.status, 200) << begun.text;
        std::string const set(begun.headers.find("Set-Cookie").value_or(""));
        person = {invited.user.id.text(), set.substr(0, set.find(';')), begun.json.value("csrf_token", "")};
        return person;
    }
    Answer get(std::string const& path, Query query = {}) {
        return checked("get", ask(net::Method::get, path, std::move(query)));
    }
    Answer send(net::Method method, std::string const& path, Plain const& body, HeaderFields headers = {}) {
        headers.emplace_back("Content-Type", "application/json");
        return checked(method == net::Method::post ? "post" : "put", ask(method, path, {}, body.dump(), headers));
    }

    /// The id of the first item of a list.
    std::string first_id(std::string const& path, Query query = {}) {
        return get(path, std::move(query)).json.at("items").at(0).at("id").get<std::string>();
    }
    /// The items of a list, over all its pages.
    std::vector<Plain> whole_list(std::string const& path, Query const& query) {
        std::vector<Plain> out;
        auto asked = query;
        for (int pages = 0; pages < 1000; ++pages) {
            auto const page = get(path, asked).json;
            for (auto const& item : page.at("items")) out.push_back(item);
            if (page.at("next").is_null()) return out;
            asked = query;
            asked.push_back({"cursor", page.at("next").get<std::string>()});
        }
        ADD_FAILURE() << path << " has no last page";
        return out;
    }
    /// One member of each item of a list, over all its pages.
    std::vector<std::string> texts_of(std::string const& member, std::string const& path, Query const& query) {
        std::vector<std::string> out;
        for (auto const& item : whole_list(path, query)) out.push_back(item.at(member).get<std::string>());
        return out;
    }

    /// Adds what is wrong by the contract to the test's failures.
    Answer checked(std::string const& method, Answer answer) {
        for (auto const& fault : contract.faults(pattern_, method, answer.status, answer.text)) {
            ADD_FAILURE() << method << ' ' << pattern_ << " (" << answer.status << "): " << fault;
        }
        return answer;
    }

    static Plain organisation(std::string const& name, Plain networks = Plain::array()) {
        return {{"name", name},
                {"short_name", nullptr},
                {"sector", "health"},
                {"networks", std::move(networks)},
                {"contacts", Plain::array()}};
    }
    static Plain prefix(std::string const& value) { return {{"kind", "prefix"}, {"value", value}}; }

    /// The organisation's id.
    std::string add_organisation(std::string const& name, Plain networks = Plain::array()) {
        auto const answer = send(net::Method::post, "/api/v1/organisations", organisation(name, std::move(networks)));
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer.json.value("id", "");
    }
    /// That somebody of the organisation wants another website: the proposal's id.
    std::string proposal_of(std::string const& organisation) {
        auto const id = *registry::OrganisationId::parse(organisation);
        auto const stored = opened(registry->find(id, base::Clearance::everything()));
        auto wanted = stored.content;
        wanted.website = "https://hilltop.example/";
        return opened(registry->propose(id, stored.record.version, wanted, "moved", base::Actor{"user:owner"}))
            .id.text();
    }
    /// That the team writes to somebody of the organisation: the mail's id.
    std::string message_to(std::string const& organisation) {
        auto const id = *registry::OrganisationId::parse(organisation);
        auto stored = opened(registry->find(id, base::Clearance::everything()));
        stored.content.contacts.push_back({"Example SOC", "security", "soc@bank.example"});
        opened(registry->replace(id, stored.record.version, stored.content, {}, base::Actor{"user:owner"}));
        notify::Draft draft{id, {{"security"}, {}}, {}};
        draft.letter.marking = {base::Tlp::green, base::Pap::clear};
        draft.letter.subject = draft.letter.text = "Open resolver";
        draft.letter.language = "en";
        return opened(outbox->write(draft, base::Actor{"user:analyst"})).front().id.text();
    }
    /// The person's id.
    std::string add_user(std::string const& name) {
        return opened(access->invite({.name = name, .full_name = "Example Analyst", .roles = {"duty_analyst"}},
                                     base::Actor{"console"}))
            .user.id.text();
    }
    /// A CSV file that came: the delivery's id.
    std::string deliver(std::string const& content, std::string const& name = "report.csv") {
        auto writer = opened(intake_room->begin());
        EXPECT_TRUE(writer.add(std::as_bytes(std::span(content))).has_value());
        auto const blob = opened(writer.finish());
        return opened(intake_room->read({name, "example", *intake::Mappings::shipped().find("csv")}, blob)).id;
    }
    Answer list(std::string const& source, std::string const& lines) {
        return checked("post", ask(net::Method::post, "/api/v1/indicators/import", {{"source", source}}, lines,
                                   {{"Content-Type", "text/plain"}}));
    }
    static events::Observation observation(std::string const& indicator, std::string const& national,
                                           std::uint64_t flows = 1) {
        events::Observation seen;
        seen.indicator = indicator;
        seen.kind = "address";
        seen.matched = indicator;
        seen.peer = national;
        seen.direction = events::Direction::outbound;
        seen.side = events::Side::destination;
        seen.protocol = 6;
        seen.port = 443;
        seen.flows = flows;
        seen.packets = flows * 3;
        seen.bytes = flows * 100;
        seen.first = seen.last = start;
        seen.sources = {"example-list"};
        return seen;
    }
    void see(std::vector<events::Observation> const& observations) {
        aggregator->add(observations);
        auto const flushed = aggregator->flush();
        EXPECT_TRUE(flushed) << flushed.error().detail;
    }

    /// That a feed told of this, flat by the names of fields.
    void tell(std::vector<events::Json> const& all, std::string const& feed = "example-feed",
              base::Marking marking = {}) {
        std::vector<events::ToldEvent> told;
        for (auto const& fields : all) {
            events::Event event;
            for (auto const& [name, value] : fields.items()) {
                auto const set = event.set(name, value);
                EXPECT_TRUE(set) << set.error().detail;
            }
            told.push_back({std::move(event), told.size() + 1});
        }
        auto const kept = database->write(storage::Priority::bulk, [&](storage::Session& session) {
            return events->add(session, {feed, absent, clock.now(), marking}, told, *registry->attribution());
        });
        EXPECT_TRUE(kept) << kept.error().detail;
    }

    static inline base::Instant const start = *base::parse_instant("2026-11-21T10:20:30Z");
    /// An id that nothing has.
    static inline std::string const absent = "01930b2e-6c00-7000-8000-00000000ffff";
    base::ManualClock clock{start};
    seals::SigningKey const signing_key = seals::SigningKey::generate();
    ContractCheck contract;
    std::vector<net::Asset> desk{{"index.html", "<html>", {}, "d1"}};
    std::unique_ptr<storage::Database> database;
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<access::Access> access;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<indicators::Store> indicators;
    std::unique_ptr<vulnerabilities::Catalogue> vulnerabilities;
    std::unique_ptr<release::Gate> release_gate;
    std::unique_ptr<notify::Outbox> outbox;
    std::unique_ptr<notify::Webhooks> webhooks;
    std::unique_ptr<events::SightingStore> sightings;
    std::unique_ptr<events::EventStore> events;
    std::unique_ptr<events::SightingAggregator> aggregator;
    std::unique_ptr<intake::Intake> intake_room;
    std::unique_ptr<intake::Feeds> feeds;
    std::unique_ptr<incidents::Triage> triage{};
    std::unique_ptr<incidents::Incidents> incidents;
    std::unique_ptr<findings::Findings> findings;
    std::unique_ptr<Doors> doors;
    net::Router router;
    std::string token;  ///< Of whoever asks; empty for `person`, or nobody.
    SignedIn person;

private:
    std::filesystem::path folder_;
    std::string pattern_;
};

}  // namespace kula::api::testing
