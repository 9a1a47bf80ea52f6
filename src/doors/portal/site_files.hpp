#pragma once
// What stands beside the pages: for search engines, and how they look.

#include <string>

#include "portal/portal.hpp"
#include "registry/team.hpp"

namespace kula::portal {

/// RFC 9309: the desk and the API are no pages to find; of a demo nothing is.
std::string robots_txt(Edition edition, std::string const& origin);
/// Every page in every language, each naming the others (sitemaps.org 0.9).
std::string sitemap(registry::Team const& team, std::string const& origin);
/// The desk's colours, the dark ones for who prefers dark, and the portal's own rules.
std::string style_sheet();

}  // namespace kula::portal
