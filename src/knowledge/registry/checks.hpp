#pragma once
// The rules that texts from people are held to.

#include <optional>
#include <string>
#include <string_view>

#include "base/checks.hpp"
#include "registry/fold.hpp"

namespace kula::registry {

class Checks : public base::Checks {
public:
    /// Cuts the blanks around the value.
    void text(std::string const& field, std::string& value, std::size_t longest,
              LineBreaks breaks = LineBreaks::refuse);
    /// The same; an empty value becomes an absent one.
    void text(std::string const& field, std::optional<std::string>& value, std::size_t longest,
              LineBreaks breaks = LineBreaks::refuse);
};

bool is_mailbox(std::string_view text);      ///< RFC 5321.
bool is_phone(std::string_view text);        ///< Digits, blanks and `+()-./`.
bool is_web_address(std::string_view text);  ///< `http://` or `https://`.
bool is_country(std::string_view text);      ///< ISO 3166-1 alpha-2, upper case; those left to users (`XK`) too.

}  // namespace kula::registry
