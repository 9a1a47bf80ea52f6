#pragma once
// A registry on both databases, and what its tests ask again and again.

#include <string>
#include <vector>

#include "registry/registry.hpp"
#include "storage_testing/twins.hpp"

namespace kula::registry::testing {

class RegistryHouse : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start();
    }
    void TearDown() override {
        registry.reset();
        journal.reset();
        Twins::TearDown();
    }
    void start() {
        auto opened_journal = journal::Journal::open(database(), clock);
        ASSERT_TRUE(opened_journal.has_value()) << opened_journal.error().detail;
        journal = std::move(*opened_journal);
        auto opened = Registry::open(database(), *journal, clock);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        registry = std::move(*opened);
    }
    void restart() {
        registry.reset();
        journal.reset();
        reopen();
        start();
    }
    static OrganisationContent content(std::string name, std::vector<std::string> const& networks = {}) {
        OrganisationContent out;
        out.name = std::move(name);
        for (auto const& text : networks) out.networks.push_back(*Network::parse(text));
        return out;
    }
    Organisation make(std::string name, std::vector<std::string> const& networks = {}) {
        return registry->create(content(std::move(name), networks), {}, desk).value();
    }
    Organisation stored(OrganisationId id) { return registry->find(id, base::Clearance::everything()).value(); }
    ImportReport import(ImportFormat format, std::string_view text, ImportMode mode = ImportMode::apply) {
        return registry->import(format, text, importer, mode).value();
    }
    std::vector<std::string> trail() {
        std::vector<std::string> out;
        for (auto const& entry : journal->list({}).value().items)
            out.push_back(entry.actor + ' ' + entry.fact.deed + ' ' + entry.fact.subject);
        return out;
    }

    base::Actor const desk{"desk", "192.0.2.1"};
    base::Actor const importer{"import:test"};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Registry> registry;
};

}  // namespace kula::registry::testing
