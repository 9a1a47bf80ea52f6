#include <algorithm>
#include <array>
#include <utility>

#include "findings/routing.hpp"

namespace kula::findings {
namespace {

template <class Value, std::size_t size>
using Words = std::array<std::pair<Value, std::string_view>, size>;

constexpr Words<Side, 4> sides{{{Side::organisation, "organisation"},
                                {Side::parent, "parent"},
                                {Side::sector_authority, "sector_authority"},
                                {Side::team, "team"}}};
constexpr Words<Attachment, 3> attachments{
    {{Attachment::none, "none"}, {Attachment::csv, "csv"}, {Attachment::csv_and_xarf, "csv_and_xarf"}}};
constexpr Words<Channel, 2> channels{{{Channel::mail, "mail"}, {Channel::webhook, "webhook"}}};
constexpr Words<Together, 3> togethers{
    {{Together::organisation, "organisation"}, {Together::type, "type"}, {Together::finding, "finding"}}};
constexpr Words<Leaves, 3> leavings{{{Leaves::at_once, "at_once"},
                                     {Leaves::outside_quiet_hours, "outside_quiet_hours"},
                                     {Leaves::in_working_hours, "in_working_hours"}}};
constexpr Words<Counts, 2> countings{{{Counts::days, "days"}, {Counts::working_days, "working_days"}}};
constexpr Words<Deed, 5> deeds{{{Deed::tell, "tell"},
                                {Deed::remind, "remind"},
                                {Deed::escalate, "escalate"},
                                {Deed::wait, "wait"},
                                {Deed::rest, "rest"}}};
constexpr Words<Why, 11> whys{{{Why::is_new, "is_new"},
                               {Why::came_back, "came_back"},
                               {Why::unanswered, "unanswered"},
                               {Why::overdue, "overdue"},
                               {Why::told_recently, "told_recently"},
                               {Why::in_hand, "in_hand"},
                               {Why::help_needed, "help_needed"},
                               {Why::settled, "settled"},
                               {Why::without_owner, "without_owner"},
                               {Why::suppressed, "suppressed"},
                               {Why::without_rule, "without_rule"}}};

template <class Value, std::size_t size>
std::string_view word(Words<Value, size> const& words, Value value) {
    return std::find_if(words.begin(), words.end(), [&](auto const& each) { return each.first == value; })->second;
}
template <class Value, std::size_t size>
std::optional<Value> meant(Words<Value, size> const& words, std::string_view text) {
    auto const found = std::find_if(words.begin(), words.end(), [&](auto const& each) { return each.second == text; });
    return found == words.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace

std::string_view to_text(Side side) { return word(sides, side); }
std::string_view to_text(Attachment attachment) { return word(attachments, attachment); }
std::string_view to_text(Channel channel) { return word(channels, channel); }
std::string_view to_text(Together together) { return word(togethers, together); }
std::string_view to_text(Leaves leaves) { return word(leavings, leaves); }
std::string_view to_text(Counts counts) { return word(countings, counts); }
std::string_view to_text(Deed deed) { return word(deeds, deed); }
std::string_view to_text(Why why) { return word(whys, why); }
std::optional<Side> parse_side(std::string_view text) { return meant(sides, text); }
std::optional<Attachment> parse_attachment(std::string_view text) { return meant(attachments, text); }
std::optional<Channel> parse_channel(std::string_view text) { return meant(channels, text); }
std::optional<Together> parse_together(std::string_view text) { return meant(togethers, text); }
std::optional<Leaves> parse_leaves(std::string_view text) { return meant(leavings, text); }
std::optional<Counts> parse_counts(std::string_view text) { return meant(countings, text); }

}  // namespace kula::findings
