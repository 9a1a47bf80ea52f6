#pragma once
// Findings in X-ARF 4 for machines, beside the table that a mail about them carries. Pure.

#include <map>
#include <vector>

#include "events/delivered.hpp"
#include "findings/plan.hpp"
#include "formats/mail.hpp"
#include "notify/letter.hpp"
#include "registry/team.hpp"

namespace kula::rounds {

/// Up to so many reports are attached one by one; more are lines of one file.
constexpr std::size_t most_files = 10;
/// Bytes of all reports of a mail; what is beyond is in the table alone, which has its room beside them.
constexpr std::size_t most_reported = notify::most_attached / 2;

/// Of each finding the newest event that is kept.
using Newest = std::map<findings::FindingId, events::DeliveredEvent>;

struct Reports {
    std::vector<formats::MailAttachment> files{};
    std::size_t findings = 0;  ///< That they tell.
};

/// Of those that the format can tell (data/findings/xarf.json); what it cannot stands in the table. None where the team
/// has told no address: a report names its sender.
Reports xarf_of(std::vector<findings::PlannedFinding> const& findings, Newest const& newest,
                registry::TeamContent const& team, notify::MessageId message);

}  // namespace kula::rounds
