#pragma once
// What a class and a type of events say of their findings: data/findings/rules.json.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "findings/finding.hpp"

namespace kula::findings {

struct Rule {
    Severity severity = Severity::medium;  ///< Unless the source tells one.
    std::int64_t deliveries = 2;
    std::chrono::hours silence{24};
    bool is_of_a_host = false;     ///< The domain's name first, then the address.
    bool is_of_a_service = false;  ///< Port and transport are part of what it is.
    bool makes_findings = true;
};

class Rules {
public:
    static Rules const& shipped();

    /// What the type tells holds over what its class does, that over the rest.
    [[nodiscard]] Rule of(std::string const& rsit_class, std::string const& rsit_type) const;
    /// From being opened until it is overdue.
    [[nodiscard]] std::chrono::days due_in(Severity severity) const { return due_[static_cast<std::size_t>(severity)]; }

    /// Of what would be `told` if none of its vulnerabilities were known to be exploited.
    [[nodiscard]] Severity raised(Severity told) const { return std::max(told, exploited_); }

private:
    explicit Rules(std::string_view json);

    Rule default_{};
    std::map<std::string, Rule> classes_{};
    nlohmann::json types_{};  ///< By type, what it tells.
    std::array<std::chrono::days, 4> due_{};
    Severity exploited_ = Severity::critical;
};

}  // namespace kula::findings
