// The words of the contract for what has few values.

#include <algorithm>
#include <array>
#include <utility>

#include "incidents/incident.hpp"
#include "incidents/report.hpp"

namespace kula::incidents {
namespace {

constexpr std::array<std::string_view, 14> entry_kinds{"happened", "done",     "said",      "note",     "opened",
                                                       "step",     "changed",  "linked",    "unlinked", "merged",
                                                       "unmerged", "reported", "withdrawn", "checked"};
constexpr std::array<std::string_view, 8> channels{"desk",   "api",     "mail",     "form",
                                                   "portal", "partner", "sighting", "finding"};
constexpr std::array<std::string_view, 4> report_states{"waiting", "accepted", "refused", "passed_on"};
constexpr std::array<std::string_view, 4> groupings{"alone", "observable", "text", "sender"};
constexpr std::array<std::string_view, 4> link_kinds{"duplicate", "related", "caused_by", "causes"};

template <class Kind, std::size_t size>
std::optional<Kind> find_word(std::array<std::string_view, size> const& words, std::string_view text) {
    auto const* const found = std::find(words.begin(), words.end(), text);
    if (found == words.end()) return std::nullopt;
    return static_cast<Kind>(found - words.begin());
}

}  // namespace

std::string_view to_text(EntryKind kind) { return entry_kinds[static_cast<std::size_t>(kind)]; }
std::optional<EntryKind> parse_entry_kind(std::string_view text) { return find_word<EntryKind>(entry_kinds, text); }

std::string_view to_text(LinkKind kind) { return link_kinds[static_cast<std::size_t>(kind)]; }
std::optional<LinkKind> parse_link_kind(std::string_view text) { return find_word<LinkKind>(link_kinds, text); }

std::string_view to_text(Channel channel) { return channels[static_cast<std::size_t>(channel)]; }
std::optional<Channel> parse_channel(std::string_view text) { return find_word<Channel>(channels, text); }

std::string_view to_text(ReportState state) { return report_states[static_cast<std::size_t>(state)]; }
std::optional<ReportState> parse_report_state(std::string_view text) {
    return find_word<ReportState>(report_states, text);
}

std::string_view to_text(GroupedBy by) { return groupings[static_cast<std::size_t>(by)]; }

LinkKind seen_from_the_other(LinkKind kind) {
    if (kind == LinkKind::caused_by) return LinkKind::causes;
    return kind == LinkKind::causes ? LinkKind::caused_by : kind;
}

}  // namespace kula::incidents
