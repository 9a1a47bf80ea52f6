#pragma once
// The page behind the link of a mail about contacts: what is on record, and one button that says that it is right.

#include <cstdint>
#include <string_view>

#include "page.hpp"
#include "rounds/contact_links.hpp"

namespace kula::portal {

enum class ConfirmNote : std::uint8_t { none, thanks, not_done };

/// `path` is its address behind the language.
Page confirm_page(Visit const& visit, rounds::AskedContacts const& asked, std::string_view path, ConfirmNote note,
                  base::Instant now);

}  // namespace kula::portal
