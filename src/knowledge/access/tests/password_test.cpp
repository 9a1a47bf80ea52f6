#include "password.hpp"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>

#include "access/role.hpp"
#include "password_pool.hpp"
#include "password_rules.hpp"

namespace {

using namespace kula;
using namespace kula::access;

constexpr PasswordCost least_cost{.memory_kib = 8, .passes = 1};

std::string fault(std::string_view password, std::string_view name = "ana.example") {
    auto const checked = checked_password(password, name, "password");
    return checked.has_error() ? checked.error().detail : "";
}

TEST(Passwords, are_digested_as_rfc_9106_recommends) {
    auto const digest = password_digest("wet gravel at dawn", {});
    EXPECT_TRUE(digest.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << digest;
    EXPECT_TRUE(is_password("wet gravel at dawn", digest));
    EXPECT_FALSE(is_password("wet gravel at dusk", digest));
    EXPECT_FALSE(is_of_other_cost(digest, {}));
}

TEST(Passwords, count_to_their_last_character) {
    std::string const longest(128, 'w');
    auto const digest = password_digest(longest, least_cost);
    EXPECT_TRUE(is_password(longest, digest));
    EXPECT_FALSE(is_password(longest.substr(1), digest));
    EXPECT_FALSE(is_password(longest.substr(1) + 'v', digest));
}

TEST(Passwords, have_a_salt_each) {
    EXPECT_NE(password_digest("wet gravel at dawn", least_cost), password_digest("wet gravel at dawn", least_cost));
}

TEST(Passwords, show_that_they_were_digested_at_another_cost) {
    auto const digest = password_digest("wet gravel at dawn", least_cost);
    EXPECT_FALSE(is_of_other_cost(digest, least_cost));
    EXPECT_TRUE(is_of_other_cost(digest, {.memory_kib = 80, .passes = 1}));
    EXPECT_TRUE(is_of_other_cost(digest, {.memory_kib = 8, .passes = 2}));
}

TEST(Passwords, are_no_match_for_a_text_that_is_no_digest) {
    EXPECT_FALSE(is_password("x", ""));
    EXPECT_FALSE(is_password("x", "$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_FALSE(is_password("x", "plain"));
}

TEST(PasswordRules, count_characters_and_not_bytes) {
    EXPECT_EQ(fault("wet gravel a"), "");
    EXPECT_NE(fault("wet gravel "), "");
    EXPECT_EQ(fault("влажен чакал"), "");
    EXPECT_NE(fault("влажен чака"), "");
    std::string long_one = "wet gravel ";
    while (long_one.size() < 128) long_one += static_cast<char>('a' + long_one.size() % 23);
    EXPECT_EQ(fault(long_one), "");
    EXPECT_NE(fault(long_one + 'x'), "");
    EXPECT_NE(fault(std::string(100'000, 'x')), "");
}

TEST(PasswordRules, take_utf8_only) {
    EXPECT_NE(fault("wet gravel at \xff dawn"), "");
    EXPECT_NE(fault(std::string("wet gravel\0at dawn", 18)), "");
}

TEST(PasswordRules, refuse_what_is_guessed_first) {
    for (auto const* const common :
         {"password1234", "Password2024!", "2024password!!", "iloveyou123456", "correcthorsebatterystaple",
          "Makedonija2026", "fjalekalimi1234", "lozinka123456", "aaaaaaaaaaaaaa", "abababababab", "passwordpassword",
          "123456789012", "098765432109", "qwertyuiopas", "1q2w3e4r5t6y", "zyxwvutsrqpo", "abcabcabcabc1"}) {
        EXPECT_EQ(fault(common), "password: is one of the first to be guessed") << common;
    }
}

TEST(PasswordRules, refuse_the_sign_in_name_in_it) {
    EXPECT_EQ(fault("my Ana.Example word"), "password: holds the name");
    EXPECT_EQ(fault("word of anastasia yes", "anastasia@team.example"), "password: holds the name");
    EXPECT_EQ(fault("banana pie for two", "ana"), "") << "short names stand in many a word";
}

TEST(PasswordRules, take_two_spellings_of_a_letter_for_one) {
    EXPECT_EQ(checked_password("sht\xC3\xABpia e bardhe", "x", "password").value(),
              checked_password("shte\xCC\x88pia e bardhe", "x", "password").value());
}

TEST(PasswordPool, tells_who_comes_when_the_queue_is_full) {
    PasswordPool pool(1, 0);
    std::promise<void> begun, gate;
    std::thread working([&] {
        auto const work = [&] {
            begun.set_value();
            gate.get_future().wait();
            return 1;
        };
        EXPECT_EQ(pool.run(work).value(), 1);
    });
    begun.get_future().wait();
    auto const sent_away = pool.run([] { return 2; });
    gate.set_value();
    working.join();
    ASSERT_TRUE(sent_away.has_error());
    EXPECT_EQ(sent_away.error().fault, base::Fault::unavailable);
}

TEST(PasswordPool, hands_back_what_was_thrown) {
    PasswordPool pool(2, 4);
    EXPECT_THROW((void)pool.run([]() -> int { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(pool.run([] { return 7; }).value(), 7);
}

TEST(Roles, are_the_ones_of_the_table) {
    auto const& roles = Roles::shipped();
    ASSERT_NE(roles.find("auditor"), nullptr);
    EXPECT_EQ(roles.find("nobody"), nullptr);
    EXPECT_TRUE(roles.is_permission("users.manage"));
    EXPECT_FALSE(roles.is_permission("users.destroy"));
    for (auto const& role : roles.all()) EXPECT_EQ(role.needs_second_factor, role.side == Side::team) << role.id;
}

TEST(Roles, let_the_auditor_change_nothing) {
    for (auto const& permission : Roles::shipped().find("auditor")->permissions)
        EXPECT_TRUE(permission.ends_with(".read")) << permission;
}

}  // namespace
