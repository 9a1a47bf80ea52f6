#pragma once
/// @file
/// In which language a visitor is answered who names none in the address. Pure.

#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace kula::net {

/// The language that `Accept-Language` weighs most (RFC 9110 §12.5.4; `sq-MK` is `sq`), the earlier one of equals;
/// nothing where it names none that we speak.
std::optional<base::Language> preferred_language(std::string_view accept_language);

}  // namespace kula::net
