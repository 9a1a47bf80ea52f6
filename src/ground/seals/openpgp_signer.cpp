#include "seals/openpgp_signer.hpp"

#include <openssl/crypto.h>

#include "openpgp_engine.hpp"
#include "seals/secret_file.hpp"

namespace kula::seals {
namespace {

constexpr std::size_t longest_secret_key = 256 * 1024;

base::Error no_gnupg() { return base::unavailable("cannot be used: GnuPG cannot be run"); }

openpgp::Data data_of(std::string_view bytes) {
    gpgme_data_t raw = nullptr;
    return openpgp::Data(gpgme_data_new_from_mem(&raw, bytes.data(), bytes.size(), 0) == 0 ? raw : nullptr);
}

bool is_missing(gpgme_error_t fault) {
    auto const code = gpgme_err_code(fault);
    return code == GPG_ERR_INV_ENGINE || code == GPG_ERR_ENOENT || code == GPG_ERR_NO_AGENT;
}

/// Takes the one secret key into the context's home and signs with it from now on.
base::Result<std::string> use(gpgme_ctx_t context, std::string_view secret) {
    auto const bytes = data_of(secret);
    if (bytes == nullptr) return no_gnupg();
    if (auto const fault = gpgme_op_import(context, bytes.get()); fault != 0) {
        if (is_missing(fault)) return no_gnupg();
        return base::invalid("holds no OpenPGP key that can be read");
    }
    auto const* const done = gpgme_op_import_result(context);
    if (done->secret_read == 0) return base::invalid("holds no OpenPGP secret key");
    if (done->considered != 1 || done->imports == nullptr) return base::invalid("holds several keys; one is wanted");
    if (done->secret_imported == 0) return base::unavailable("was not taken in by GnuPG; is gpg-agent installed?");
    gpgme_key_t found = nullptr;
    if (gpgme_get_key(context, done->imports->fpr, &found, 1) != 0) return base::invalid("holds no OpenPGP secret key");
    openpgp::Key const key(found);
    if (key->can_sign == 0) return base::invalid("holds no key that can sign now");
    if (gpgme_signers_add(context, found) != 0) return no_gnupg();
    return std::string(key->subkeys->fpr == nullptr ? "" : key->subkeys->fpr);
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

struct Signed {
    std::string text;
    std::string fingerprint;
    std::string signing_fingerprint;
};

base::Result<Signed> sign(std::string_view secret, std::string_view text) {
    openpgp::Home const home(openpgp::Agent::started);
    auto const context = openpgp::new_context(home);
    gpgme_data_t raw = nullptr;
    auto const plain = data_of(text);
    if (context == nullptr || plain == nullptr || gpgme_data_new(&raw) != 0) return no_gnupg();
    openpgp::Data const out(raw);
    gpgme_set_pinentry_mode(context.get(), GPGME_PINENTRY_MODE_ERROR);  // Nobody is there to be asked.
    auto fingerprint = use(context.get(), secret);
    if (!fingerprint) return fingerprint.error();
    if (auto const fault = gpgme_op_sign(context.get(), plain.get(), out.get(), GPGME_SIG_MODE_CLEAR); fault != 0) {
        auto const code = gpgme_err_code(fault);
        if (is_missing(fault)) return no_gnupg();
        if (code == GPG_ERR_NO_PIN_ENTRY || code == GPG_ERR_CANCELED || code == GPG_ERR_BAD_PASSPHRASE)
            return base::invalid("asks for a passphrase, and nobody is there to tell it");
        return base::invalid(std::string("does not sign: ") + gpgme_strerror(fault));
    }
    auto told = text_of(out.get());
    if (!told) return told.error();
    auto const* const done = gpgme_op_sign_result(context.get());
    bool const is_told = done != nullptr && done->signatures != nullptr && done->signatures->fpr != nullptr;
    return Signed{std::move(*told), std::move(*fingerprint), is_told ? done->signatures->fpr : ""};
}

}  // namespace

OpenPgpSigner::~OpenPgpSigner() { OPENSSL_cleanse(secret_.data(), secret_.size()); }

base::Result<OpenPgpSigner> OpenPgpSigner::open(std::filesystem::path const& file) {
    openpgp::remove_abandoned_homes();
    auto secret = read_secret_file(file, longest_secret_key);
    if (!secret) return secret.error();
    OpenPgpSigner signer(std::move(*secret));
    auto const tried = sign(signer.secret_, "Tried once.\n");
    if (!tried) return tried.error();
    signer.fingerprint_ = tried->fingerprint;
    signer.signing_fingerprint_ = tried->signing_fingerprint;
    return signer;
}

base::Result<std::string> OpenPgpSigner::clear_sign(std::string_view text) const {
    auto done = sign(secret_, text);
    if (!done) return done.error();
    return std::move(done->text);
}

}  // namespace kula::seals
