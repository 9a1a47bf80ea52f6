#include "problem.hpp"

#include "client/command.hpp"
#include "small_contract.hpp"

namespace kula::client {
namespace {

net::ClientAnswer answer(unsigned status, std::string body) { return {status, {}, std::move(body)}; }

TEST(Problem, is_one_sentence_with_its_fields) {
    EXPECT_EQ(told(answer(422, R"({"detail":"name: is missing","errors":[{"field":"name","message":"is missing"}]})"),
                   nullptr),
              "invalid (422): name: is missing");
    EXPECT_EQ(
        told(answer(422, R"({"detail":"name: is missing, and 1 more","errors":[{"field":"name","message":"is missing"},
                                   {"field":"networks[1].value","message":"not a prefix"}]})"),
             nullptr),
        "invalid (422): name: is missing, and 1 more\n  name: is missing\n  networks[1].value: not a prefix");
    EXPECT_EQ(
        told(answer(403, R"({"detail":"users.manage is not among your permissions","fault":"refused"})"), nullptr),
        "not allowed (403): users.manage is not among your permissions");
}

TEST(Problem, what_changed_meanwhile_says_what_to_do) {
    auto const known = testing::contract();
    auto const text = told(answer(412, R"({"detail":"version is 4 now","changed_by":"user:1"})"),
                           &testing::operation(known, "organisations change"));
    EXPECT_EQ(text,
              "changed meanwhile (412): version is 4 now\n  changed_by: user:1\n"
              "Nothing was changed. Read it again (kula api organisations get …), then repeat.");
}

TEST(Problem, anything_else_is_told_as_far_as_it_is_text) {
    EXPECT_EQ(told(answer(502, "<html>\x1b[2J"), nullptr), "the server failed (502): <html>\xef\xbf\xbd[2J");
    EXPECT_EQ(told(answer(500, ""), nullptr), "the server failed (500)");
    EXPECT_LT(told(answer(500, std::string(1'000'000, 'x')), nullptr).size(), 3000u);
    auto elsewhere = answer(302, "");
    elsewhere.headers.set("Location", "https://other.example/");
    EXPECT_EQ(
        told(elsewhere, nullptr),
        "sent elsewhere (302): to https://other.example/, which is not followed: name the right server with --server");
}

TEST(Problem, each_kind_has_its_ending) {
    EXPECT_EQ(ending_of(204), done);
    EXPECT_EQ(ending_of(401), not_allowed);
    EXPECT_EQ(ending_of(403), not_allowed);
    EXPECT_EQ(ending_of(412), changed_meanwhile);
    for (unsigned const status : {302u, 404u, 409u, 422u, 429u, 500u, 503u})
        EXPECT_EQ(ending_of(status), failed) << status;
}

}  // namespace
}  // namespace kula::client
