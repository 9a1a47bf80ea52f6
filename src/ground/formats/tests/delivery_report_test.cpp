#include "formats/delivery_report.hpp"

#include <gmock/gmock.h>

#include "golden_folder.hpp"

namespace kula::formats {
namespace {

std::string report(std::string const& status, std::string const& returned) {
    return "From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; "
           "boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
           status + "\r\n--b\r\n" + returned + "\r\n--b--\r\n";
}
std::string const per_message = "Reporting-MTA: dns; mx.example\r\n\r\n";
std::string const came_back =
    "Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-ID: <one@csirt.example>\r\n";

TEST(DeliveryReport, tells_who_did_not_get_which_mail_and_why) {
    auto const read = parse_delivery_report(
        report(per_message + "Final-Recipient: rfc822; Soc@Bank.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                             "Diagnostic-Code: smtp; 550 5.1.1 no such\r\n user here\r\n",
               came_back));
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    ASSERT_EQ(read->outcomes.size(), 1U);
    auto const& outcome = read->outcomes[0];
    EXPECT_EQ(outcome.recipient, "Soc@Bank.example");
    EXPECT_EQ(outcome.action, DeliveryAction::failed);
    EXPECT_EQ(outcome.status, "5.1.1");
    EXPECT_EQ(outcome.diagnostic, "550 5.1.1 no such user here");
    EXPECT_EQ(read->of_message, "one@csirt.example");
}

TEST(DeliveryReport, tells_each_recipient_and_the_address_that_was_written_to) {
    auto const read = parse_delivery_report(report(
        per_message + "Original-Recipient: rfc822;one@bank.example\r\nFinal-Recipient: rfc822;box@host.example\r\n"
                      "Action: Delayed\r\nStatus: 4.4.1 (no answer)\r\n\r\n"
                      "Final-Recipient: rfc822;two@bank.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n",
        "Content-Type: message/rfc822\r\n\r\nMessage-ID: <two@csirt.example>\r\nSubject: x\r\n\r\nText.\r\n"));
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    ASSERT_EQ(read->outcomes.size(), 2U);
    EXPECT_EQ(read->outcomes[0].recipient, "one@bank.example");
    EXPECT_EQ(read->outcomes[0].action, DeliveryAction::delayed);
    EXPECT_EQ(read->outcomes[0].status, "4.4.1");
    EXPECT_EQ(read->outcomes[1].action, DeliveryAction::delivered);
    EXPECT_EQ(read->of_message, "two@csirt.example");
}

TEST(DeliveryReport, is_told_from_other_mail) {
    auto const refusal = [](std::string const& mail) {
        auto const read = parse_delivery_report(mail);
        return read ? "read" : read.error().detail;
    };
    EXPECT_EQ(refusal(""), "is no report of a mail server (multipart)");
    EXPECT_EQ(refusal("Subject: Undelivered Mail\r\n\r\nFinal-Recipient: rfc822;a@b.example\r\nAction: failed\r\n"),
              "is no report of a mail server (multipart)");
    EXPECT_EQ(refusal(report(per_message, came_back)), "tells of no recipient (message/delivery-status)");
    EXPECT_EQ(refusal(report(per_message + "Final-Recipient: rfc822;a@b.example\r\nAction: exploded\r\n", came_back)),
              "tells of no recipient (message/delivery-status)");
}

TEST(DeliveryReport, of_opensmtpd_is_a_multipart_mixed) {
    auto const read = parse_delivery_report(
        "Subject: Delivery status notification: failed\r\nFrom: Mailer Daemon <MAILER-DAEMON@mx.example>\r\nContent-Type: "
        "multipart/mixed;boundary=\"72150/mx.example\"\r\n\r\nThis is a MIME-encapsulated message.\r\n\r\n--72150/mx.example\r\n"
        "Content-Description: Notification\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n    Hi!\r\n\r\n"
        "--72150/mx.example\r\nContent-Description: Delivery Report\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@gone.example\r\nAction: failed\r\nStatus: 5.3.0\r\n\r\n"
        "--72150/mx.example\r\nContent-Type: text/rfc822-headers\r\n\r\nReceived: from [127.0.0.1]\r\n\tby mx.example\r\n"
        "Message-Id: <c@csirt.example>\r\n\r\n--72150/mx.example--\r\n");
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(read->outcomes.at(0).recipient, "x@gone.example");
    EXPECT_EQ(read->outcomes.at(0).status, "5.3.0");
    EXPECT_EQ(read->of_message, "c@csirt.example");
}

TEST(DeliveryReport, without_the_mail_that_came_back_is_one_too) {
    auto const read = parse_delivery_report(report(
        "Final-Recipient: rfc822;a@b.example\r\nAction: failed\r\nStatus: x\r\n", "Content-Type: text/plain\r\n"));
    ASSERT_TRUE(read.has_value()) << read.error().detail;
    EXPECT_EQ(read->outcomes[0].status, "");
    EXPECT_FALSE(read->of_message.has_value());
}

}  // namespace
}  // namespace kula::formats
