#pragma once
/// @file
/// Findings as the contract shows them.

#include "findings/findings.hpp"
#include "gate.hpp"
#include "json.hpp"
#include "organisation_view.hpp"

namespace kula::api {

class FindingView {
public:
    /// Both outlive it.
    FindingView(access::Access const& access, OrganisationView const& organisations)
        : access_(access), organisations_(organisations) {}

    /// Schema `Finding`.
    [[nodiscard]] Json brief(findings::Finding const& finding, Caller const& caller, base::Instant now) const;
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
    access::Access const& access_;
    OrganisationView const& organisations_;
};

/// As whom a caller acts; nothing where they only read.
std::optional<findings::Party> party_of(Caller const& caller);

}  // namespace kula::api
