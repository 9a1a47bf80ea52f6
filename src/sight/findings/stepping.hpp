#pragma once
// One step of a finding, as it changes the record. Pure.

#include "findings/finding.hpp"
#include "rules.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::findings {

constexpr char const* own_name = "system:findings";

/// Takes it there; whether it may is the caller's to ask (`may_go`).
void go(Finding& finding, Step const& step);
/// Begins its way anew, as of now.
void open_anew(Finding& finding, base::Instant now);
/// How severe it is with what is known of its vulnerabilities.
void apply_known(Finding& finding, vulnerabilities::ExploitedList const& exploited);
/// It is exploited from now on: what was due later is not late at once, what was due sooner stays so.
void bring_forward(Finding& finding, base::Instant now);
/// Its owner is told of it now, again or for the first time.
void tell(Finding& finding, base::Instant now);

}  // namespace kula::findings
