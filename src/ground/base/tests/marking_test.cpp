#include "base/marking.hpp"

#include <gtest/gtest.h>

using kula::base::Marking;
using kula::base::Pap;
using kula::base::parse_pap;
using kula::base::parse_tlp;
using kula::base::strictest;
using kula::base::Tlp;
using kula::base::to_text;

TEST(Marking, reads_every_label_it_prints) {
    for (auto const tlp : {Tlp::clear, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red}) {
        EXPECT_EQ(parse_tlp(to_text(tlp)), tlp);
    }
    for (auto const pap : {Pap::clear, Pap::green, Pap::amber, Pap::red}) EXPECT_EQ(parse_pap(to_text(pap)), pap);
}

TEST(Marking, reads_labels_as_people_write_them) {
    EXPECT_EQ(parse_tlp("TLP:AMBER+STRICT"), Tlp::amber_strict);
    EXPECT_EQ(parse_tlp("tlp:Red"), Tlp::red);
    EXPECT_EQ(parse_tlp("Green"), Tlp::green);
    EXPECT_EQ(parse_pap("PAP:AMBER"), Pap::amber);
}

TEST(Marking, reads_the_older_white_as_clear) {
    EXPECT_EQ(parse_tlp("TLP:WHITE"), Tlp::clear);
    EXPECT_EQ(parse_pap("white"), Pap::clear);
}

TEST(Marking, guesses_no_label) {
    for (auto const text : {"", "tlp:", "TLP:", "amber strict", "tlp:tlp:red", "PAP:red", "red ", " red", "black"}) {
        EXPECT_FALSE(parse_tlp(text)) << text;
    }
    EXPECT_FALSE(parse_pap("amber+strict"));
    EXPECT_FALSE(parse_pap("TLP:red"));
}

TEST(Marking, of_a_derived_record_takes_the_strictest_of_each_label) {
    Marking const talkative{Tlp::clear, Pap::red};
    Marking const quiet{Tlp::amber_strict, Pap::green};
    EXPECT_EQ(strictest(talkative, quiet), (Marking{Tlp::amber_strict, Pap::red}));
    EXPECT_EQ(strictest(quiet, talkative), strictest(talkative, quiet));
    EXPECT_EQ(strictest(quiet, quiet), quiet);
}

TEST(Marking, of_what_nobody_labelled_is_amber) { EXPECT_EQ(Marking{}, (Marking{Tlp::amber, Pap::amber})); }
