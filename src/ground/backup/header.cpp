#include "header.hpp"

#include <charconv>

#include "seals/digest.hpp"

namespace kula::backup {
namespace {

constexpr std::string_view magic = "kula-backup ";
constexpr std::string_view format = "1";

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> out;
    while (true) {
        auto const end = text.find(at);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

base::Error damaged() { return base::invalid("is no backup, or its beginning is damaged"); }

/// What became of one line: a key, or why it gives none.
base::Result<seals::StreamKey> by_passphrase(std::vector<std::string_view> const& words, Keys const& keys) {
    auto const salt = seals::from_base64url(words[2]);
    auto const wrapped = seals::from_base64url(words[4]);
    unsigned cost = 0;
    auto const [end, fault] = std::from_chars(words[3].data(), words[3].data() + words[3].size(), cost);
    if (!salt || !wrapped || fault != std::errc{} || end != words[3].data() + words[3].size()) return damaged();
    if (!keys.passphrase) return base::refused("is sealed: its passphrase is needed");
    return seals::unwrap(seals::PassphraseWrap{*salt, cost, *wrapped}, *keys.passphrase);
}

base::Result<seals::StreamKey> by_key(std::vector<std::string_view> const& words, Keys const& keys) {
    auto const ephemeral = seals::from_base64url(words[2]);
    auto const wrapped = seals::from_base64url(words[3]);
    if (!ephemeral || !wrapped || ephemeral->size() != 32) return damaged();
    if (!keys.key) return base::refused("is sealed: the key file of its recipient is needed");
    return keys.key->unwrap({*ephemeral, *wrapped});
}

base::Result<seals::StreamKey> by_line(std::string_view line, Keys const& keys) {
    auto const words = split(line, ' ');
    if (words.size() < 2 || words[0] != "key") return damaged();
    if (words[1] == "passphrase" && words.size() == 5) return by_passphrase(words, keys);
    if (words[1] == "recipient" && words.size() == 4) return by_key(words, keys);
    if (words[1] != "clear" || words.size() != 3) return damaged();
    auto const bytes = seals::from_base64url(words[2]);
    if (!bytes || bytes->size() != 32) return damaged();
    return seals::StreamKey::from_bytes(*bytes);
}

}  // namespace

base::Result<std::string> header_for(seals::StreamKey const& key, Sealing const& sealing) {
    using seals::base64url;
    std::string out = std::string(magic).append(format) + '\n';
    if (!sealing.is_sealed()) out += "key clear " + base64url(key.bytes()) + '\n';
    if (sealing.passphrase) {
        auto const made = seals::wrap(key, *sealing.passphrase);
        out += "key passphrase " + base64url(made.salt) + ' ' + std::to_string(made.cost) + ' ' +
               base64url(made.wrapped) + '\n';
    }
    if (sealing.recipients.size() > most_recipients) return base::invalid("a backup has at most 16 recipients");
    for (auto const& recipient : sealing.recipients) {
        auto const made = recipient.wrap(key);
        if (!made) return made.error();
        out += "key recipient " + base64url(made->ephemeral) + ' ' + base64url(made->wrapped) + '\n';
    }
    return out + '\n';
}

std::optional<std::size_t> header_length(std::string_view bytes) {
    auto const end = bytes.substr(0, longest_header).find("\n\n");
    return end == std::string_view::npos ? std::nullopt : std::optional(end + 2);
}

base::Result<seals::StreamKey> key_from(std::string_view header, Keys const& keys) {
    if (!header.starts_with(magic) || !header.ends_with("\n\n")) return damaged();
    auto const lines = split(header.substr(0, header.size() - 2), '\n');
    if (auto const told = lines.front().substr(magic.size()); told != format) {
        bool const is_number = !told.empty() && told.size() < 9 && told.find_first_not_of("0123456789") == told.npos;
        if (!is_number) return damaged();
        return base::invalid("is of format " + std::string(told) +
                             ", which this program does not know: a newer Kula made it");
    }
    if (lines.size() < 2 || lines.size() > most_recipients + 2) return damaged();
    std::optional<base::Error> why;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto key = by_line(lines[i], keys);
        if (key) return key;
        // A key that was given and does not open it says more than one that was not given.
        bool const says_more = why && why->fault == base::Fault::refused && key.error().fault != base::Fault::refused;
        if (!why || says_more) why = key.error();
    }
    return base::invalid(why->detail);
}

}  // namespace kula::backup
