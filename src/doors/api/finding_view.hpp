#pragma once
/// @file
/// Findings as the contract shows them.

#include "findings/findings.hpp"
#include "gate.hpp"
#include "json.hpp"
#include "organisation_view.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::api {

class FindingView {
public:
    /// All outlive it.
    FindingView(access::Access const& access, OrganisationView const& organisations,
                vulnerabilities::Catalogue const& vulnerabilities)
        : access_(access), organisations_(organisations), vulnerabilities_(vulnerabilities) {}

    /// Schema `FindingStory`.
    [[nodiscard]] Json full(findings::FindingStory const& story, Caller const& caller, base::Instant now) const;
    /// Schema `FindingPage`.
    [[nodiscard]] Json page(findings::FindingPage const& page, Caller const& caller, base::Instant now) const;
    /// Schema `LoopFigures`.
    [[nodiscard]] static Json figures(findings::FiguresQuery const& query, findings::LoopFigures const& figures);
    /// What stands against a step: 428 without `If-Match`, 412 (schema `StaleProblem`) when it names another version.
    [[nodiscard]] std::optional<net::Response> precondition(net::Request const& request, Caller const& caller,
                                                            findings::FindingStory const& story) const;

private:
    /// What is known of the vulnerabilities of some findings.
    struct Known {
        std::shared_ptr<vulnerabilities::ExploitedList const> exploited;
        std::map<std::string, vulnerabilities::Score, std::less<>> scores{};
    };
    /// Without scores where they cannot be read.
    [[nodiscard]] Known known_of(std::vector<findings::Finding> const& findings) const;
    /// Schema `Finding`.
    [[nodiscard]] Json brief(findings::Finding const& finding, Known const& known, Caller const& caller,
                             base::Instant now) const;

    access::Access const& access_;
    OrganisationView const& organisations_;
    vulnerabilities::Catalogue const& vulnerabilities_;
};

/// Of its vulnerabilities that are known to be exploited the one whose day comes first. Null: none is; of a finding
/// that is not up to the list yet there may be none.
vulnerabilities::Exploited const* exploited_of(findings::Finding const& finding,
                                               vulnerabilities::ExploitedList const& list);
/// Schema `ExploitedVulnerability`, or null.
Json shown(vulnerabilities::Exploited const* exploited);

/// As whom a caller acts; nothing where they only read.
std::optional<findings::Party> party_of(Caller const& caller);

}  // namespace kula::api
