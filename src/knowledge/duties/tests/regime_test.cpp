// Regimes that are shipped say what they must; of one that is broken, the file and the place are named.

#include "duties/regime.hpp"

#include <gtest/gtest.h>

#include <set>

#include <nlohmann/json.hpp>

#include "duties/working_calendar.hpp"
#include "shipped_data.hpp"

namespace kula::duties {
namespace {

using Json = nlohmann::json;

class Shipped_regime : public ::testing::TestWithParam<std::string> {
protected:
    [[nodiscard]] static Regime const& regime() { return *shipped_regime(GetParam()); }
};

/// Walks all of it: wherever there is a text in one language, it is in all three, and they differ.
void expect_three_languages(Json const& json, std::string const& path) {
    if (json.is_object() && (json.contains("en") || json.contains("mk") || json.contains("sq"))) {
        EXPECT_EQ(json.size(), 3U) << path;
        for (auto const* const language : {"en", "mk", "sq"})
            EXPECT_FALSE(json.value(language, "").empty()) << path << ' ' << language;
        return;
    }
    if (!json.is_structured()) return;
    for (auto const& entry : json.items()) expect_three_languages(entry.value(), path + "/" + entry.key());
}

TEST_P(Shipped_regime, is_in_three_languages) {
    expect_three_languages(Json::parse(shipped_data("regimes/" + GetParam() + ".json")), GetParam());
    expect_three_languages(Json::parse(shipped_data("regimes/questions.json")), "questions");
}

TEST_P(Shipped_regime, has_questions_and_recipients_for_each_stage) {
    for (auto const& stage : regime().stages) {
        EXPECT_FALSE(stage.to.empty()) << stage.id;
        std::set<std::string> ids;
        bool is_any_required = false;
        for (auto const& question : stage.questions) {
            EXPECT_TRUE(ids.insert(question.id).second) << stage.id << ' ' << question.id;
            is_any_required = is_any_required || question.required;
        }
        EXPECT_TRUE(is_any_required) << stage.id;
    }
}

TEST_P(Shipped_regime, names_the_article_of_each_rule_and_threshold) {
    EXPECT_FALSE(regime().thresholds.empty());
    for (auto const& threshold : regime().thresholds) EXPECT_NE(threshold.article.find("23(3)"), std::string::npos);
    for (auto const& stage : regime().stages) {
        for (auto const& rule : stage.rules) EXPECT_FALSE(rule.article.empty()) << stage.id;
    }
}

TEST_P(Shipped_regime, has_a_stage_for_every_notice) {
    for (auto const notice : {Notice::incident, Notice::near_miss, Notice::threat, Notice::voluntary}) {
        auto const has = [&](Stage const& stage) {
            return std::find(stage.notices.begin(), stage.notices.end(), notice) != stage.notices.end();
        };
        EXPECT_TRUE(std::any_of(regime().stages.begin(), regime().stages.end(), has)) << to_text(notice);
    }
}

TEST_P(Shipped_regime, has_the_stages_of_nis2) {
    auto const& nis2 = *shipped_regime("nis2");
    for (auto const* const id : {"early_warning", "notification", "intermediate_report", "progress_report",
                                 "final_report", "csirt_answer", "voluntary_notice", "voluntary_answer"}) {
        auto const* const stage = regime().stage(id);
        ASSERT_NE(stage, nullptr) << id;
        EXPECT_EQ(stage->owed_by, nis2.stage(id)->owed_by) << id;
    }
}

INSTANTIATE_TEST_SUITE_P(of_each, Shipped_regime, ::testing::Values("nis2", "mk", "al"),
                         [](auto const& id) { return id.param; });

TEST(Shipped_regimes, are_confirmed_where_the_law_is_the_source_itself) {
    EXPECT_EQ(shipped_regimes().size(), 3U);
    EXPECT_FALSE(shipped_regime("nis2")->to_be_confirmed);
    EXPECT_TRUE(shipped_regime("mk")->to_be_confirmed);
    EXPECT_TRUE(shipped_regime("al")->to_be_confirmed);
    EXPECT_EQ(shipped_regime("nis2")->country, "");
    EXPECT_EQ(shipped_regime("mk")->country, "mk");
    EXPECT_EQ(shipped_regime("al")->country, "al");
    EXPECT_EQ(shipped_regime("zz"), nullptr);
}

TEST(Shipped_regimes, leave_no_question_unasked) {
    std::set<std::string> asked;
    for (auto const& each : shipped_regimes()) {
        for (auto const& stage : each.stages) {
            for (auto const& question : stage.questions) asked.insert(question.id);
        }
    }
    auto const shipped = Json::parse(shipped_data("regimes/questions.json"));
    for (auto const& question : shipped.at("questions"))
        EXPECT_EQ(asked.count(question.at("id").get<std::string>()), 1U) << question.at("id");
}

TEST(Words_of_regimes, are_read_as_they_are_written) {
    for (auto const notice : {Notice::incident, Notice::near_miss, Notice::threat, Notice::voluntary})
        EXPECT_EQ(parse_notice(to_text(notice)), notice);
    for (auto const owner : {Owner::entity, Owner::csirt}) EXPECT_EQ(parse_owner(to_text(owner)), owner);
    for (auto const kind : {FactKind::became_aware, FactKind::received, FactKind::submitted, FactKind::requested,
                            FactKind::cross_border, FactKind::ongoing, FactKind::handled, FactKind::reopened})
        EXPECT_EQ(parse_fact_kind(to_text(kind)), kind);
    for (auto const kind :
         {QuestionKind::text, QuestionKind::choice, QuestionKind::number, QuestionKind::datetime, QuestionKind::yes_no})
        EXPECT_EQ(parse_question_kind(to_text(kind)), kind);
    EXPECT_EQ(parse_notice("accident"), std::nullopt);
    EXPECT_EQ(to_text(Trigger{FactKind::received, "early_warning"}), "received:early_warning");
    EXPECT_EQ(to_text(Trigger{FactKind::handled}), "handled");
}

/// What is said of nis2.json when a value at `pointer` in it is another; an empty one takes it out.
std::string said_of(char const* pointer, Json const& value) {
    auto json = Json::parse(shipped_data("regimes/nis2.json"));
    Json::json_pointer const place(pointer);
    if (value.is_discarded())
        json.at(place.parent_pointer()).erase(place.back());
    else
        json[place] = value;
    auto const regime = parse_regime("regimes/x.json", json.dump(), shipped_data("regimes/questions.json"));
    return regime ? "nothing" : regime.error().detail;
}

TEST(A_regime, that_is_broken_says_where) {
    Json const gone(Json::value_t::discarded);
    EXPECT_EQ(said_of("/version", 2), "nothing");
    EXPECT_EQ(said_of("/name/sq", gone), "regimes/x.json: name: must have the member sq");
    EXPECT_EQ(said_of("/name/mk", ""), "regimes/x.json: name.mk: must be a text that is not empty");
    EXPECT_EQ(said_of("/stages", gone), "regimes/x.json: must have the member stages");
    EXPECT_EQ(said_of("/stage", 1), "regimes/x.json: has the member stage, which means nothing here");
    EXPECT_EQ(said_of("/stages/0/rules/0/within/hours", "24"),
              "regimes/x.json: stages[0].rules[0].within.hours: must be a whole number from 1 to 10000");
    EXPECT_EQ(said_of("/stages/0/rules/0/within/hours", 0),
              "regimes/x.json: stages[0].rules[0].within.hours: must be a whole number from 1 to 10000");
    EXPECT_EQ(said_of("/stages/0/rules/0/within/months", 1),
              "regimes/x.json: stages[0].rules[0].within: must have one of hours, working_days and months");
    EXPECT_EQ(said_of("/stages/0/rules", 7), "regimes/x.json: stages[0].rules: must be an array");
    EXPECT_EQ(said_of("/stages/0/id", "Early"), "regimes/x.json: stages[0].id: must be of small letters, digits and _");
    EXPECT_EQ(said_of("/stages/1/id", "early_warning"),
              "regimes/x.json: stages[1].id: there is a early_warning already");
    EXPECT_EQ(said_of("/stages/0/owed_by", "us"), "regimes/x.json: stages[0].owed_by: must be entity or csirt");
    EXPECT_EQ(said_of("/stages/0/notices", Json::array()), "regimes/x.json: stages[0].notices: must not be empty");
    EXPECT_EQ(said_of("/stages/0/notices/0", "accident"),
              "regimes/x.json: stages[0].notices[0]: must be incident, near_miss, threat or voluntary");
    EXPECT_EQ(said_of("/rolls_to_working_day", "yes"), "regimes/x.json: rolls_to_working_day: must be true or false");
    EXPECT_EQ(said_of("/country", "zz"), "regimes/x.json: country: there is no calendar of zz");
}

TEST(A_regime, that_refers_to_what_there_is_not_says_where) {
    EXPECT_EQ(said_of("/stages/0/to/0", "police"), "regimes/x.json: stages[0].to[0]: there is no recipient police");
    EXPECT_EQ(said_of("/stages/0/also_met_by/0", "report"),
              "regimes/x.json: stages[0].also_met_by[0]: there is no stage report");
    EXPECT_EQ(said_of("/stages/0/asks/0/id", "weather"),
              "regimes/x.json: stages[0].asks[0].id: there is no question weather");
    EXPECT_EQ(said_of("/stages/0/asks/1/id", "contact"),
              "regimes/x.json: stages[0].asks[1].id: there is a contact already");
    EXPECT_EQ(said_of("/stages/2/rules/0/entities/0", "bank"),
              "regimes/x.json: stages[2].rules[0].entities[0]: there is no kind of entity bank");
    EXPECT_EQ(said_of("/stages/1/rules/0/from", "received:letter"),
              "regimes/x.json: stages[1].rules[0].from: there is no stage letter");
    EXPECT_EQ(said_of("/ongoing_at/from", "submitted:letter"),
              "regimes/x.json: ongoing_at.from: there is no stage letter");
    EXPECT_EQ(said_of("/ongoing_at", Json(Json::value_t::discarded)),
              "regimes/x.json: stages[4].rules[0].if_ongoing: needs ongoing_at");
    for (auto const* const from :
         {"submitted", "handled:notification", "reopened", "tomorrow", "requested:notification"})
        EXPECT_EQ(said_of("/stages/0/rules/0/from", from),
                  "regimes/x.json: stages[0].rules[0].from: must be became_aware, cross_border, handled, requested, "
                  "received:<stage> or submitted:<stage>");
}

TEST(Questions, that_are_broken_say_where) {
    auto const said = [](std::string const& questions) {
        return parse_regime("regimes/x.json", shipped_data("regimes/nis2.json"), questions).error().detail;
    };
    auto const of_kind = [&](std::string const& kind, std::string const& more) {
        return said(R"({"about": "", "questions": [{"id": "a", "kind": ")" + kind +
                    R"(", "label": {"en": "a", "mk": "а", "sq": "a"})" + more + "}]}");
    };
    EXPECT_EQ(of_kind("letter", ""),
              "regimes/questions.json: questions[0].kind: must be text, choice, number, datetime or yes_no");
    EXPECT_EQ(of_kind("choice", ""),
              "regimes/questions.json: questions[0]: must have two choices at least where it is "
              "a choice, and none where it is not");
    EXPECT_EQ(of_kind("text", R"(, "choices": [{"id": "b", "name": {"en": "b"}}])"),
              "regimes/questions.json: questions[0].choices[0].name: must have the member mk");
    EXPECT_EQ(said("[").substr(0, 24), "regimes/questions.json: ");
    EXPECT_EQ(said("[]"), "regimes/questions.json: must be an object");
}

}  // namespace
}  // namespace kula::duties
