// Every class and type has its advice in all three languages, and what is more specific holds.

#include "findings/advice.hpp"

#include <gmock/gmock.h>

#include "indicators/rsit.hpp"

namespace kula::findings {
namespace {

void expect_whole(Advice const& advice, std::string const& of) {
    EXPECT_GE(advice.steps.size(), 2U) << of;
    EXPECT_LE(advice.steps.size(), 5U) << of;
    for (auto const language : base::languages) {
        EXPECT_FALSE(advice.title.in(language).empty()) << of;
        EXPECT_LE(advice.title.in(language).size(), 120U) << of;
        EXPECT_FALSE(advice.what.in(language).empty()) << of;
        for (auto const& step : advice.steps) EXPECT_FALSE(step.in(language).empty()) << of;
    }
}

TEST(Advice, is_there_for_every_class_and_type_in_three_languages) {
    auto const& unknown = advice_for("", "", "");
    for (auto const& rsit_class : indicators::Rsit::shipped().classes()) {
        bool const is_told = rsit_class.value != "other" && rsit_class.value != "test";
        auto const& of_class = advice_for(rsit_class.value, "", "");
        expect_whole(of_class, rsit_class.value);
        EXPECT_EQ(&of_class != &unknown, is_told) << rsit_class.value;
        for (auto const& type : rsit_class.types) {
            auto const& of_type = advice_for("", type.value, "");
            expect_whole(of_type, type.value);
            EXPECT_EQ(&of_type != &unknown, is_told) << type.value;
        }
    }
}

TEST(Advice, is_the_most_specific_there_is) {
    auto const title = [](auto rsit_class, auto type, auto problem) {
        return advice_for(rsit_class, type, problem).title.in(base::Language::en);
    };
    EXPECT_EQ(title("vulnerable", "vulnerable-system", "dns-open-resolver"), "Open DNS resolver");
    EXPECT_EQ(title("vulnerable", "weak-crypto", "ssl-poodle"), "Weak cryptography");
    EXPECT_EQ(title("vulnerable", "not-in-rsit", "CVE-2024-0001"), "Vulnerable system");
    EXPECT_EQ(title("not-in-rsit", "not-in-rsit", ""), "Noticed at your address");
}

TEST(Advice, knows_a_malware_however_its_name_is_written) {
    EXPECT_EQ(&advice_for("malicious-code", "infected-system", "Mirai"),
              &advice_for("malicious-code", "infected-system", "mirai"));
    EXPECT_NE(&advice_for("malicious-code", "infected-system", "mirai"),
              &advice_for("malicious-code", "infected-system", "emotet"));
}

}  // namespace
}  // namespace kula::findings
