#pragma once
/// @file
/// Mail of the outbox, and what is agreed about mail that is not encrypted, as the API shows it.

#include <functional>
#include <string>
#include <vector>

#include "json.hpp"
#include "notify/outbox.hpp"
#include "organisation_view.hpp"
#include "release/gate.hpp"

namespace kula::api {

class MessageView {
public:
    /// All outlive it. `mail_from`: whom mail is from; empty where no mail server is set up. `names` as for proposals.
    MessageView(notify::Outbox const& outbox, release::Gate const& gate, OrganisationView const& organisations,
                std::string mail_from, std::function<Json(std::string const& actor)> names)
        : outbox_(outbox),
          gate_(gate),
          organisations_(organisations),
          mail_from_(std::move(mail_from)),
          names_(std::move(names)) {}

    /// Schema `MessageSummary`.
    [[nodiscard]] Json summary(notify::Message const& message) const;
    /// Schema `Message`.
    [[nodiscard]] base::Result<Json> whole(notify::Message const& message) const;
    /// Schema `MessagePage`.
    [[nodiscard]] Json page(notify::MessagePage const& page) const;
    /// Schema `MessagePreview`.
    [[nodiscard]] Json preview(notify::Letter const& letter, std::vector<notify::Foretold> const& foretold) const;

private:
    notify::Outbox const& outbox_;
    release::Gate const& gate_;
    OrganisationView const& organisations_;
    std::string const mail_from_;
    std::function<Json(std::string const& actor)> const names_;
};

}  // namespace kula::api
