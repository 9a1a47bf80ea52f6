#pragma once
// What every page has around its content, and what it is made from.

#include <optional>
#include <string>
#include <string_view>

#include "html.hpp"
#include "portal/portal.hpp"
#include "public_figures.hpp"
#include "words.hpp"

namespace kula::portal {

/// What a page is made from: the same for everybody.
struct Visit {
    Words const& words;
    registry::Team const& team;
    std::string origin;  ///< `https://csirt.example`; how the portal is reached.
    Edition edition;
    std::string_view style;  ///< Path of the style sheet.

    [[nodiscard]] registry::TeamContent const& content() const { return team.content; }
    /// `/mk/about`
    [[nodiscard]] std::string path(std::string_view page) const;
};

/// One page; `path` is behind the language: `/`, `/about`.
struct Page {
    std::string_view path;
    std::string title;
    std::string summary;  ///< For search engines.
    Html content;
    bool is_private = false;  ///< For whoever was given its address: not for search engines.
};

Page start_page(Visit const& visit);
Page contact_page(Visit const& visit);
Page about_page(Visit const& visit);
/// No figures: they cannot be had now. Of a team that withholds them none are asked for.
Page statistics_page(Visit const& visit, std::optional<PublicFigures> const& figures);
Page missing_page(Visit const& visit);

/// The whole document.
std::string framed(Page const& page, Visit const& visit);

/// The text in the page's language, or marked as another one.
Html told(base::Text const& text, Visit const& visit);
/// `tel:` link.
Html phone_link(std::string const& phone);
Html mail_link(std::string const& email);

}  // namespace kula::portal
