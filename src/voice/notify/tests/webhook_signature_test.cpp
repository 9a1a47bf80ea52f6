// What is sent to webhooks is signed as Standard Webhooks says: its own example comes out.

#include "webhook_signature.hpp"

#include <gtest/gtest.h>

#include "seals/digest.hpp"

namespace kula::notify {
namespace {

TEST(WebhookSignature, is_that_of_the_standards_example) {
    auto const key = seals::from_base64url("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").value();
    EXPECT_EQ(webhook_signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                std::chrono::sys_seconds(std::chrono::seconds(1614265330)), R"({"test": 2432232314})"),
              "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    EXPECT_EQ(webhook_secret("key"), "whsec_a2V5");
    EXPECT_EQ(webhook_secret("key!"), "whsec_a2V5IQ==") << "padded";
    EXPECT_EQ(webhook_secret(key), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
}

TEST(WebhookSignature, is_one_of_each_key_with_blanks_between) {
    auto const at = std::chrono::sys_seconds(std::chrono::seconds(1614265330));
    EXPECT_EQ(webhook_signatures({"new", "former"}, "id", at, "{}"),
              webhook_signature("new", "id", at, "{}") + ' ' + webhook_signature("former", "id", at, "{}"));
    EXPECT_EQ(webhook_signatures({"new"}, "id", at, "{}"), webhook_signature("new", "id", at, "{}"));
}

}  // namespace
}  // namespace kula::notify
