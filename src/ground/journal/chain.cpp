#include "chain.hpp"

#include <initializer_list>

#include "seals/digest.hpp"

namespace kula::journal {
namespace {

/// Each field as eight bytes of length, most significant first, and its bytes.
std::string fields(std::initializer_list<std::string_view> texts) {
    std::size_t size = 0;
    for (auto const text : texts) size += 8 + text.size();
    std::string out;
    out.reserve(size);
    for (auto const text : texts) {
        for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>((text.size() >> shift) & 0xff));
        out += text;
    }
    return out;
}

}  // namespace

std::string digest_of(Payload const& payload) {
    return seals::hex(seals::sha256(
        fields({"kula-journal-payload-1", payload.salt, payload.origin, payload.why, payload.before, payload.after})));
}

std::string hash_of(Link const& link) {
    return seals::hex(
        seals::sha256(fields({"kula-journal-entry-1", std::to_string(link.sequence), std::to_string(link.at),
                              link.actor, link.deed, link.subject, link.payload_digest, link.previous})));
}

std::string erasure_subject(std::int64_t sequence) { return "journal:" + std::to_string(sequence); }

std::string first_part(std::string_view text, char separator) {
    return std::string(text.substr(0, text.find(separator)));
}

}  // namespace kula::journal
