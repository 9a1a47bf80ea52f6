#include "sealed_link.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace kula::rounds {
namespace {

/// Cuts off what stands before the first blank, and the blank.
std::string_view word_of(std::string_view& text) {
    auto const blank = std::min(text.find(' '), text.size());
    auto const word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    return word;
}

}  // namespace

std::string sealed(seals::SecretBox const& secrets, SealedLink const& link, std::string_view purpose) {
    auto const seconds = std::chrono::ceil<std::chrono::seconds>(link.until).time_since_epoch().count();
    auto text = fmt::format("{} {}", link.message.text(), seconds);
    if (!link.about.empty()) text += ' ' + link.about;
    return secrets.seal(text, purpose);
}

std::optional<SealedLink> opened(seals::SecretBox const& secrets, std::string_view token, std::string_view purpose,
                                 base::Instant now) {
    if (token.size() > longest_link) return std::nullopt;
    auto const text = secrets.open(token, purpose);
    if (!text) return std::nullopt;
    std::string_view rest = *text;
    auto const message = notify::MessageId::parse(word_of(rest));
    auto const time = word_of(rest);
    std::int64_t seconds = 0;
    auto const read = std::from_chars(time.data(), time.data() + time.size(), seconds);
    if (!message || read.ec != std::errc() || read.ptr != time.data() + time.size()) return std::nullopt;
    SealedLink link{*message, base::Instant(std::chrono::seconds(seconds)), std::string(rest)};
    return link.until <= now ? std::nullopt : std::optional(std::move(link));
}

}  // namespace kula::rounds
