#pragma once
// RFC 4648 §6 without padding: what people copy by hand and authenticator apps read.

#include <string>
#include <string_view>

namespace kula::access {

std::string base32(std::string_view bytes);

}  // namespace kula::access
