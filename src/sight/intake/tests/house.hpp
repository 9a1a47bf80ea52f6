#pragma once
// Intake and the rooms below it, on both databases, and deliveries to read.

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "intake/intake.hpp"
#include "storage_testing/twins.hpp"

namespace kula::intake::testing {

inline constexpr auto report =
    "source.ip,classification.type\n192.0.2.1,scanner\nnonsense,weather\n192.0.2.1,scanner\n192.0.2.2,spam\n";

class House : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start();
    }
    void TearDown() override {
        stop();
        Twins::TearDown();
    }
    void stop() {
        intake.reset();
        events.reset();
        vulnerabilities.reset();
        indicators.reset();
        registry.reset();
        journal.reset();
    }
    void start() {
        journal = journal::Journal::open(database(), clock).value();
        registry = registry::Registry::open(database(), *journal, clock).value();
        indicators = indicators::Store::open(database(), *journal, clock).value();
        vulnerabilities = vulnerabilities::Catalogue::open(database(), *journal, clock).value();
        events = events::EventStore::open(database(), clock).value();
        auto opened = Intake::open(database(), *journal, *events, *registry, *indicators, *vulnerabilities, clock);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        intake = std::move(*opened);
    }
    static Mapping mapping_of(std::string const& name) {
        if (auto const shipped = Mappings::shipped().find(name)) return *shipped;
        auto const told =
            R"({"name": ")" + name + R"(", "reads": {"form": "csv"}, "columns": {"source.ip": "source.ip"}})";
        return Mapping::parse(told).value();
    }
    storage::Blob blob_of(std::string_view content) {
        auto writer = intake->begin().value();
        EXPECT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
        return writer.finish().value();
    }
    DeliveryAccount read(std::string_view content, std::string const& source = "example",
                         std::string const& mapping = "csv") {
        auto account = intake->read({"report.csv", source, mapping_of(mapping)}, blob_of(content));
        EXPECT_TRUE(account.has_value()) << account.error().detail;
        EXPECT_EQ(account->rows, account->accepted + account->duplicates + account->quarantined);
        return *account;
    }
    std::vector<std::string> quarantined() {
        std::vector<std::string> out;
        EXPECT_TRUE(intake
                        ->each_quarantined([&](QuarantinedRow const& row) {
                            out.push_back(std::to_string(row.row) + '@' + std::to_string(row.line) + ' ' + row.reason +
                                          ' ' + row.raw_base64);
                            return true;
                        })
                        .has_value());
        return out;
    }
    std::size_t stored() {
        std::size_t count = 0;
        EXPECT_TRUE(events->each({}, [&](events::StoredEvent const&) { return ++count, true; }).has_value());
        return count;
    }

    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<indicators::Store> indicators;
    std::unique_ptr<vulnerabilities::Catalogue> vulnerabilities;
    std::unique_ptr<events::EventStore> events;
    std::unique_ptr<Intake> intake;
};

}  // namespace kula::intake::testing
