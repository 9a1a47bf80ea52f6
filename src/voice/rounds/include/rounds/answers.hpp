#pragma once
/// @file
/// Answers by link: whoever got a mail about findings says how far they are, without an account.
///
/// A link is sealed (AES-256-GCM, `seals::SecretBox`): it names one mail and its end, opens nothing else, and cannot be
/// made by anybody else. Opening one changes nothing: programs that look through mail open links, too. All members are
/// safe from any thread.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "findings/findings.hpp"
#include "notify/outbox.hpp"
#include "seals/secret_box.hpp"
#include "storage/database.hpp"

namespace kula::rounds {

/// A link's life, from when the mail is written.
constexpr std::chrono::days link_life{60};

/// What stands behind a link.
struct Asked {
    notify::MessageId message;
    std::string ticket;
    registry::OrganisationId organisation;
    base::Instant until;  ///< The first moment at which it does not open any more.
    /// That the mail was about, as they are now, and still are the organisation's; worst first.
    std::vector<findings::Finding> findings{};
};

/// What became of an answer.
struct Answered {
    std::size_t taken = 0;
    std::size_t left = 0;  ///< From whose state this step is not possible, such as from where they are already.
};

/// What can be answered, in the order in which it is offered.
inline constexpr std::array answers{findings::State::seen, findings::State::acknowledged,
                                    findings::State::claimed_fixed, findings::State::help_needed,
                                    findings::State::not_ours};

class Answers {
public:
    /// All outlive it.
    Answers(storage::Database& database, findings::Findings& findings, notify::Outbox const& outbox,
            seals::SecretBox const& secrets, base::Clock const& clock)
        : database_(database), findings_(findings), outbox_(outbox), secrets_(secrets), clock_(clock) {}

    /// The part of an address that is the link; letters, digits, `.`, `-` and `_`, at most 140.
    [[nodiscard]] std::string token(notify::MessageId message, base::Instant until) const;

    /// `not_found` for what is no link of ours, is over, or names a mail that is gone.
    [[nodiscard]] base::Result<Asked> open(std::string_view token) const;
    /// For these of its findings; for all where none is named. `invalid` where a reason is wanted or too long, the
    /// answer is none of `answers`, or a finding is none of this mail's; `not_found` as `open`.
    base::Result<Answered> answer(std::string_view token, std::vector<findings::FindingId> const& ids,
                                  findings::StepWanted const& wanted) const;

private:
    storage::Database& database_;
    findings::Findings& findings_;
    notify::Outbox const& outbox_;
    seals::SecretBox const& secrets_;
    base::Clock const& clock_;
};

}  // namespace kula::rounds
