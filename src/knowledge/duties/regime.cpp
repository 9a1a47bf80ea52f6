#include "duties/regime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::duties {
namespace {

constexpr std::array<std::string_view, 4> notice_words{"incident", "near_miss", "threat", "voluntary"};
constexpr std::array<std::string_view, 2> owner_words{"entity", "csirt"};
constexpr std::array<std::string_view, 8> fact_words{"became_aware", "received", "submitted", "requested",
                                                     "cross_border", "ongoing",  "handled",   "reopened"};
constexpr std::array<std::string_view, 5> question_words{"text", "choice", "number", "datetime", "yes_no"};

template <class Enum, std::size_t count>
std::optional<Enum> parse_word(std::array<std::string_view, count> const& words, std::string_view text) {
    auto const* const found = std::find(words.begin(), words.end(), text);
    return found == words.end() ? std::nullopt : std::optional(static_cast<Enum>(found - words.begin()));
}

}  // namespace

std::string_view to_text(Notice notice) { return notice_words[static_cast<std::size_t>(notice)]; }

std::optional<Notice> parse_notice(std::string_view text) { return parse_word<Notice>(notice_words, text); }

std::string_view to_text(Owner owner) { return owner_words[static_cast<std::size_t>(owner)]; }

std::optional<Owner> parse_owner(std::string_view text) { return parse_word<Owner>(owner_words, text); }

std::string_view to_text(FactKind kind) { return fact_words[static_cast<std::size_t>(kind)]; }

std::optional<FactKind> parse_fact_kind(std::string_view text) { return parse_word<FactKind>(fact_words, text); }

bool is_of_stage(FactKind kind) {
    return kind == FactKind::received || kind == FactKind::submitted || kind == FactKind::requested;
}

std::string_view to_text(QuestionKind kind) { return question_words[static_cast<std::size_t>(kind)]; }

std::optional<QuestionKind> parse_question_kind(std::string_view text) {
    return parse_word<QuestionKind>(question_words, text);
}

std::string to_text(Trigger const& trigger) {
    return is_of_stage(trigger.kind) ? fmt::format("{}:{}", to_text(trigger.kind), trigger.stage)
                                     : std::string(to_text(trigger.kind));
}

Stage const* Regime::stage(std::string_view wanted) const {
    auto const found =
        std::find_if(stages.begin(), stages.end(), [wanted](Stage const& each) { return each.id == wanted; });
    return found == stages.end() ? nullptr : &*found;
}

std::vector<Regime> const& shipped_regimes() {
    static std::vector<Regime> const all = [] {
        std::vector<Regime> out;
        for (auto const* const path : {"regimes/nis2.json", "regimes/mk.json", "regimes/al.json"}) {
            auto regime = parse_regime(path, shipped_data(path), shipped_data("regimes/questions.json"));
            base::must(regime.has_value(), regime ? std::string_view() : regime.error().detail);
            out.push_back(std::move(*regime));
        }
        return out;
    }();
    return all;
}

Regime const* shipped_regime(std::string_view id) {
    auto const& all = shipped_regimes();
    auto const found = std::find_if(all.begin(), all.end(), [id](Regime const& each) { return each.id == id; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace kula::duties
