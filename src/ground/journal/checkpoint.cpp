#include "journal/checkpoint.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "seals/digest.hpp"

namespace kula::journal {
namespace {

constexpr std::string_view no_hash = "-";
constexpr std::size_t longest_text = 1'000;
constexpr std::array<std::string_view, 6> names{
    "kula-journal-checkpoint", "sequence", "hash", "at", "public-key", "signature"};

/// The lines that are signed.
std::string signed_text(Checkpoint const& checkpoint) {
    std::string const hash(checkpoint.head.hash.empty() ? no_hash : checkpoint.head.hash);
    return "kula-journal-checkpoint: 1\nsequence: " + std::to_string(checkpoint.head.sequence) + "\nhash: " + hash +
           "\nat: " + base::to_text(checkpoint.at) + "\npublic-key: " + seals::base64url(checkpoint.public_key) + "\n";
}

bool is_hash(std::string_view text) {
    auto const is_digit = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    };
    return text.size() == 64 && std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<std::int64_t> parse_sequence(std::string_view text) {
    std::int64_t sequence = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), sequence);
    bool const is_number = fault == std::errc{} && end == text.data() + text.size();
    return is_number && sequence >= 0 && std::to_string(sequence) == text ? std::optional(sequence) : std::nullopt;
}

std::optional<std::string> parse_bytes(std::string_view text, std::size_t size) {
    auto bytes = seals::from_base64url(text);
    return bytes && bytes->size() == size ? bytes : std::nullopt;
}

/// Takes over the value of one line; whether it is one.
bool take(Checkpoint& checkpoint, std::string_view name, std::string_view value) {
    if (name == names[0]) return value == "1";
    if (name == "sequence") {
        auto const sequence = parse_sequence(value);
        checkpoint.head.sequence = sequence.value_or(0);
        return sequence.has_value();
    }
    if (name == "hash") {
        bool const is_empty = checkpoint.head.sequence == 0;
        if (!is_empty) checkpoint.head.hash = value;
        return is_empty ? value == no_hash : is_hash(value);
    }
    if (name == "at") {
        auto const at = base::parse_instant(value);
        checkpoint.at = at.value_or(base::Instant{});
        return at && base::to_text(*at) == value;
    }
    auto bytes = parse_bytes(value, name == "signature" ? 64 : 32);
    bool const is_whole = bytes.has_value();
    (name == "signature" ? checkpoint.signature : checkpoint.public_key) = std::move(bytes).value_or("");
    return is_whole;
}

}  // namespace

Checkpoint sign(Head const& head, base::Instant at, seals::SigningKey const& key) {
    Checkpoint checkpoint{head, at, key.public_key(), {}};
    checkpoint.signature = key.sign(signed_text(checkpoint));
    return checkpoint;
}

std::string to_text(Checkpoint const& checkpoint) {
    return signed_text(checkpoint) + "signature: " + seals::base64url(checkpoint.signature) + "\n";
}

base::Result<Checkpoint> parse_checkpoint(std::string_view text) {
    if (text.size() > longest_text) return base::invalid("checkpoint: is longer than 1,000 bytes");
    Checkpoint checkpoint;
    for (std::size_t line = 0; line < names.size(); ++line) {
        auto const place = "checkpoint, line " + std::to_string(line + 1) + ": ";
        auto const end = text.find('\n');
        auto const content = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        auto const name = names[line];
        if (!content.starts_with(name) || !content.substr(name.size()).starts_with(": "))
            return base::invalid(place + "does not begin with `" + std::string(name) + ": `");
        if (!take(checkpoint, name, content.substr(name.size() + 2)))
            return base::invalid(place + "`" + std::string(name) + "` has no such value");
    }
    if (!text.empty()) return base::invalid("checkpoint, line 7: nothing stands behind the signature");
    if (!seals::verify(checkpoint.public_key, signed_text(checkpoint), checkpoint.signature))
        return base::invalid("checkpoint, line 6: the signature does not hold for the lines above it");
    return checkpoint;
}

}  // namespace kula::journal
