#include <fmt/format.h>

#include <algorithm>

#include "duties/regime.hpp"
#include "duties/working_calendar.hpp"
#include "json_place.hpp"

namespace kula::duties {
namespace {

template <class Entry>
bool has_id(std::vector<Entry> const& entries, std::string_view id) {
    return std::any_of(entries.begin(), entries.end(), [id](Entry const& entry) { return entry.id == id; });
}

/// A new entry; its id is at `place`.
template <class Entry>
void add(std::vector<Entry>& entries, Entry entry, JsonPlace const& place) {
    if (has_id(entries, entry.id)) place.wrong(fmt::format("there is a {} already", entry.id));
    entries.push_back(std::move(entry));
}

/// Ids of entries that there are.
template <class Entry>
std::vector<std::string> references(std::vector<JsonPlace> const& places, std::vector<Entry> const& entries,
                                    std::string_view what) {
    std::vector<std::string> out;
    for (auto const& place : places) {
        out.push_back(place.id());
        if (!has_id(entries, out.back())) place.wrong(fmt::format("there is no {} {}", what, out.back()));
    }
    return out;
}

std::vector<Term> terms_of(std::vector<JsonPlace> const& places) {
    std::vector<Term> out;
    for (auto const& place : places) {
        place.expect_members({"id", "name"});
        add(out, {place.at("id").id(), place.at("name").words()}, place.at("id"));
    }
    return out;
}

Question question_of(JsonPlace const& place) {
    place.expect_members({"id", "kind", "label"}, {"hint", "choices"});
    auto const kind = parse_question_kind(place.text("kind"));
    if (!kind) place.at("kind").wrong("must be text, choice, number, datetime or yes_no");
    Question question{place.at("id").id(), *kind, false, place.at("label").words()};
    if (auto const hint = place.find("hint")) question.hint = hint->words();
    question.choices = terms_of(place.entries("choices"));
    if (question.kind == QuestionKind::choice ? question.choices.size() < 2 : !question.choices.empty())
        place.wrong("must have two choices at least where it is a choice, and none where it is not");
    return question;
}

std::vector<Question> catalogue_of(JsonPlace const& file) {
    file.expect_members({"about", "questions"});
    std::vector<Question> out;
    for (auto const& place : file.entries("questions")) add(out, question_of(place), place.at("id"));
    return out;
}

Period period_of(JsonPlace const& place) {
    place.expect_members({}, {"hours", "working_days", "months"});
    std::vector<Period> found;
    for (auto const& [member, unit] : {std::pair("hours", PeriodUnit::hours),
                                       {"working_days", PeriodUnit::working_days},
                                       {"months", PeriodUnit::months}}) {
        if (auto const count = place.find(member)) found.push_back({unit, count->number(1, 10'000)});
    }
    if (found.size() != 1) place.wrong("must have one of hours, working_days and months");
    return found.front();
}

/// `own` is the stage that the rule is of: what is done on request is requested itself.
Trigger trigger_of(JsonPlace const& place, std::string const& own) {
    auto const text = place.text();
    auto const colon = text.find(':');
    auto const kind = parse_fact_kind(text.substr(0, colon));
    Trigger trigger{kind.value_or(FactKind::ongoing), colon == std::string::npos ? "" : text.substr(colon + 1)};
    if (kind == FactKind::requested && trigger.stage.empty()) {
        trigger.stage = own;
        return trigger;
    }
    bool const may_start = kind && *kind != FactKind::requested && *kind != FactKind::ongoing &&
                           *kind != FactKind::reopened && is_of_stage(*kind) != trigger.stage.empty();
    if (!may_start)
        place.wrong("must be became_aware, cross_border, handled, requested, received:<stage> or submitted:<stage>");
    return trigger;
}

Rule rule_of(JsonPlace const& place, Regime const& regime, std::string const& own) {
    place.expect_members({"article", "from"}, {"entities", "if_ongoing", "within"});
    Rule rule{place.text("article"), references(place.entries("entities"), regime.who_must, "kind of entity")};
    if (auto const is_ongoing = place.find("if_ongoing")) rule.if_ongoing = is_ongoing->truth();
    if (rule.if_ongoing && !regime.ongoing_at) place.at("if_ongoing").wrong("needs ongoing_at");
    rule.from = trigger_of(place.at("from"), own);
    if (auto const within = place.find("within")) rule.within = period_of(*within);
    return rule;
}

std::vector<Question> asked_of(std::vector<JsonPlace> const& places, std::vector<Question> const& catalogue) {
    std::vector<Question> out;
    for (auto const& place : places) {
        place.expect_members({"id"}, {"required"});
        auto const id = references({place.at("id")}, catalogue, "question").front();
        auto question =
            *std::find_if(catalogue.begin(), catalogue.end(), [&](auto const& each) { return each.id == id; });
        if (auto const required = place.find("required")) question.required = required->truth();
        add(out, std::move(question), place.at("id"));
    }
    return out;
}

Stage stage_of(JsonPlace const& place, Regime const& regime, std::vector<Question> const& catalogue) {
    place.expect_members({"id", "name", "owed_by", "notices", "to", "rules", "asks"}, {"also_met_by"});
    Stage stage{place.at("id").id(), place.at("name").words()};
    auto const owner = parse_owner(place.text("owed_by"));
    if (!owner) place.at("owed_by").wrong("must be entity or csirt");
    stage.owed_by = *owner;
    for (auto const& each : place.entries("notices")) {
        auto const notice = parse_notice(each.text());
        if (!notice) each.wrong("must be incident, near_miss, threat or voluntary");
        stage.notices.push_back(*notice);
    }
    if (stage.notices.empty()) place.at("notices").wrong("must not be empty");
    stage.to = references(place.entries("to"), regime.recipients, "recipient");
    for (auto const& each : place.entries("rules")) stage.rules.push_back(rule_of(each, regime, stage.id));
    stage.questions = asked_of(place.entries("asks"), catalogue);
    return stage;
}

/// Stages may name such as come later.
void check_stages(JsonPlace const& file, Regime& regime) {
    auto const check = [&](Trigger const& trigger, JsonPlace const& place) {
        if (is_of_stage(trigger.kind) && regime.stage(trigger.stage) == nullptr)
            place.wrong(fmt::format("there is no stage {}", trigger.stage));
    };
    if (regime.ongoing_at) check(regime.ongoing_at->from, file.at("ongoing_at").at("from"));
    auto const places = file.entries("stages");
    for (std::size_t i = 0; i < places.size(); ++i) {
        auto& stage = regime.stages[i];
        stage.also_met_by = references(places[i].entries("also_met_by"), regime.stages, "stage");
        auto const rules = places[i].entries("rules");
        for (std::size_t j = 0; j < rules.size(); ++j) check(stage.rules[j].from, rules[j].at("from"));
    }
}

Regime regime_of(JsonPlace const& file, std::vector<Question> const& catalogue) {
    file.expect_members({"about", "id", "version", "to_be_confirmed", "name", "source", "note", "rolls_to_working_day",
                         "who_must", "recipients", "thresholds", "stages"},
                        {"country", "ongoing_at"});
    Regime regime;
    regime.id = file.at("id").id();
    regime.version = file.at("version").number(1, 1'000'000);
    if (auto const country = file.find("country")) {
        regime.country = country->text();
        if (std::find(calendar_countries.begin(), calendar_countries.end(), regime.country) == calendar_countries.end())
            country->wrong(fmt::format("there is no calendar of {}", regime.country));
    }
    regime.to_be_confirmed = file.at("to_be_confirmed").truth();
    regime.name = file.at("name").words();
    regime.source = file.at("source").words();
    regime.note = file.at("note").words();
    regime.rolls_to_working_day = file.at("rolls_to_working_day").truth();
    regime.who_must = terms_of(file.entries("who_must"));
    regime.recipients = terms_of(file.entries("recipients"));
    for (auto const& place : file.entries("thresholds")) {
        place.expect_members({"article", "text"});
        regime.thresholds.push_back({place.text("article"), place.at("text").words()});
    }
    if (auto const place = file.find("ongoing_at")) {
        place->expect_members({"from", "within"});
        regime.ongoing_at = Rule{};
        regime.ongoing_at->from = trigger_of(place->at("from"), "");
        regime.ongoing_at->within = period_of(place->at("within"));
    }
    for (auto const& place : file.entries("stages"))
        add(regime.stages, stage_of(place, regime, catalogue), place.at("id"));
    check_stages(file, regime);
    return regime;
}

/// What `read` makes of the file.
template <class Read>
auto reading(std::string_view file, std::string_view json, Read const& read)
    -> base::Result<decltype(read(std::declval<JsonPlace>()))> {
    try {
        auto const parsed = nlohmann::json::parse(json);
        return read(JsonPlace(parsed));
    } catch (nlohmann::json::exception const& wrong) {
        return base::invalid(fmt::format("{}: {}", file, wrong.what()));
    } catch (WrongPlace const& wrong) {
        return base::invalid(fmt::format("{}: {}", file, wrong.what()));
    }
}

}  // namespace

base::Result<Regime> parse_regime(std::string_view file, std::string_view json, std::string_view questions) {
    auto const catalogue = reading("regimes/questions.json", questions, catalogue_of);
    if (!catalogue) return catalogue.error();
    return reading(file, json, [&](JsonPlace const& place) { return regime_of(place, *catalogue); });
}

}  // namespace kula::duties
