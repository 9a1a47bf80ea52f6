#pragma once
// The rules that texts from people are held to.

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "fold.hpp"

namespace kula::registry {

/// The first rule that was broken; all checks after it do nothing.
class Checks {
public:
    /// Cuts the blanks around the value.
    void text(std::string const& field, std::string& value, std::size_t longest,
              LineBreaks breaks = LineBreaks::refuse);
    /// The same; an empty value becomes an absent one.
    void text(std::string const& field, std::optional<std::string>& value, std::size_t longest,
              LineBreaks breaks = LineBreaks::refuse);
    void expect(bool holds, std::string const& field, std::string_view otherwise);
    /// The error of a check made elsewhere, with its fault.
    void refuse(std::string const& field, base::Error const& error);
    [[nodiscard]] std::optional<base::Error> const& error() const { return error_; }

private:
    std::optional<base::Error> error_{};
};

bool is_mailbox(std::string_view text);      ///< RFC 5321.
bool is_phone(std::string_view text);        ///< Digits, blanks and `+()-./`.
bool is_web_address(std::string_view text);  ///< `http://` or `https://`.
bool is_country(std::string_view text);      ///< ISO 3166-1 alpha-2.

}  // namespace kula::registry
