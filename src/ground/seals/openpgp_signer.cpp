#include "seals/openpgp_signer.hpp"

#include <openssl/crypto.h>

#include <vector>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "openpgp_engine.hpp"
#include "seals/public_key.hpp"
#include "seals/secret_file.hpp"

namespace kula::seals {
namespace {

constexpr std::size_t longest_secret_key = 256 * 1024;

base::Error no_gnupg() { return base::unavailable("cannot be used: GnuPG cannot be run"); }

openpgp::Data data_of(std::string_view bytes) {
    gpgme_data_t raw = nullptr;
    return openpgp::Data(gpgme_data_new_from_mem(&raw, bytes.data(), bytes.size(), 0) == 0 ? raw : nullptr);
}

openpgp::Data empty_data() {
    gpgme_data_t raw = nullptr;
    return openpgp::Data(gpgme_data_new(&raw) == 0 ? raw : nullptr);
}

base::Result<std::string> text_of(gpgme_data_t data) {
    std::string out;
    char piece[4096];
    ssize_t count = gpgme_data_seek(data, 0, SEEK_SET);
    while (count >= 0 && (count = gpgme_data_read(data, piece, sizeof piece)) > 0)
        out.append(piece, static_cast<std::size_t>(count));
    if (count < 0) return base::unavailable("cannot be used: the signature cannot be read");
    return out;
}

/// A context that holds the one secret key and signs with it.
class Desk {
public:
    Desk() : home_(openpgp::Agent::started), context_(openpgp::new_context(home_)) {
        if (!context_) return;
        gpgme_set_pinentry_mode(context_.get(), GPGME_PINENTRY_MODE_ERROR);  // Nobody is there to be asked.
        gpgme_set_armor(context_.get(), 1);
        gpgme_set_offline(context_.get(), 1);
        deadline_ = std::make_unique<openpgp::Deadline>(home_);
    }

    /// Yields the fingerprint of the primary key.
    base::Result<std::string> use(std::string_view secret);
    /// One public key; as `OpenPgpSigner::sign_and_encrypt` says.
    base::Result<openpgp::Key> take_in(std::string_view public_key);
    /// Whatever GnuPG makes of the bytes: `run(context, from, to)`.
    template <class Run>
    base::Result<std::string> made_of(std::string_view bytes, Run const& run);
    /// Null where nothing was signed.
    [[nodiscard]] gpgme_new_signature_t signature() const {
        auto const* const done = gpgme_op_sign_result(context_.get());
        return done == nullptr ? nullptr : done->signatures;
    }

private:
    /// What stopped every use of GnuPG, whatever was asked of it.
    [[nodiscard]] std::optional<base::Error> hindrance(gpgme_error_t fault) const {
        if (deadline_->is_over()) return base::unavailable("cannot be used: GnuPG does not answer");
        if (fault != 0 && openpgp::is_missing(fault)) return no_gnupg();
        return std::nullopt;
    }

    openpgp::Home home_;
    openpgp::Context context_;
    std::unique_ptr<openpgp::Deadline> deadline_{};
};

base::Result<std::string> Desk::use(std::string_view secret) {
    auto const bytes = data_of(secret);
    if (!context_ || bytes == nullptr) return no_gnupg();
    auto const fault = gpgme_op_import(context_.get(), bytes.get());
    if (auto stopped = hindrance(fault)) return *stopped;
    if (fault != 0) return base::invalid("holds no OpenPGP key that can be read");
    auto const* const done = gpgme_op_import_result(context_.get());
    if (done->secret_read == 0) return base::invalid("holds no OpenPGP secret key");
    if (done->considered != 1 || done->imports == nullptr) return base::invalid("holds several keys; one is wanted");
    if (done->secret_imported == 0) return base::unavailable("was not taken in by GnuPG; is gpg-agent installed?");
    gpgme_key_t found = nullptr;
    auto const asked = gpgme_get_key(context_.get(), done->imports->fpr, &found, 1);
    openpgp::Key const key(found);
    if (auto stopped = hindrance(0)) return *stopped;
    if (asked != 0) return base::invalid("holds no OpenPGP secret key");
    if (key->can_sign == 0) return base::invalid("holds no key that can sign now");
    if (gpgme_signers_add(context_.get(), found) != 0) return no_gnupg();
    return std::string(key->subkeys->fpr == nullptr ? "" : key->subkeys->fpr);
}

base::Result<openpgp::Key> Desk::take_in(std::string_view public_key) {
    auto const bytes = data_of(public_key);
    if (bytes == nullptr) return no_gnupg();
    auto const fault = gpgme_op_import(context_.get(), bytes.get());
    if (auto stopped = hindrance(fault)) return *stopped;
    auto const* const done = fault == 0 ? gpgme_op_import_result(context_.get()) : nullptr;
    bool const is_one = public_key.size() <= longest_public_key && done != nullptr && done->imports != nullptr &&
                        done->considered == 1 && done->secret_read == 0;
    if (!is_one) return base::invalid("what is to be encrypted to is no single OpenPGP public key");
    std::string const fingerprint = done->imports->fpr;
    gpgme_key_t found = nullptr;
    auto const asked = gpgme_get_key(context_.get(), fingerprint.c_str(), &found, 0);
    openpgp::Key key(found);
    if (auto stopped = hindrance(0)) return *stopped;
    if (asked != 0) return base::invalid("the key " + fingerprint + " cannot be used: " + gpgme_strerror(asked));
    if (key->revoked != 0) return base::invalid("the key " + fingerprint + " is revoked");
    if (key->expired != 0) return base::invalid("the key " + fingerprint + " has expired");
    if (key->invalid != 0 || key->disabled != 0 || key->can_encrypt == 0)
        return base::invalid("the key " + fingerprint + " holds nothing that can be encrypted to now");
    return key;
}

template <class Run>
base::Result<std::string> Desk::made_of(std::string_view bytes, Run const& run) {
    auto const plain = data_of(bytes);
    auto const out = empty_data();
    if (plain == nullptr || out == nullptr) return no_gnupg();
    auto const fault = run(context_.get(), plain.get(), out.get());
    if (auto stopped = hindrance(fault)) return *stopped;
    if (fault != 0) {
        auto const code = gpgme_err_code(fault);
        if (code == GPG_ERR_NO_PIN_ENTRY || code == GPG_ERR_CANCELED || code == GPG_ERR_BAD_PASSPHRASE)
            return base::invalid("asks for a passphrase, and nobody is there to tell it");
        return base::invalid(std::string("does not sign: ") + gpgme_strerror(fault));
    }
    return text_of(out.get());
}

base::Result<std::string> signed_text(Desk& desk, std::string_view text, gpgme_sig_mode_t mode) {
    return desk.made_of(text, [mode](gpgme_ctx_t context, gpgme_data_t from, gpgme_data_t to) {
        return gpgme_op_sign(context, from, to, mode);
    });
}

}  // namespace

OpenPgpSigner::~OpenPgpSigner() { OPENSSL_cleanse(secret_.data(), secret_.size()); }

base::Result<OpenPgpSigner> OpenPgpSigner::open(std::filesystem::path const& file) {
    openpgp::remove_abandoned_homes();
    auto secret = read_secret_file(file, longest_secret_key);
    if (!secret) return secret.error();
    OpenPgpSigner signer(std::move(*secret));
    Desk desk;
    auto fingerprint = desk.use(signer.secret_);
    if (!fingerprint) return fingerprint.error();
    auto const tried = signed_text(desk, "Tried once.\n", GPGME_SIG_MODE_CLEAR);
    if (!tried) return tried.error();
    signer.fingerprint_ = std::move(*fingerprint);
    if (auto const* const made = desk.signature(); made != nullptr && made->fpr != nullptr)
        signer.signing_fingerprint_ = made->fpr;
    return signer;
}

base::Result<std::string> OpenPgpSigner::clear_sign(std::string_view text) const {
    Desk desk;
    if (auto const used = desk.use(secret_); !used) return used.error();
    return signed_text(desk, text, GPGME_SIG_MODE_CLEAR);
}

base::Result<DetachedSignature> OpenPgpSigner::sign_beside(std::string_view bytes) const {
    Desk desk;
    if (auto const used = desk.use(secret_); !used) return used.error();
    auto made = signed_text(desk, bytes, GPGME_SIG_MODE_DETACH);
    if (!made) return made.error();
    auto const* const signature = desk.signature();
    auto const* const digest = signature == nullptr ? nullptr : gpgme_hash_algo_name(signature->hash_algo);
    if (digest == nullptr) return base::unavailable("cannot be used: GnuPG does not say how it signed");
    return DetachedSignature{std::move(*made), "pgp-" + base::lower_case(digest)};
}

base::Result<std::string> OpenPgpSigner::sign_and_encrypt(std::string_view bytes,
                                                          std::span<std::string const> public_keys) const {
    base::must(!public_keys.empty(), "what is encrypted is encrypted to somebody");
    Desk desk;
    if (auto const used = desk.use(secret_); !used) return used.error();
    std::vector<openpgp::Key> keys;
    for (auto const& text : public_keys) {
        auto key = desk.take_in(text);
        if (!key) return key.error();
        keys.push_back(std::move(*key));
    }
    std::vector<gpgme_key_t> recipients;
    recipients.reserve(keys.size() + 1);
    for (auto const& key : keys) recipients.push_back(key.get());
    recipients.push_back(nullptr);
    // Whether a key is whose it says was a person's decision when it was put down; there is no web of trust here.
    constexpr auto flags = static_cast<gpgme_encrypt_flags_t>(GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO);
    return desk.made_of(bytes, [&recipients](gpgme_ctx_t context, gpgme_data_t from, gpgme_data_t to) {
        return gpgme_op_encrypt_sign(context, recipients.data(), flags, from, to);
    });
}

}  // namespace kula::seals
