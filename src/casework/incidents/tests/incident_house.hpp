#pragma once
// Incidents on both databases.

#include <memory>
#include <string>
#include <vector>

#include "incidents/incidents.hpp"
#include "storage_testing/twins.hpp"

namespace kula::incidents::testing {

inline base::Uuid person(int number) {
    return *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000000" + std::to_string(number));
}

inline base::Actor analyst(int number = 1) {
    return {"user:" + person(number).text(), {}, {}, base::Clearance::of_team(person(number))};
}

inline IncidentContent ransomware() {
    IncidentContent out;
    out.title = "Ransomware at Example Hospital";
    out.rsit_class = "malicious-code";
    out.rsit_type = "infected-system";
    out.severity = Severity::high;
    out.sectors = {"health"};
    return out;
}

class IncidentHouse : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        journal = journal::Journal::open(database(), clock).value();
        incidents = Incidents::open(database(), *journal, clock, [](std::string const& kind, std::string const& value) {
                        return kind == "domain" && value == "common.example";
                    }).value();
    }
    void TearDown() override {
        incidents.reset();
        journal.reset();
        Twins::TearDown();
    }
    Incident open(std::string title = {}, base::Actor const& actor = analyst()) {
        auto content = ransomware();
        if (!title.empty()) content.title = std::move(title);
        clock.advance(std::chrono::seconds(1));
        return incidents->open_one(content, actor).value();
    }
    [[nodiscard]] IncidentStory story(IncidentId id, base::Actor const& actor = analyst()) const {
        return incidents->story(id, actor.clearance).value();
    }
    /// Newest first.
    [[nodiscard]] std::vector<EntryKind> kinds(IncidentId id) const {
        std::vector<EntryKind> out;
        for (auto const& entry : story(id).timeline.items) out.push_back(entry.kind);
        return out;
    }
    [[nodiscard]] std::vector<std::string> deeds() const {
        std::vector<std::string> out;
        for (auto const& entry : journal->list({.order = journal::EntryOrder::oldest_first}).value().items)
            out.push_back(entry.fact.deed);
        return out;
    }

    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Incidents> incidents;
};

}  // namespace kula::incidents::testing
