#include <algorithm>

#include "key_texts.hpp"
#include "openpgp_engine.hpp"
#include "seals/public_key.hpp"

namespace kula::seals {
namespace {

constexpr std::string_view begin_line = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
constexpr std::string_view end_line = "-----END PGP PUBLIC KEY BLOCK-----";

base::Result<std::vector<openpgp::Key>> keys_in(std::string_view armoured) {
    openpgp::Home const home(openpgp::Agent::none);
    auto const context = openpgp::new_context(home);
    gpgme_data_t raw = nullptr;
    if (context == nullptr || gpgme_data_new_from_mem(&raw, armoured.data(), armoured.size(), 0) != 0)
        return base::unavailable("GnuPG cannot be run");
    openpgp::Data const data(raw);
    openpgp::Deadline const deadline(home);
    auto fault = gpgme_op_keylist_from_data_start(context.get(), data.get(), 0);
    std::vector<openpgp::Key> keys;
    while (fault == 0) {
        gpgme_key_t key = nullptr;
        fault = gpgme_op_keylist_next(context.get(), &key);
        if (fault == 0) keys.emplace_back(key);
    }
    if (deadline.is_over()) return base::unavailable("GnuPG does not answer");
    if (openpgp::is_missing(fault)) return base::unavailable("GnuPG cannot be run");
    return base::Result<std::vector<openpgp::Key>>(std::move(keys));
}

base::Instant moment(unsigned long seconds) { return base::Instant(std::chrono::seconds(seconds)); }

/// Until when the key as a whole, and some key for encryption under it, last.
std::optional<base::Instant> end_of(_gpgme_key const& key) {
    std::optional<base::Instant> latest;
    bool is_endless = false;
    for (auto const* sub = key.subkeys; sub != nullptr; sub = sub->next) {
        if (sub->can_encrypt == 0 || sub->revoked != 0) continue;
        if (sub->expires == 0) is_endless = true;
        auto const end = moment(static_cast<unsigned long>(sub->expires));
        latest = std::max(latest.value_or(end), end);
    }
    if (is_endless) latest.reset();
    auto const whole = key.subkeys->expires;
    if (whole == 0) return latest;
    auto const end = moment(static_cast<unsigned long>(whole));
    return std::min(latest.value_or(end), end);
}

PublicKey told(_gpgme_key const& key, std::string_view armoured) {
    PublicKey out;
    out.text = std::string(armoured) + '\n';
    out.fingerprint = key.subkeys->fpr == nullptr ? "" : key.subkeys->fpr;
    for (auto const* uid = key.uids; uid != nullptr; uid = uid->next) {
        if (uid->revoked != 0 && key.revoked == 0) continue;
        out.names.push_back(shown(uid->uid == nullptr ? "" : uid->uid));
        add_once(out.emails, lower_case(shown(uid->email == nullptr ? "" : uid->email)));
    }
    out.valid_from = moment(static_cast<unsigned long>(std::max(key.subkeys->timestamp, 0L)));
    out.valid_until = end_of(key);
    out.is_revoked = key.revoked != 0;
    for (auto const* sub = key.subkeys; sub != nullptr; sub = sub->next) {
        if (sub->can_encrypt != 0 && (sub->revoked == 0 || key.revoked != 0)) out.can_encrypt = true;
    }
    return out;
}

base::Result<openpgp::Key> one_key_in(std::string_view armoured) {
    if (armoured.size() > longest_public_key) return base::invalid("is longer than 64 KiB");
    if (armoured.find("PRIVATE KEY") != std::string_view::npos)
        return base::invalid("is a private key; give the public one instead");
    bool const is_framed = is_plain(armoured) && armoured.starts_with(begin_line) && armoured.ends_with(end_line) &&
                           armoured.find(begin_line, 1) == std::string_view::npos;
    if (!is_framed) return base::invalid("is no single OpenPGP public key block");
    auto keys = keys_in(armoured);
    if (keys.has_error()) return keys.error();
    if (keys->empty()) return base::invalid("holds no OpenPGP public key that can be read");
    if (keys->size() > 1) return base::invalid("holds several keys; one is wanted");
    auto const& key = *keys->front();
    if (key.secret != 0) return base::invalid("is a private key; give the public one instead");
    if (key.subkeys == nullptr || key.uids == nullptr) return base::invalid("has no user id that can be read");
    return std::move(keys->front());
}

}  // namespace

base::Result<PublicKey> read_openpgp_key(std::string_view armoured) {
    armoured = without_blanks(armoured);
    auto const key = one_key_in(armoured);
    if (key.has_error()) return key.error();
    return told(**key, armoured);
}

base::Result<bool> verifies_for(std::string_view armoured, std::string_view fingerprint) {
    auto const key = one_key_in(without_blanks(armoured));
    if (key.has_error()) return key.error();
    for (auto const* sub = (*key)->subkeys; sub != nullptr; sub = sub->next) {
        if (sub->fpr != nullptr && sub->fpr == fingerprint)
            return sub->can_sign != 0 && sub->revoked == 0 && sub->expired == 0 && (*key)->revoked == 0;
    }
    return false;
}

}  // namespace kula::seals
