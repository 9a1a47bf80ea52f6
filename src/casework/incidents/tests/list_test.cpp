// Which incidents a list tells, and in which order.

#include <gmock/gmock.h>

#include "incident_house.hpp"
#include "incidents/incidents.hpp"

namespace kula::incidents {
namespace {

using testing::analyst;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using testing::person;
using testing::ransomware;

class IncidentLists : public testing::IncidentHouse {
protected:
    void SetUp() override {
        IncidentHouse::SetUp();
        if (IsSkipped()) return;
        auto phishing = ransomware();
        phishing.title = "Лажна страница на Пример Банка";
        phishing.rsit_class = "fraud";
        phishing.rsit_type = "phishing";
        phishing.severity = Severity::medium;
        phishing.sectors = {"banking"};
        phishing.tags = {"Lure_1"};
        phishing.lead = person(2);
        open("hospital");
        add(phishing);
        auto small = ransomware();
        small.title = "small";
        small.severity = Severity::low;
        small.sectors.clear();
        auto const closed = add(small);
        ASSERT_TRUE(incidents->take_step(closed.id, 1, "closed", "done", analyst()).has_value());
    }
    Incident add(IncidentContent const& content) {
        clock.advance(std::chrono::seconds(1));
        return incidents->open_one(content, analyst()).value();
    }
    [[nodiscard]] std::vector<std::string> titles(IncidentQuery query) const {
        query.clearance = analyst().clearance;
        std::vector<std::string> out;
        for (auto const& each : incidents->list(query).value().items) out.push_back(each.content.title);
        return out;
    }
};
KULA_ON_BOTH_DATABASES(IncidentLists);

TEST_P(IncidentLists, filter) {
    std::string const bank = "Лажна страница на Пример Банка";
    EXPECT_THAT(titles({}), ElementsAre("small", bank, "hospital"));
    EXPECT_THAT(titles({.states = {"closed"}}), ElementsAre("small"));
    EXPECT_THAT(titles({.open = true}), ElementsAre(bank, "hospital"));
    EXPECT_THAT(titles({.open = false}), ElementsAre("small"));
    EXPECT_THAT(titles({.severity = Severity::high}), ElementsAre("hospital"));
    EXPECT_THAT(titles({.rsit_class = "fraud"}), ElementsAre(bank));
    EXPECT_THAT(titles({.rsit_type = "phishing"}), ElementsAre(bank));
    EXPECT_THAT(titles({.lead = person(2)}), ElementsAre(bank));
    EXPECT_THAT(titles({.without_lead = true}), ElementsAre("small", "hospital"));
    EXPECT_THAT(titles({.sector = "health"}), ElementsAre("hospital"));
    EXPECT_THAT(titles({.sector = "heal"}), IsEmpty());
    EXPECT_THAT(titles({.without_sector = true}), ElementsAre("small"));
    EXPECT_THAT(titles({.tag = "LURE_1"}), ElementsAre(bank));
    EXPECT_THAT(titles({.tag = "lure%"}), IsEmpty());
    EXPECT_THAT(titles({.search = "primer lazna"}), ElementsAre(bank)) << "in whatever script";
    EXPECT_THAT(titles({.search = "2026-000001"}), ElementsAre("hospital"));
    EXPECT_THAT(titles({.search = "lure_1"}), ElementsAre(bank));
    EXPECT_THAT(titles({.search = "%"}), IsEmpty());
}

TEST_P(IncidentLists, count_as_if_no_state_were_asked_for) {
    auto const page = incidents->list({.states = {"closed"}, .clearance = analyst().clearance}).value();
    EXPECT_EQ(page.total, 1);
    EXPECT_EQ(page.open, 2);
    EXPECT_THAT(page.states, ElementsAre(Pair("closed", 1), Pair("open", 2)));
    EXPECT_EQ(incidents->list({.open = true, .clearance = analyst().clearance}).value().total, 2);
}

TEST_P(IncidentLists, come_in_pages_in_every_order) {
    for (auto const sort :
         {IncidentSort::changed, IncidentSort::changed_descending, IncidentSort::opened,
          IncidentSort::opened_descending, IncidentSort::severity, IncidentSort::severity_descending}) {
        IncidentQuery query{.sort = sort, .limit = 2, .clearance = analyst().clearance};
        auto const first = incidents->list(query).value();
        query.cursor = first.next;
        auto const second = incidents->list(query).value();
        ASSERT_EQ(first.items.size(), 2u);
        ASSERT_EQ(second.items.size(), 1u);
        EXPECT_THAT(second.next, IsEmpty());
        std::vector<std::string> paged{first.items[0].content.title, first.items[1].content.title,
                                       second.items[0].content.title};
        EXPECT_EQ(paged, titles({.sort = sort}));
    }
    EXPECT_THAT(titles({.sort = IncidentSort::severity}),
                ElementsAre("small", "Лажна страница на Пример Банка", "hospital"));
    EXPECT_FALSE(incidents->list({.cursor = "x"}).has_value());
    EXPECT_FALSE(incidents->list({.limit = 0}).has_value());
    EXPECT_FALSE(incidents->list({.search = std::string(201, 'a')}).has_value());
}

}  // namespace
}  // namespace kula::incidents
