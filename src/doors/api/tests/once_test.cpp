#include "once.hpp"

#include <gmock/gmock.h>

#include <thread>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::HeaderFields;
using testing::House;
using ::testing::Not;
using testing::Plain;

constexpr OperationRule rule_of_a_test{"POST", "/thing", "public", "make_thing"};

/// Requests with an `Idempotency-Key`.
struct OnceTest : House {
    std::string const all = "/api/v1/organisations";

    testing::Answer create(std::string const& name, std::string const& key) {
        return send(Method::post, all, organisation(name), {{"Idempotency-Key", key}});
    }
    std::size_t organisations() { return get(all).json.at("total").get<std::size_t>(); }
    /// What the database holds of answers.
    std::vector<std::string> kept() {
        return *database->read([](storage::Session const& session) {
            return session.column<std::string>("select coalesce(answer, '') from receipt order by made_at");
        });
    }
};

TEST_F(OnceTest, a_request_that_is_sent_again_is_answered_as_before_and_not_carried_out_twice) {
    auto const first = create("Example Bank", "\"key-1\"");
    ASSERT_EQ(first.status, 201) << first.text;
    EXPECT_FALSE(first.headers.has("Idempotency-Replayed"));
    auto const again = create("Example Bank", "key-1");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(again.headers.find("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.headers.find("Location"), first.headers.find("Location"));
    EXPECT_EQ(again.headers.find("ETag"), first.headers.find("ETag"));
    EXPECT_EQ(organisations(), 1u);
}

TEST_F(OnceTest, a_key_belongs_to_one_request_and_one_caller) {
    ASSERT_EQ(create("Example Bank", "key-1").status, 201);
    auto const other = create("Example Power", "key-1");
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.json.at("errors").at(0).at("field"), "Idempotency-Key");
    token = token_with(access::Roles::shipped().permissions_of_tokens(access::Side::team));
    EXPECT_EQ(create("Example Power", "key-1").status, 201) << "another caller's keys are their own";
    EXPECT_EQ(organisations(), 2u);
}

TEST_F(OnceTest, what_was_refused_may_be_sent_again_under_the_same_key) {
    ASSERT_EQ(send(Method::post, all, {{"name", 7}}, {{"Idempotency-Key", "key-1"}}).status, 422);
    ASSERT_EQ(create("Example Bank", "key-1").status, 201);
    ASSERT_EQ(create("example bank", "key-2").status, 409) << "the name is taken";
    EXPECT_EQ(create("Example Power", "key-2").status, 201);
}

TEST_F(OnceTest, it_outlives_a_restart) {
    auto const first = create("Example Bank", "key-1");
    ASSERT_EQ(first.status, 201);
    doors = std::make_unique<Doors>(rooms(), About{}, desk);  // Nothing is left in memory.
    router = doors->router();
    auto const again = create("Example Bank", "key-1");
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(again.headers.find("Idempotency-Replayed"), "true");
}

TEST_F(OnceTest, an_answer_that_got_lost_is_told_as_such_and_nothing_happens_twice) {
    ASSERT_EQ(create("Example Bank", "key-1").status, 201);
    ASSERT_TRUE(database->write(storage::Priority::interactive, [](storage::Session& session) {
        session.execute("update receipt set answer = null");  // As if the program had ended behind the change.
    }));
    auto const again = create("Example Bank", "key-1");
    EXPECT_EQ(again.status, 409);
    EXPECT_THAT(again.json.at("detail").get<std::string>(), HasSubstr("carried out already"));
    EXPECT_EQ(organisations(), 1u);
}

TEST_F(OnceTest, it_counts_for_a_day) {
    ASSERT_EQ(create("Example Bank", "key-1").status, 201);
    clock.advance(std::chrono::hours(23));
    EXPECT_EQ(create("Example Bank", "key-1").status, 201);
    clock.advance(std::chrono::hours(1));
    ASSERT_TRUE(doors->tidy());
    EXPECT_TRUE(kept().empty());
}

TEST_F(OnceTest, a_secret_is_stored_sealed_and_for_minutes_only) {
    Plain const wanted{
        {"name", "reader"}, {"permissions", {"status.read"}}, {"organisation", nullptr}, {"valid_days", 1}};
    net::Request request;
    request.method = Method::post;
    request.path = "/api/v1/tokens";
    request.body = wanted.dump();
    request.headers.add("Idempotency-Key", "key-1");
    Caller caller;
    caller.identity.actor = "user:1";
    Once once(journal::Receipts(*database, clock, "secret of the server"));
    int carried_out = 0;
    auto const handler = [&](net::Request const&, Caller const&) {
        ++carried_out;
        return net::json(R"({"secret":"kula_told_once"})", net::Status::created);
    };
    OperationRule rule = rule_of_a_test;
    rule.tells_secret = true;
    auto const text = [&] { return std::get<std::string>(once.answer(request, caller, rule, handler).body); };

    EXPECT_THAT(text(), HasSubstr("kula_told_once"));
    EXPECT_THAT(text(), HasSubstr("kula_told_once")) << "for who lost the first answer";
    ASSERT_EQ(kept().size(), 1u);
    EXPECT_THAT(kept().front(), Not(HasSubstr("told_once")));
    clock.advance(std::chrono::minutes(11));
    EXPECT_THAT(text(), HasSubstr("not kept any more"));
    ASSERT_TRUE(once.tidy());
    EXPECT_EQ(kept(), (std::vector<std::string>{""}));
    EXPECT_EQ(carried_out, 1);
}

TEST_F(OnceTest, a_request_under_way_is_not_begun_again) {
    net::Request request;
    request.method = Method::post;
    request.headers.add("Idempotency-Key", "key-1");
    Caller caller;
    caller.identity.actor = "user:1";
    Once once(journal::Receipts(*database, clock, "secret"));
    net::Status second{};
    auto const inner = [](net::Request const&, Caller const&) { return net::no_content(); };
    auto const outer = [&](net::Request const&, Caller const&) {
        std::thread other([&] { second = once.answer(request, caller, rule_of_a_test, inner).status; });
        other.join();
        return net::no_content();
    };
    EXPECT_EQ(once.answer(request, caller, rule_of_a_test, outer).status, net::Status::no_content);
    EXPECT_EQ(second, net::Status::conflict);
}

TEST_F(OnceTest, a_key_that_is_none_is_refused) {
    for (auto const& key : {std::string("\"\""), std::string("a b"), std::string(256, 'x'), std::string("\"a\\\""),
                            std::string("\"\"\""), std::string("a\"b"), std::string("ќ")}) {
        EXPECT_EQ(create("Example Bank", key).status, 422) << key;
    }
    EXPECT_EQ(create("Example Bank", std::string(255, 'x')).status, 201);
    auto const escaped = create("Example Power", "\"a\\\"b\"");
    EXPECT_EQ(escaped.status, 201) << escaped.text;
}

TEST_F(OnceTest, a_long_answer_is_not_kept_and_the_oldest_answers_give_way) {
    journal::Receipts receipts(*database, clock, "secret");
    auto const key = [](int number) { return journal::RequestKey{"user:1", std::to_string(number), "body"}; };
    ASSERT_TRUE(receipts.keep(key(0), std::string(journal::longest_answer + 1, 'x'), std::chrono::hours(1)));
    EXPECT_FALSE((*receipts.find(key(0)))->answer.has_value());
    std::string const long_answer(journal::longest_answer, 'x');
    for (int number = 1; number <= 60; ++number) {
        clock.advance(std::chrono::seconds(1));
        ASSERT_TRUE(receipts.keep(key(number), long_answer, std::chrono::hours(1)));
    }
    EXPECT_TRUE((*receipts.find(key(1))).has_value());
    EXPECT_FALSE((*receipts.find(key(1)))->answer.has_value());
    EXPECT_EQ((*receipts.find(key(60)))->answer, long_answer);
}

}  // namespace
}  // namespace kula::api
