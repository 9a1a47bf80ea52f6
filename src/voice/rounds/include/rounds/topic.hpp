#pragma once
/// @file
/// What a mail about findings is filed under (`notify::Topics`).

#include <optional>
#include <string>
#include <string_view>

#include "findings/finding.hpp"

namespace kula::rounds {

inline constexpr std::string_view finding_topic = "finding:";

inline std::string topic_of(findings::FindingId id) { return std::string(finding_topic) + id.text(); }

/// Nothing for another topic.
inline std::optional<findings::FindingId> finding_of(std::string_view topic) {
    if (!topic.starts_with(finding_topic)) return std::nullopt;
    return findings::FindingId::parse(topic.substr(finding_topic.size()));
}

}  // namespace kula::rounds
