#pragma once
// The part of an address that is a link: it names a mail and its end, and opens for its own purpose only.

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "notify/letter.hpp"
#include "seals/secret_box.hpp"

namespace kula::rounds {

struct SealedLink {
    notify::MessageId message;
    base::Instant until;  ///< The first moment at which it does not open any more; to the second.
    std::string about{};  ///< Whatever else was sealed in it: no blanks, at most 24 bytes.
};

/// Letters, digits, `.`, `-` and `_`; at most `longest_link` of them.
std::string sealed(seals::SecretBox const& secrets, SealedLink const& link, std::string_view purpose);
/// Nothing where it is none of ours, was sealed for something else, or is over.
std::optional<SealedLink> opened(seals::SecretBox const& secrets, std::string_view token, std::string_view purpose,
                                 base::Instant now);

constexpr std::size_t longest_link = 140;

inline base::Error no_link() { return base::not_found("this link is not valid, or not any more"); }

}  // namespace kula::rounds
