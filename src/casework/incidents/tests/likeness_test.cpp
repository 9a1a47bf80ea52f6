// Texts of one template are near, others are not, in whatever script.

#include "likeness.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace kula::incidents {
namespace {

Sketch sketch(std::string const& text) { return Sketch(text, formats::find_observables(text).found); }

std::string lure(std::string const& name, std::string const& link, int number) {
    return fmt::format(
        "Почитуван/а {}, вашата пратка број {} чека во магацинот. За да ја добиете, платете царина од 2,50 евра на {} во "
        "рок од 24 часа. Во спротивно пратката ќе биде вратена кај испраќачот. Со почит, Пример Пошта.",
        name, number, link);
}

TEST(Likeness, of_one_template_is_near_whatever_is_put_in) {
    auto const a = sketch(lure("Ана", "https://posta.example/a1", 12345));
    auto const b = sketch(lure("Борис Примерски", "hxxp://parcel[.]example[.]net/?q=77", 998));
    EXPECT_GE(a.likeness(b), near_enough);
    EXPECT_EQ(a.likeness(a), 1);
    EXPECT_EQ(a.likeness(b), b.likeness(a));
    bool is_led_there = false;
    for (auto const lead : a.leads()) {
        for (auto const other : b.leads()) is_led_there = is_led_there || lead == other;
    }
    EXPECT_TRUE(is_led_there);
}

TEST(Likeness, of_different_texts_is_small) {
    auto const a = sketch(lure("Ана", "https://posta.example/a1", 12345));
    auto const b = sketch(
        "Добар ден, на нашиот сервер забележавме обиди за најава од непозната адреса во текот на викендот и би сакале "
        "совет што да направиме понатаму со евиденцијата.");
    EXPECT_LT(a.likeness(b), 0.1);
}

TEST(Likeness, of_a_long_text_is_of_a_sample) {
    std::string one, other;
    for (int word = 0; word < 4000; ++word) {
        auto const letter = static_cast<char>('a' + word % 26);
        one +=
            fmt::format("{}{} ", letter,
                        std::string(static_cast<std::size_t>(word % 7 + 1), static_cast<char>('a' + word / 26 % 26)));
        if (word % 2000 < 1600) other += one.substr(one.size() - static_cast<std::size_t>(word % 7 + 3));
    }
    auto const whole = sketch(one), part = sketch(other);
    EXPECT_EQ(whole.text().size(), Sketch::most * 8);
    EXPECT_NEAR(whole.likeness(part), 0.8, 0.15);
}

TEST(Likeness, needs_some_words) {
    EXPECT_EQ(sketch("кликни овде https://posta.example").likeness(sketch("кликни овде https://posta.example")), 0);
    EXPECT_TRUE(sketch("").leads().empty());
}

TEST(Likeness, is_kept_as_text) {
    auto const a = sketch(lure("Ана", "https://posta.example/a1", 1));
    EXPECT_EQ(Sketch::parse(a.text())->likeness(a), 1);
    EXPECT_TRUE(Sketch::parse("").has_value());
    EXPECT_FALSE(Sketch::parse("123").has_value());
    EXPECT_FALSE(Sketch::parse("1234567g").has_value());
    EXPECT_FALSE(Sketch::parse(std::string(8 * (Sketch::most + 1), '0')).has_value());
}

}  // namespace
}  // namespace kula::incidents
