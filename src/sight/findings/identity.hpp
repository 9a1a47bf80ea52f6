#pragma once
// Which finding an event is of, if of any. Pure.
//
// A finding is about the end that has the problem: `source` in IntelMQ's words, `destination` only where no source is
// told. What somebody else did to an owner (a scan, an attack) is an event at that owner and no problem it could mend.
// Where the decision of whose it is (`StoredEvent::network`) was made by the other end, there is no finding; where it
// is nobody's, there is one only at an address of the national space: a block list's rows about the world make none.
// What is TLP:RED makes none either: it names its readers, and findings have none.

#include <optional>
#include <string>

#include "events/delivered.hpp"
#include "findings/finding.hpp"
#include "registry/national_space.hpp"
#include "rules.hpp"

namespace kula::findings {

struct Problem {
    Identity identity{};
    std::string rsit_class{};
    std::optional<Severity> severity{};          ///< As the source tells it.
    std::vector<std::string> vulnerabilities{};  ///< CVEs, in order.
    std::vector<std::string> tags{};             ///< Sorted.
    Rule rule{};
};

std::optional<Problem> problem_of(events::DeliveredEvent const& event, registry::NationalSpace const& national,
                                  Rules const& rules = Rules::shipped());

/// The same for two that are one; SHA-256 in hexadecimal.
std::string key_of(Identity const& identity);

}  // namespace kula::findings
