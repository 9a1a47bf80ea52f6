#include "cose_key.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <array>
#include <memory>
#include <set>

#include "cbor.hpp"
#include "seals/signing_key.hpp"

namespace kula::access {
namespace {

constexpr std::size_t coordinate_size = 32;

template <auto release>
struct Release {
    template <class T>
    void operator()(T* thing) const {
        release(thing);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Release<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;

/// Null for a point that is not on the curve.
Key p256_key(CoseKey const& key) {
    auto point = '\x04' + key.x + key.y;
    std::array<char, 6> group{"P-256"};
    std::array const parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size() - 1),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
        OSSL_PARAM_construct_end()};
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    auto wanted = parameters;
    bool const is_made = context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                         EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, wanted.data()) == 1;
    Key out(made);
    ERR_clear_error();
    return is_made ? std::move(out) : nullptr;
}

bool is_es256_signature(CoseKey const& key, std::string_view bytes, std::string_view signature) {
    auto const public_key = p256_key(key);
    if (public_key == nullptr) return false;
    DigestContext const context(EVP_MD_CTX_new());
    bool const is_right =
        context != nullptr &&
        EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, public_key.get()) == 1 &&
        EVP_DigestVerify(context.get(), reinterpret_cast<unsigned char const*>(signature.data()), signature.size(),
                         reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()) == 1;
    ERR_clear_error();
    return is_right;
}

/// The labels of RFC 9053 that both kinds of key have.
struct Members {
    std::int64_t type = 0, algorithm = 0, curve = 0;
    std::string_view x{}, y{};
};

std::optional<Members> read_members(CborReader& reader) {
    auto const pairs = reader.map();
    Members out;
    std::set<std::int64_t> labels;
    for (std::size_t i = 0; i < pairs.value_or(0); ++i) {
        auto const label = reader.integer();
        if (!label || !labels.insert(*label).second) return std::nullopt;
        switch (*label) {
            case 1: out.type = reader.integer().value_or(0); break;
            case 3: out.algorithm = reader.integer().value_or(0); break;
            case -1: out.curve = reader.integer().value_or(0); break;
            case -2: out.x = reader.bytes().value_or(std::string_view()); break;
            case -3: out.y = reader.bytes().value_or(std::string_view()); break;
            default: reader.skip();
        }
    }
    return pairs && !reader.is_faulty() ? std::optional(out) : std::nullopt;
}

}  // namespace

std::optional<FoundKey> parse_cose_key(std::string_view bytes) {
    CborReader reader(bytes);
    auto const members = read_members(reader);
    if (!members || members->x.size() != coordinate_size) return std::nullopt;
    CoseKey key{CoseKey::Algorithm::es256, std::string(members->x), std::string(members->y)};
    bool const is_p256 = members->type == 2 && members->algorithm == -7 && members->curve == 1;
    bool const is_ed25519 = members->type == 1 && members->algorithm == -8 && members->curve == 6;
    if (is_p256) {
        if (key.y.size() != coordinate_size || p256_key(key) == nullptr) return std::nullopt;
    } else if (is_ed25519 && key.y.empty()) {
        key.algorithm = CoseKey::Algorithm::eddsa;
    } else {
        return std::nullopt;
    }
    return FoundKey{std::move(key), bytes.size() - reader.rest().size()};
}

bool is_signed_by(CoseKey const& key, std::string_view bytes, std::string_view signature) {
    if (key.algorithm == CoseKey::Algorithm::eddsa) return seals::verify(key.x, bytes, signature);
    return is_es256_signature(key, bytes, signature);
}

}  // namespace kula::access
