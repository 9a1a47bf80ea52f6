#pragma once
// An authenticator as small as it can be: makes keys, attestation objects and assertions, and can be told to do so
// wrongly.

#include <openssl/ec.h>
#include <openssl/evp.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "access/passkey.hpp"
#include "seals/digest.hpp"
#include "seals/signing_key.hpp"

namespace kula::access_testing {

using namespace access;

inline std::string cbor_head(unsigned major, std::size_t value) {
    auto const first = static_cast<char>(major << 5 | (value < 24 ? value : value < 256 ? 24 : 25));
    std::string out(1, first);
    if (value >= 256) out += static_cast<char>(value >> 8);
    if (value >= 24) out += static_cast<char>(value & 255);
    return out;
}
inline std::string cbor_text(std::string_view text) { return cbor_head(3, text.size()) + std::string(text); }
inline std::string cbor_bytes(std::string_view bytes) { return cbor_head(2, bytes.size()) + std::string(bytes); }

class Authenticator {
public:
    enum class Kind { es256, eddsa };
    explicit Authenticator(Kind kind) {
        if (kind == Kind::es256) {
            p256_.reset(EVP_EC_gen("P-256"));
        } else {
            ed25519_ = seals::SigningKey::generate();
        }
    }

    std::string credential_id = seals::random_bytes(32);
    std::uint32_t uses = 0;
    unsigned char flags = 0b101;  ///< Present and verified.
    std::string origin = "http://localhost:8080", site = "localhost";

    [[nodiscard]] std::string cose_key() const {
        if (ed25519_) {
            return cbor_head(5, 4) + "\x01\x01\x03\x27\x20\x06\x21" + cbor_bytes(ed25519_->public_key());
        }
        std::array<unsigned char, 65> point{};
        std::size_t size = 0;
        EVP_PKEY_get_octet_string_param(p256_.get(), "pub", point.data(), point.size(), &size);
        std::string const bytes(point.begin(), point.end());
        return cbor_head(5, 5) + "\x01\x02\x03\x26\x20\x01\x21" + cbor_bytes(bytes.substr(1, 32)) + "\x22" +
               cbor_bytes(bytes.substr(33));
    }
    [[nodiscard]] std::string client_data(std::string_view type, std::string_view challenge) const {
        return R"({"type":")" + std::string(type) + R"(","challenge":")" + std::string(challenge) + R"(","origin":")" +
               origin + R"(","crossOrigin":false})";
    }
    [[nodiscard]] std::string authenticator_data(unsigned more_flags) const {
        auto const digest = seals::sha256(site);
        std::string out(digest.begin(), digest.end());
        out += static_cast<char>(flags | more_flags);
        for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(uses >> shift & 255);
        return out;
    }
    [[nodiscard]] std::string attested_data() const {
        return authenticator_data(0x40) + std::string(16, '\0') + static_cast<char>(credential_id.size() >> 8) +
               static_cast<char>(credential_id.size() & 255) + credential_id + cose_key();
    }
    [[nodiscard]] static std::string attestation_object(std::string const& data) {
        return cbor_head(5, 3) + cbor_text("fmt") + cbor_text("none") + cbor_text("attStmt") + cbor_head(5, 0) +
               cbor_text("authData") + cbor_bytes(data);
    }
    [[nodiscard]] PasskeyAttestation attest(std::string_view challenge) const {
        return {"Key on my desk", client_data("webauthn.create", challenge), attestation_object(attested_data())};
    }
    [[nodiscard]] PasskeyAssertion assert_for(std::string_view challenge, std::string_view user_handle) const {
        PasskeyAssertion out{
            credential_id, client_data("webauthn.get", challenge), authenticator_data(0), {}, std::string(user_handle)};
        auto const digest = seals::sha256(out.client_data);
        out.signature = sign(out.authenticator_data + std::string(digest.begin(), digest.end()));
        return out;
    }
    [[nodiscard]] std::string sign(std::string const& bytes) const {
        if (ed25519_) return ed25519_->sign(bytes);
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, p256_.get());
        std::array<unsigned char, 128> signature{};
        auto size = signature.size();
        EVP_DigestSign(context.get(), signature.data(), &size, reinterpret_cast<unsigned char const*>(bytes.data()),
                       bytes.size());
        return {signature.begin(), signature.begin() + static_cast<std::ptrdiff_t>(size)};
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> p256_{nullptr, EVP_PKEY_free};
    std::optional<seals::SigningKey> ed25519_{};
};

}  // namespace kula::access_testing
