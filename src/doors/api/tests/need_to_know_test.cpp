// Proves: through no route of the contract, whatever id, filter, search, sort or cursor is tried, does anything come
// out that its caller may not know; a route that is added is tried with them.
#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>

#include "events/event_search.hpp"
#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::House;
using ::testing::Not;
using testing::Plain;

/// Two organisations, each with something seen, and something seen that is TLP:RED.
struct NeedToKnowSweep : House {
    NeedToKnowSweep() : House({.second_factor = access::SecondFactor::optional}) {}
    void SetUp() override {
        doors->open();
        own = add_organisation("Example Hospital Lakeside", {prefix("192.0.2.0/26")});
        other = add_organisation("Example Bank Hilltop", {prefix("192.0.2.64/26")});
        send(Method::put, "/api/v1/national-space", {{"prefixes", {"192.0.2.0/24"}}, {"as_numbers", Plain::array()}},
             {{"If-Match", "\"0\""}});
        list("example-list", "198.51.100.7\n198.51.100.8\n");
        other_proposal = proposal_of(other);
        auto const team = token;
        ana = signed_in("ana", "duty_analyst");
        checked("post", ask(Method::post, "/api/v1/indicators/import", {{"source", "secret-list"}, {"tlp", "red"}},
                            "198.51.100.77\n", {{"Content-Type", "text/plain"}}));
        red_indicator = first_id("/api/v1/indicators", {{"source", "secret-list"}});
        auto red = observation("198.51.100.77", "192.0.2.33");
        red.marking.tlp = base::Tlp::red;
        red.readers = *base::Readers::of({*base::Uuid::parse(ana.id)});
        red.sources = {"secret-list"};
        see({observation("198.51.100.7", "192.0.2.9"), observation("198.51.100.8", "192.0.2.70"), red});
        auto const listed = get("/api/v1/sightings").json;
        for (auto const& item : listed.at("items")) {
            auto const address = item.at("national_address").get<std::string>();
            auto& id = address == "192.0.2.9" ? own_sighting : address == "192.0.2.70" ? other_sighting : red_sighting;
            id = item.at("id").get<std::string>();
        }
        tell(
            {events::Json{{"classification.type", "phishing"}, {"source.ip", "192.0.2.10"}, {"extra.page", "own-page"}},
             events::Json{{"classification.type", "spam"},
                          {"source.ip", "192.0.2.71"},
                          {"malware.name", "othersbot"},
                          {"extra.tag", "others-tag"}}});
        own_event = first_id("/api/v1/events", {{"address", "192.0.2.10"}});
        other_event = first_id("/api/v1/events", {{"address", "192.0.2.71"}});
        tell({events::Json{{"classification.type", "other"},
                           {"source.ip", "192.0.2.34"},
                           {"malware.name", "secretbot"},
                           {"extra.tag", "secret-tag"}}},
             "secret-feed", {base::Tlp::red, base::Pap::red});
        auto everything = events::EventFilter{};
        everything.clearance = base::Clearance::everything();
        everything.source = "secret-feed";
        red_event = testing::opened(events::EventSearch(*database).list({everything})).items.at(0).id.text();
        boro = signed_in("boro", "duty_analyst");
        person = {};
        token = team;
    }

    /// Every answer to a read of this caller, with these values tried wherever a text goes.
    template <class Look>
    void try_everything(std::vector<std::string> const& values, Look const& look) {
        for (auto const& [path, item] : contract.contract().at("paths").items()) {
            // The stream is no text, the trail tells ids to those who read it, and the contract is the same for all.
            if (!item.contains("get") || path == "/api/v1/stream" || path == "/api/v1/journal" ||
                path == "/api/v1/openapi.json" || path == "/api/v1/docs")
                continue;
            for (auto const& target : targets(path, values)) {
                look(target, testing::Query{}, ask(Method::get, target));
                look(target, testing::Query{}, whole(target));
                for (auto const& parameter : parameters(item.at("get"))) {
                    for (auto const& value : values_for(parameter, values)) {
                        testing::Query const query{{parameter.at("name").template get<std::string>(), value}};
                        look(target, query, ask(Method::get, target, query));
                    }
                }
            }
        }
    }

    /// The list as a file, where it offers one.
    testing::Answer whole(std::string const& path) {
        auto answer = ask(Method::get, path, {}, {}, {{"Accept", "text/csv"}});
        while (answer.parts.next) {
            auto part = answer.parts.next();
            if (!part) break;
            answer.text += *part;
        }
        return answer;
    }

    /// None of the marks comes out that was not sent in.
    void expect_hidden(std::vector<std::string> const& values, std::vector<std::string> const& marks) {
        std::size_t answers = 0;
        try_everything(values,
                       [&](std::string const& path, testing::Query const& query, testing::Answer const& answer) {
                           answers += answer.status == 200 ? 1 : 0;
                           EXPECT_LT(answer.status, 500) << path;
                           auto const sent = path + (query.empty() ? "" : query.front().value);
                           for (auto const& mark : marks) {
                               if (sent.find(mark) != std::string::npos) continue;
                               EXPECT_THAT(answer.text, Not(HasSubstr(mark))) << path << ' ' << sent;
                           }
                       });
        EXPECT_GT(answers, 20U);  // It was let in somewhere.
    }

    /// What is hidden and what is not there have the same answer on every route with an id.
    void expect_alike(std::vector<std::string> const& hidden) {
        for (auto const& [path, item] : contract.contract().at("paths").items()) {
            if (path.find("{id}") == std::string::npos || !item.contains("get")) continue;
            auto const none = ask(Method::get, targets(path, {absent}).front());
            for (auto const& target : targets(path, hidden)) {
                auto const answer = ask(Method::get, target);
                EXPECT_EQ(answer.status, none.status) << target;
                EXPECT_EQ(answer.text, none.text) << target;
            }
        }
    }

    std::string own, other, other_proposal, own_sighting, other_sighting, red_sighting, red_indicator, own_event,
        other_event, red_event;
    SignedIn ana, boro;

private:
    static std::vector<std::string> targets(std::string const& path, std::vector<std::string> const& values) {
        auto const at = path.find('{');
        if (at == std::string::npos) return {path};
        std::vector<std::string> out;
        auto const end = path.find('}', at);
        for (auto const& value : values) {
            if (value.find('/') == std::string::npos) out.push_back(path.substr(0, at) + value + path.substr(end + 1));
        }
        return out;
    }
    [[nodiscard]] std::vector<Plain> parameters(Plain const& operation) const {
        std::vector<Plain> out;
        for (auto parameter : operation.value("parameters", Plain::array())) {
            if (parameter.contains("$ref"))
                parameter =
                    contract.contract().at(Plain::json_pointer(parameter.at("$ref").get<std::string>().substr(1)));
            if (parameter.at("in") == "query") out.push_back(parameter);
        }
        return out;
    }
    static std::vector<std::string> values_for(Plain const& parameter, std::vector<std::string> const& values) {
        auto out = values;
        for (auto const& choice : parameter.at("schema").value("enum", Plain::array()))
            out.push_back(choice.get<std::string>());
        return out;
    }
};

TEST_F(NeedToKnowSweep, finds_nothing_of_another_organisation_through_any_route) {
    token = token_with({"organisations.read", "sightings.read", "events.read"}, *base::Uuid::parse(own));
    expect_hidden({other, other_proposal, other_sighting, other_event, "Hilltop", "bank", "192.0.2.70", "192.0.2.71",
                   "192.0.2.64/26", "198.51.100.8", "othersbot", "others-tag", "example-feed", "none"},
                  {"Hilltop", "hilltop.example", other, other_proposal, other_sighting, other_event, "192.0.2.70",
                   "192.0.2.71", "192.0.2.64", "198.51.100.8", "othersbot", "others-tag", "example-feed", absent});
    expect_alike({other, other_proposal, other_sighting, red_sighting, red_indicator, other_event, red_event});
    EXPECT_EQ(get("/api/v1/events/summary").json.at("total"), 1);
    auto const event = get("/api/v1/events/" + own_event).json;
    EXPECT_EQ(event.at("fields").at("extra.page"), "own-page");
    EXPECT_EQ(event.at("event").at("feed"), nullptr) << "who told is for the team";
    for (auto const* name : {"feed", "delivery", "search"})
        EXPECT_EQ(ask(Method::get, "/api/v1/events", {{name, "example-feed"}}).status, 422) << name;
}

TEST_F(NeedToKnowSweep, finds_nothing_red_through_any_route) {
    token.clear();
    person = boro;
    expect_hidden({red_indicator, red_sighting, red_event, "secret-list", "secret-feed", "secretbot", "secret-tag",
                   "198.51.100.77", "192.0.2.33", "192.0.2.34", "1", "none"},
                  {"secret-list", "secret-feed", "secretbot", "secret-tag", red_indicator, red_sighting, red_event,
                   "198.51.100.77", "192.0.2.33", "192.0.2.34"});
    expect_alike({red_sighting, red_indicator, red_event});
    EXPECT_EQ(get("/api/v1/events/summary").json.at("total"), 2);
    EXPECT_EQ(get("/api/v1/sightings").json.at("totals").at("sightings"), 2);
    EXPECT_EQ(get("/api/v1/picture").json.at("totals").at("sightings"), 2);
    EXPECT_EQ(get("/api/v1/status").json.at("indicators").at("total"), 2);
    auto const organisation = get("/api/v1/organisations/" + own).json;
    EXPECT_EQ(organisation.at("sightings_24h"), 1);
}

TEST_F(NeedToKnowSweep, finds_nothing_red_for_a_program_or_the_head) {
    std::vector<std::string> const marks{"secret-list", red_indicator, red_sighting, "198.51.100.77", "192.0.2.33"};
    expect_hidden({red_indicator, red_sighting, "secret-list", "198.51.100.77"}, marks);
    person = signed_in("head", "head_of_team");
    expect_hidden({red_indicator, red_sighting, "secret-list", "198.51.100.77"}, marks);
}

/// Half of the hidden record's answers take longer than this, half are quicker.
std::chrono::nanoseconds median(std::vector<std::chrono::nanoseconds> times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

TEST_F(NeedToKnowSweep, answers_as_quickly_for_what_is_hidden_as_for_what_is_not_there) {
    token = token_with({"organisations.read", "sightings.read", "events.read"}, *base::Uuid::parse(own));
    for (auto const& [path, hidden] :
         {std::pair("/api/v1/organisations/", other), std::pair("/api/v1/sightings/", other_sighting),
          std::pair("/api/v1/events/", other_event)}) {
        std::vector<std::chrono::nanoseconds> of_hidden, of_absent;
        for (int round = 0; round < 300; ++round) {  // In turn, so that what disturbs disturbs both.
            for (auto* const times : {&of_hidden, &of_absent}) {
                auto const begin = std::chrono::steady_clock::now();
                ask(Method::get, path + (times == &of_hidden ? hidden : absent));
                times->push_back(std::chrono::steady_clock::now() - begin);
            }
        }
        // Far below what a network's own differences let anybody tell; a slow machine's answers all take longer.
        auto const absent_median = median(of_absent);
        auto const difference = median(of_hidden) - absent_median;
        std::chrono::nanoseconds const bound = std::max<std::chrono::nanoseconds>(200us, absent_median / 10);
        EXPECT_LT(std::chrono::abs(difference), bound) << path;
        RecordProperty(std::string("difference_ns") + (path[8] == 'o' ? "_organisation" : "_sighting"),
                       static_cast<int>(difference.count()));
    }
}

}  // namespace
}  // namespace kula::api
