#pragma once
/// @file
/// The findings of an organisation as a feed: what its people may see of them, whoever reads it, so that a feed reader
/// in other hands knows no more than they do.

#include <string>

#include "base/actor.hpp"
#include "base/result.hpp"
#include "findings/findings.hpp"
#include "organisation_view.hpp"
#include "registry/registry.hpp"
#include "vulnerabilities/catalogue.hpp"
#include "web_feed.hpp"

namespace kula::api {

/// Entries of a feed.
constexpr std::size_t most_entries = 100;

class FindingFeed {
public:
    /// All outlive it.
    FindingFeed(findings::Findings const& findings, registry::Registry const& registry,
                OrganisationView const& organisations, vulnerabilities::Catalogue const& vulnerabilities)
        : findings_(findings), registry_(registry), organisations_(organisations), vulnerabilities_(vulnerabilities) {}

    /// How it is asked for.
    struct Wanted {
        registry::OrganisationId organisation{};
        base::Language language = base::Language::en;
        std::string server{};   ///< `https://kula.example`
        std::string address{};  ///< The feed's own.
    };
    /// Its own and those below it that changed last, the newest first, in words of the language. `not_found` also where
    /// the clearance does not reach. Safe from any thread.
    [[nodiscard]] base::Result<WebFeed> of(Wanted const& wanted, base::Clearance const& clearance) const;
    /// In which the team is written to where nobody says another: the first of its own.
    [[nodiscard]] base::Language usual_language() const;

private:
    findings::Findings const& findings_;
    registry::Registry const& registry_;
    OrganisationView const& organisations_;
    vulnerabilities::Catalogue const& vulnerabilities_;
};

}  // namespace kula::api
