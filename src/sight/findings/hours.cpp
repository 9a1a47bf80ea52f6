#include "findings/hours.hpp"

namespace kula::findings {

Timetable::Timetable(std::optional<TeamHours> const& hours) {
    if (!hours) return;
    auto const calendar = duties::WorkingCalendar::shipped(hours->calendar);
    if (!calendar) return;
    working_ = calendar->with_hours({hours->working});
    if (hours->quiet) awake_ = calendar->every_day(duties::outside(hours->quiet->from, hours->quiet->until));
}

std::optional<Waiting> Timetable::waiting(Leaves leaves, base::Instant now) const {
    if (leaves == Leaves::at_once) return std::nullopt;
    auto const& calendar = leaves == Leaves::in_working_hours ? working_ : awake_;
    if (!calendar) return std::nullopt;
    Waiting out{calendar->next_working(now), leaves};
    if (out.until == now) return std::nullopt;
    if (leaves == Leaves::in_working_hours) {
        if (auto const* const holiday = calendar->holiday(calendar->date_of(now))) out.holiday = holiday->name;
    }
    return out;
}

base::Instant Timetable::after(base::Instant from, std::chrono::days pause, Counts counts) const {
    return counts == Counts::working_days && working_ ? working_->add_working_days(from, pause) : from + pause;
}

}  // namespace kula::findings
