#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "base/checks.hpp"
#include "events/tags.hpp"
#include "findings/routing.hpp"
#include "indicators/rsit.hpp"
#include "registry/vocabulary.hpp"

namespace kula::findings {
namespace {

constexpr std::size_t longest_value = 200;

bool is_type(std::string_view type) {
    auto const& classes = indicators::Rsit::shipped().classes();
    return std::any_of(classes.begin(), classes.end(), [&](auto const& each) {
        return std::any_of(each.types.begin(), each.types.end(), [&](auto const& own) { return own.value == type; });
    });
}

bool is_tag(std::string const& tag) {
    return !tag.empty() && tag.size() <= longest_tag && tag.find_first_of(",;") == std::string::npos;
}

/// What one rule is held to.
class RuleChecks {
public:
    RuleChecks(base::Checks& checks, RoutingRule& rule, std::optional<TeamHours> const& hours, std::string path)
        : checks_(checks), rule_(rule), hours_(hours), path_(std::move(path)) {}

    void run() {
        for (auto const language : base::languages) {
            auto& name = rule_.name.in(language);
            name = std::string(base::trimmed(name));
            checks_.expect(name.size() <= longest_value, at(fmt::format("name.{}", base::to_text(language))),
                           "is longer than 200 bytes");
        }
        checks_.expect(!rule_.name.is_empty(), at("name"), "is empty in every language");
        each("when.classes", rule_.classes, "is no RSIT class",
             [](auto const& value) { return indicators::Rsit::shipped().find(value) != nullptr; });
        each("when.types", rule_.types, "is no RSIT type", is_type);
        each("when.sectors", rule_.sectors, "is no known sector", registry::is_sector);
        auto const is_value = [](std::string const& value) { return !value.empty() && value.size() <= longest_value; };
        each("when.problems", rule_.problems, "is not 1 to 200 bytes long", is_value);
        each("when.sources", rule_.sources, "is not 1 to 200 bytes long", is_value);
        for (auto& tag : rule_.tags) tag = events::as_tag(tag);
        each("when.tags", rule_.tags, "is not 1 to 100 bytes long, without comma and semicolon", is_tag);
        checks_.expect(rule_.organisations.size() <= most_values, at("when.organisations"), "are more than 200");
        each("roles", rule_.roles, "is no known role", registry::is_contact_role);
        checks_.expect(!rule_.tells || !rule_.roles.empty(), at("roles"), "names nobody to tell");
        auto& channels = rule_.channels;
        std::sort(channels.begin(), channels.end());
        channels.erase(std::unique(channels.begin(), channels.end()), channels.end());
        checks_.expect(!rule_.tells || !channels.empty(), at("channels"), "names no way to tell");
        if (rule_.remind_after) check_pause(*rule_.remind_after, "remind_after_days");
        if (rule_.at_most_every) check_pause(*rule_.at_most_every, "at_most_every_days");
        check_hours();
        checks_.expect(rule_.ladder.size() <= most_rungs, at("ladder"), "has more than 10 rungs");
        for (std::size_t i = 0; i < std::min(rule_.ladder.size(), most_rungs); ++i) check_rung(i);
    }

private:
    [[nodiscard]] std::string at(std::string_view field) const { return fmt::format("{}.{}", path_, field); }

    template <class Holds>
    void each(std::string_view field, std::vector<std::string> const& values, std::string_view otherwise,
              Holds const& holds) {
        checks_.expect(values.size() <= most_values, at(field), "are more than 200");
        for (std::size_t i = 0; i < std::min(values.size(), most_values); ++i)
            checks_.expect(holds(values[i]), at(fmt::format("{}[{}]", field, i)), otherwise);
    }
    void check_pause(std::chrono::days pause, std::string const& field) {
        checks_.expect(pause >= std::chrono::days(1) && pause <= longest_pause, at(field), "is not 1 to 366 days");
    }
    void check_hours() {
        checks_.expect(rule_.counts == Counts::days || hours_, at("counts"), "needs the team's calendar");
        checks_.expect(rule_.leaves != Leaves::in_working_hours || hours_, at("leaves"), "needs the team's calendar");
        checks_.expect(rule_.leaves != Leaves::outside_quiet_hours || (hours_ && hours_->quiet), at("leaves"),
                       "needs quiet hours");
    }
    void check_rung(std::size_t number) {
        auto& rung = rule_.ladder[number];
        auto const path = fmt::format("ladder[{}]", number);
        check_pause(rung.after, path + ".after_days");
        if (rung.side == Side::team) rung.role.clear();
        checks_.expect(rung.side == Side::team || registry::is_contact_role(rung.role), at(path + ".role"),
                       "is no known role");
        bool const rises = number == 0 || rule_.ladder[number - 1].after < rung.after;
        checks_.expect(rises, at(path + ".after_days"), "is not later than the rung before");
    }

    base::Checks& checks_;
    RoutingRule& rule_;
    std::optional<TeamHours> const& hours_;
    std::string const path_;
};

void check_hours(base::Checks& checks, TeamHours const& hours) {
    auto const calendar = duties::WorkingCalendar::shipped(hours.calendar);
    if (!calendar && calendar.error().fault == base::Fault::not_found)
        checks.refuse("hours.calendar", "is no country with a calendar");
    else if (!calendar)
        checks.refuse("hours.calendar", calendar.error());
    checks.expect(duties::are_windows({hours.working}), "hours.working.until", "is not later than its beginning");
    // The whole day is no span: nothing would ever leave. 24:00 is the next day's 00:00.
    bool const is_span =
        !hours.quiet || (hours.quiet->from != hours.quiet->until && hours.quiet->from < duties::end_of_day &&
                         duties::are_windows(duties::outside(hours.quiet->from, hours.quiet->until)));
    checks.expect(is_span, "hours.quiet.until", "is the same as its beginning");
}

void check_authorities(base::Checks& checks, std::vector<SectorAuthority> const& authorities) {
    for (auto each = authorities.begin(); each != authorities.end(); ++each) {
        auto const field = fmt::format("authorities[{}].sector", each - authorities.begin());
        checks.expect(registry::is_sector(each->sector), field, "is no known sector");
        bool const is_first = std::none_of(authorities.begin(), each, [each](SectorAuthority const& earlier) {
            return earlier.sector == each->sector;
        });
        checks.expect(is_first, field, "has an authority already");
    }
}

}  // namespace

base::Result<RoutingContent> checked(RoutingContent content) {
    base::Checks checks;
    checks.expect(content.rules.size() <= most_rules, "rules", "are more than 200");
    for (std::size_t i = 0; i < std::min(content.rules.size(), most_rules); ++i)
        RuleChecks(checks, content.rules[i], content.hours, fmt::format("rules[{}]", i)).run();
    if (content.hours) check_hours(checks, *content.hours);
    checks.expect(content.authorities.size() <= most_values, "authorities", "are more than 200");
    if (content.authorities.size() <= most_values) check_authorities(checks, content.authorities);
    if (auto error = checks.error()) return *std::move(error);
    return content;
}

}  // namespace kula::findings
