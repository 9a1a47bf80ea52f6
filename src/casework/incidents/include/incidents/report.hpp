#pragma once
/// @file
/// A report: what somebody told the team, from its coming until the team has decided what becomes of it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/readers.hpp"
#include "base/record.hpp"
#include "base/text.hpp"
#include "incidents/incident.hpp"
#include "incidents/observed.hpp"
#include "registry/organisation.hpp"

namespace kula::incidents {

struct Report;
using ReportId = base::Id<Report>;

constexpr std::size_t longest_subject = 300;     ///< Bytes, one line.
constexpr std::size_t longest_report = 100'000;  ///< Bytes of its text.

/// How it came.
enum class Channel : std::uint8_t { desk, api, mail, form, portal, partner, sighting, finding };
std::string_view to_text(Channel channel);
std::optional<Channel> parse_channel(std::string_view text);

/// Who told it: personal data, kept apart from the report. All may be empty.
struct Reporter {
    std::string name{};   ///< At most 200 bytes.
    std::string email{};  ///< RFC 5321 mailbox, at most 254 bytes.
    std::string phone{};  ///< At most 50 bytes.
};

struct ReportContent {
    Channel channel = Channel::desk;
    std::string subject{};
    std::string text{};  ///< As it was told; never rendered.
    Reporter reporter{};
    std::optional<registry::OrganisationId> organisation{};  ///< Whose people told it.
    std::optional<base::Language> language{};                ///< In which one answers.
    base::Marking marking{};
    base::Readers readers{};                     ///< As of an incident.
    std::optional<base::Instant> received_at{};  ///< Now, unless told. Not ahead.
};

enum class ReportState : std::uint8_t {
    waiting,    ///< For somebody of the team.
    accepted,   ///< Into an incident.
    refused,    ///< With a reason.
    passed_on,  ///< To somebody who is in charge of it.
};
std::string_view to_text(ReportState state);
std::optional<ReportState> parse_report_state(std::string_view text);

/// Why a report stands with those of its group; the first of them stands alone.
enum class GroupedBy : std::uint8_t { alone, observable, text, sender };
std::string_view to_text(GroupedBy by);

struct Report {
    ReportId id;
    ReportContent content{};  ///< Its marking is that of `record`; without the reporter in a list.
    base::Instant received_at{};
    ReportState state = ReportState::waiting;
    ReportId group;  ///< That of the first of its group.
    GroupedBy grouped_by = GroupedBy::alone;
    std::string shared{};                  ///< With the group: an observable as `kind:value`; empty otherwise.
    std::int64_t waiting_in_group = 0;     ///< How many of its group wait, this one included.
    std::optional<IncidentId> incident{};  ///< Into which it was accepted.
    std::string reason{};                  ///< Of a decision.
    std::string passed_to{};               ///< To whom it was passed on.
    std::optional<base::Instant> decided_at{};
    std::string decided_by{};  ///< An actor.
    base::Record record{};
};

}  // namespace kula::incidents
