#pragma once
/// @file
/// The life of an incident and the scheme of its severities, as data: `data/incidents/life.json`, `severity.json`.
/// Immutable; safe from any thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "findings/finding.hpp"

namespace kula::incidents {

using findings::Severity;

struct LifeState {
    std::string id;
    base::Text name;
    bool is_open = true;        ///< Something is still to be done.
    bool needs_reason = false;  ///< A step to it tells why.
    std::vector<std::string> next{};
};

class Life {
public:
    /// Fails with `invalid`, which names the state, where an id is missing or there twice, a name is missing in a
    /// language, a state leads to one that is not there, or one cannot be reached from the first.
    static base::Result<Life> parse(std::string_view json);
    static Life const& shipped();

    /// In their order; an incident begins in the first.
    [[nodiscard]] std::vector<LifeState> const& states() const { return states_; }
    [[nodiscard]] LifeState const* find(std::string_view id) const;
    [[nodiscard]] bool may_go(std::string_view from, std::string_view to) const;

private:
    std::vector<LifeState> states_;
};

struct SeverityLevel {
    Severity severity = Severity::low;
    base::Text name;
    base::Text means;        ///< When an incident is so severe.
    int national_level = 1;  ///< 1 baseline to 5 national crisis.
};

/// Fails with `invalid` unless each severity is there once, in order, in every language.
base::Result<std::vector<SeverityLevel>> parse_severities(std::string_view json);
std::vector<SeverityLevel> const& shipped_severities();

}  // namespace kula::incidents
