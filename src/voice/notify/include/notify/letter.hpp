#pragma once
/// @file
/// A letter: what is written to somebody, before anybody decided whether it may leave.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/marking.hpp"
#include "base/result.hpp"
#include "formats/mail.hpp"

namespace kula::notify {

struct Message;
using MessageId = base::Id<Message>;

struct Letter {
    MessageId id{};
    base::Marking marking{};
    std::string ticket{};
    std::string subject{};
    std::string text{};
    std::string language{};                    ///< `mk`, `sq`, `en`.
    std::optional<std::string> in_reply_to{};  ///< `Message-ID`, without brackets.
    formats::MailAuthor author = formats::MailAuthor::person;
    std::vector<formats::MailAttachment> attachments{};

    [[nodiscard]] std::string about() const { return "message:" + id.text(); }
    /// All of it, as it is kept: JSON, attachments in hexadecimal.
    [[nodiscard]] std::string payload() const;
    /// `invalid` for what `payload` did not write.
    static base::Result<Letter> parse(std::string_view payload);
};

constexpr std::size_t longest_subject = 200;      ///< Bytes.
constexpr std::size_t longest_text = 256 * 1024;  ///< Bytes.
constexpr std::size_t most_attached = 4u << 20;   ///< Bytes of all attachments.

/// Fails with `invalid`, naming all fields that are empty, too long, hold line breaks where none may be, or other
/// control characters.
base::Result<void> check(Letter const& letter);

}  // namespace kula::notify
