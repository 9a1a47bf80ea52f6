#pragma once
// Which parts of a mail are deliveries (docs/operate/mappings.md). Pure but for reading the mail.

#include <string>
#include <vector>

#include "formats/mail_message.hpp"
#include "intake/incoming.hpp"

namespace kula::intake {

/// A part that is one, by the name that it is read by.
struct MailDelivery {
    formats::MailMessage::Part part;
    FileTold told;
};

struct MailContents {
    std::vector<MailDelivery> deliveries{};
    /// What is not read, and why nothing is where nothing is; links, which are never followed. Empty where there is
    /// nothing to tell.
    std::string reason{};
};

/// Of an X-ARF mail the report alone: the rest is for people, or evidence. Of another what is attached and may be read,
/// by its media type or its name, and mails in it. Where there is none, the text itself: if `told` says how it is read,
/// or if it is a report or an event by its content.
MailContents contents_of(formats::MailMessage const& mail, FileTold const& told);

}  // namespace kula::intake
