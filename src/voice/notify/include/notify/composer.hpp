#pragma once
/// @file
/// Puts a mail together: label, text and ticket, signed and encrypted as the gate decided.
///
/// The label stands in the subject, before the text and behind it (FIRST, TLP 2.0). What is encrypted tells outside
/// only its label and its ticket: the subject stands inside. Safe from any thread.

#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "notify/message.hpp"
#include "seals/openpgp_signer.hpp"
#include "seals/smime.hpp"

namespace kula::notify {

class Composer {
public:
    /// `openpgp` and `smime`: what the team signs with, null where there is none; both outlive it, as the clock.
    Composer(formats::MailAddress from, seals::OpenPgpSigner const* openpgp, seals::SmimeSigner const* smime,
             base::Clock const& clock)
        : from_(std::move(from)), openpgp_(openpgp), smime_(smime), clock_(clock) {}

    [[nodiscard]] formats::MailAddress const& from() const { return from_; }
    [[nodiscard]] release::OwnKeys own_keys() const { return {openpgp_ != nullptr, smime_ != nullptr}; }
    /// The whole mail. What is plain is signed where the team has an OpenPGP key. `invalid` where a key is not taken
    /// after all, or something cannot stand in a mail; `unavailable` where GnuPG does not answer.
    [[nodiscard]] base::Result<std::string> compose(Message const& message, Letter const& letter,
                                                    release::Addressee const& addressee, release::Form form) const;

private:
    formats::MailAddress from_;
    seals::OpenPgpSigner const* openpgp_;
    seals::SmimeSigner const* smime_;
    base::Clock const& clock_;
};

/// `TLP:AMBER+STRICT PAP:GREEN`; PAP:CLEAR is not told.
std::string label(base::Marking const& marking);

}  // namespace kula::notify
