// Every question that can be asked, against the rules of README.md told another way.

#include "release/decision.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kula::release {
namespace {

using base::Pap;
using base::Tlp;
using registry::KeyState;
using MaybeKey = std::optional<KeyState>;
using MaybeTlp = std::optional<Tlp>;

std::vector<MaybeKey> const keys{std::nullopt,           KeyState::valid,         KeyState::expiring,
                                 KeyState::expired,      KeyState::not_yet_valid, KeyState::revoked,
                                 KeyState::no_encryption};
constexpr std::array tlps{Tlp::clear, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red};
constexpr std::array paps{Pap::clear, Pap::green, Pap::amber, Pap::red};
std::vector<MaybeTlp> const agreements{std::nullopt, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red};

template <class Visit>
void each_question(Visit const& visit) {
    for (auto const tlp : tlps) {
        for (auto const pap : paps) {
            for (auto const addressed : {Addressed::by_role, Addressed::by_name}) {
                for (bool const is_public : {false, true}) {
                    for (auto const& openpgp : keys) {
                        for (auto const& smime : keys) {
                            for (int own = 0; own < 4; ++own) {
                                for (auto const& agreed : agreements) {
                                    visit(Question{{tlp, pap},
                                                   addressed,
                                                   is_public,
                                                   openpgp,
                                                   smime,
                                                   {(own & 1) != 0, (own & 2) != 0},
                                                   agreed});
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

bool works(MaybeKey const& key) { return key == KeyState::valid || key == KeyState::expiring; }

TEST(Decision, keeps_the_rules_whatever_is_asked) {
    std::size_t asked = 0;
    each_question([&asked](Question const& q) {
        ++asked;
        auto const made = decide(q);
        auto const tlp = q.marking.tlp;
        bool const openpgp = works(q.openpgp) && q.own.openpgp;
        bool const smime = works(q.smime) && q.own.smime;
        bool const has_key = q.openpgp || q.smime;
        bool const must_refuse =
            (tlp == Tlp::red && q.addressed == Addressed::by_role) || (q.is_public_role && tlp != Tlp::clear);
        ASSERT_EQ(made.verdict == Verdict::refused, must_refuse);
        if (must_refuse) return;
        if (made.form != Form::plain && made.verdict == Verdict::released) {
            ASSERT_TRUE(made.form == Form::openpgp ? openpgp : smime) << "never to a key that is over";
            ASSERT_EQ(made.reason, Reason::encrypted);
        }
        if (openpgp || smime) {
            ASSERT_EQ(made.reason, Reason::encrypted) << "whoever can be encrypted to is";
        }
        if (made.verdict == Verdict::released && made.form == Form::plain) {
            ASSERT_FALSE(openpgp || smime);
            ASSERT_NE(tlp, Tlp::red);
            ASSERT_NE(q.marking.pap, Pap::red);
            ASSERT_TRUE(tlp == Tlp::clear || (tlp == Tlp::green && !has_key) ||
                        (q.plain_agreed && tlp <= *q.plain_agreed));
        }
        if (made.verdict == Verdict::held) {
            bool const may_be_plain =
                tlp != Tlp::red && q.marking.pap != Pap::red &&
                (tlp == Tlp::clear || (tlp == Tlp::green && !has_key) || (q.plain_agreed && tlp <= *q.plain_agreed));
            ASSERT_FALSE(openpgp || smime || may_be_plain) << "nothing is held without need";
            ASSERT_EQ(made.reason == Reason::no_key, !has_key);
            ASSERT_EQ(made.reason == Reason::no_own_key, works(q.openpgp) || works(q.smime));
        }
    });
    EXPECT_EQ(asked, 5U * 4 * 2 * 2 * 7 * 7 * 4 * 5);
}

TEST(Decision, lets_an_organisations_own_machine_have_what_its_persons_may) {
    each_question([](Question q) {
        auto const by_mail = decide(q);
        q.is_own_machine = true;
        auto const made = decide(q);
        ASSERT_EQ(made.verdict == Verdict::refused, by_mail.verdict == Verdict::refused);
        if (made.verdict == Verdict::refused) return;
        ASSERT_EQ(made, (Decision{Verdict::released, Reason::own_machine, Form::webhook})) << "keys do not matter";
    });
}

TEST(Decision, says_what_is_wrong_with_a_key) {
    auto const reason = [](KeyState state) {
        return decide({{Tlp::amber, Pap::amber}, Addressed::by_role, false, state, std::nullopt, {true, true}, {}})
            .reason;
    };
    EXPECT_EQ(reason(KeyState::expired), Reason::key_expired);
    EXPECT_EQ(reason(KeyState::revoked), Reason::key_revoked);
    EXPECT_EQ(reason(KeyState::not_yet_valid), Reason::key_not_yet_valid);
    EXPECT_EQ(reason(KeyState::no_encryption), Reason::key_cannot_encrypt);
}

TEST(Decision, has_a_word_for_everything) {
    for (int at = 0; at <= static_cast<int>(Reason::role_is_public); ++at) {
        auto const reason = static_cast<Reason>(at);
        EXPECT_EQ(parse_reason(to_text(reason)), reason);
    }
    EXPECT_FALSE(parse_reason("because").has_value());
    EXPECT_EQ(parse_form("smime"), Form::smime);
    EXPECT_EQ(parse_verdict("held"), Verdict::held);
    EXPECT_EQ(parse_addressed("by_name"), Addressed::by_name);
}

}  // namespace
}  // namespace kula::release
