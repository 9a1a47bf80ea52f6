#pragma once
// Asks organisations whether their contacts are right, and whom else when nobody answers.

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "findings/hours.hpp"
#include "recipients.hpp"

namespace kula::rounds {

/// Contacts of one organisation that are asked at once; the first ones.
constexpr std::size_t most_asked = 20;

/// Part of one round.
class ContactsRound {
public:
    /// All outlive it. What it does is added to `round`.
    ContactsRound(Rounds::Rooms const& rooms, std::optional<findings::TeamHours> const& hours, Round& round)
        : rooms_(rooms), timetable_(hours), round_(round) {}

    /// Nothing outside of the team's working hours. Errors as `Rounds::make`.
    base::Result<void> make(std::function<void(std::string const& sentence)> const& fault, std::stop_token const& stop);

private:
    /// A step that reaches somebody.
    struct Asking {
        registry::Freshness step;
        findings::Side side;
        std::vector<Recipient> recipients{};
    };
    base::Result<void> ask(registry::StaleContacts const& stale);
    /// The first step behind the last one that reaches somebody; without recipients where none does.
    [[nodiscard]] base::Result<Asking> asking(registry::Organisation const& organisation) const;
    [[nodiscard]] base::Result<std::vector<Recipient>> reached(registry::Organisation const& organisation,
                                                               findings::Side side) const;
    base::Result<void> write(registry::StaleContacts const& stale, registry::Organisation const& organisation,
                             Asking const& asking);
    [[nodiscard]] base::Result<notify::Letter> letter(registry::Organisation const& organisation, Asking const& asking,
                                                      Recipient const& recipient, std::string const& ticket) const;

    Rounds::Rooms const& rooms_;
    findings::Timetable const timetable_;
    Round& round_;
};

}  // namespace kula::rounds
