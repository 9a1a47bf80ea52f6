#pragma once
/// @file
/// Reads what a mail server says became of a mail: delivery status notifications (RFC 3464), in a
/// `multipart/report` (RFC 6522) or, as OpenSMTPD sends them, any other multipart. Pure; safe from any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::formats {

/// RFC 3464 §2.3.3.
enum class DeliveryAction : std::uint8_t { failed, delayed, delivered, relayed, expanded };

struct DeliveryOutcome {
    std::string recipient;  ///< The address as it was told first: `Original-Recipient`, else `Final-Recipient`.
    DeliveryAction action = DeliveryAction::failed;
    std::string status{};      ///< RFC 3463: `5.1.1`; empty where it is none.
    std::string diagnostic{};  ///< What the other server said, in one line; at most 500 bytes.
};

struct DeliveryReport {
    std::vector<DeliveryOutcome> outcomes{};  ///< 1 to 100; what is told beyond them is not read.
    std::optional<std::string> of_message{};  ///< `Message-ID` of the mail that came back, without brackets.
};

/// Bytes of a report that is read: a server sends the mail back with it, or its header.
constexpr std::size_t longest_delivery_report = 32u << 20;

/// `invalid` where the mail is no such report, or tells of nobody. Control characters in what is told become blanks.
base::Result<DeliveryReport> parse_delivery_report(std::string_view mail);

}  // namespace kula::formats
