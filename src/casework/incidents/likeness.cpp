#include "likeness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/ascii.hpp"
#include "base/fnv.hpp"
#include "registry/fold.hpp"

namespace kula::incidents {
namespace {

constexpr std::size_t fewest_words = 8;
constexpr std::size_t words_of_a_shingle = 3;
constexpr std::size_t digits_of_a_hash = 8;

/// With a word of its own, which no text has, in place of each observable.
std::string without_observables(std::string_view text, std::vector<formats::Observable> const& found) {
    std::string out;
    std::size_t at = 0;
    for (auto const& each : found) {
        if (each.offset < at) continue;  // Within the one before, as the host of a URL.
        out += text.substr(at, each.offset - at);
        out += " 00 ";
        at = each.offset + each.size;
    }
    out += text.substr(at);
    return out;
}

/// Folded words of letters; a number is `0`, whatever it is.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> out;
    std::string word;
    auto const end_word = [&] {
        if (!word.empty()) out.push_back(std::exchange(word, {}));
    };
    for (char const c : registry::folded(text)) {
        if (base::is_digit(c)) {
            if (word.empty() || word.back() != '0') word += '0';
        } else if (base::is_letter(c) || static_cast<unsigned char>(c) >= 0x80) {
            word += c;
        } else {
            end_word();
        }
    }
    end_word();
    return out;
}

/// Spread over all 32 bits (the finaliser of MurmurHash3).
std::uint32_t spread(std::uint64_t hash) {
    hash ^= hash >> 33U;
    hash *= 0xff51afd7ed558ccdU;
    hash ^= hash >> 33U;
    return static_cast<std::uint32_t>(hash);
}

}  // namespace

Sketch::Sketch(std::string_view text, std::vector<formats::Observable> const& found) {
    auto const words = words_of(without_observables(text, found));
    if (words.size() < fewest_words) return;
    for (std::size_t at = 0; at + words_of_a_shingle <= words.size(); ++at) {
        auto hash = base::fnv1a_basis;
        for (std::size_t word = at; word < at + words_of_a_shingle; ++word)
            hash = base::fnv1a(" ", base::fnv1a(words[word], hash));
        least_.push_back(spread(hash));
    }
    std::sort(least_.begin(), least_.end());
    least_.erase(std::unique(least_.begin(), least_.end()), least_.end());
    if (least_.size() > most) least_.resize(most);
}

std::optional<Sketch> Sketch::parse(std::string_view hexadecimal) {
    if (hexadecimal.size() % digits_of_a_hash != 0 || hexadecimal.size() > most * digits_of_a_hash) return std::nullopt;
    Sketch out;
    for (std::size_t at = 0; at < hexadecimal.size(); at += digits_of_a_hash) {
        std::uint32_t hash = 0;
        auto const* const begin = hexadecimal.data() + at;
        auto const parsed = std::from_chars(begin, begin + digits_of_a_hash, hash, 16);
        if (parsed.ec != std::errc{} || parsed.ptr != begin + digits_of_a_hash) return std::nullopt;
        out.least_.push_back(hash);
    }
    return out;
}

std::string Sketch::text() const {
    std::string out;
    for (auto const hash : least_) out += fmt::format("{:08x}", hash);
    return out;
}

std::span<std::uint32_t const> Sketch::leads() const {
    return std::span(least_).first(std::min(leading, least_.size()));
}

double Sketch::likeness(Sketch const& other) const {
    if (least_.empty() || other.least_.empty()) return 0;
    // Of the least of both together those that both have; beyond the end of a full sketch nothing is known.
    std::size_t seen = 0, common = 0;
    auto a = least_.begin(), b = other.least_.begin();
    auto const is_over = [](auto const& at, Sketch const& of) {
        return at == of.least_.end() && of.least_.size() == most;
    };
    while (seen < most && (a != least_.end() || b != other.least_.end())) {
        if (is_over(a, *this) || is_over(b, other)) break;
        bool const takes_a = b == other.least_.end() || (a != least_.end() && *a <= *b);
        bool const takes_b = a == least_.end() || (b != other.least_.end() && *b <= *a);
        if (takes_a && takes_b) ++common;
        if (takes_a) ++a;
        if (takes_b) ++b;
        ++seen;
    }
    return seen == 0 ? 0 : static_cast<double>(common) / static_cast<double>(seen);
}

}  // namespace kula::incidents
