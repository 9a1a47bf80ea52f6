#include "webauthn.hpp"

#include <nlohmann/json.hpp>

#include "cbor.hpp"
#include "seals/digest.hpp"

namespace kula::access {
namespace {

constexpr std::size_t longest_answer = 16 * 1024;
constexpr std::size_t sha256_size = 32;

// §6.1, the bits of the flags.
constexpr unsigned user_present = 1 << 0;
constexpr unsigned user_verified = 1 << 2;
constexpr unsigned has_credential = 1 << 6;
constexpr unsigned has_extensions = 1 << 7;

std::string as_text(seals::Digest const& digest) { return {digest.begin(), digest.end()}; }

/// The challenge, when type and origin are as they must be (§7.1 steps 5 to 9, §7.2 steps 9 to 13).
base::Result<std::string> challenge_of(std::string_view client_data, std::string_view type, RelyingParty const& party) {
    if (client_data.size() > longest_answer) return base::invalid("client_data: is too long");
    auto const parsed = nlohmann::json::parse(client_data, nullptr, false);
    if (!parsed.is_object()) return base::invalid("client_data: is no JSON object");
    auto const text = [&parsed](char const* name) {
        auto const found = parsed.find(name);
        return found != parsed.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (text("type") != type) return base::invalid("client_data: is of another type");
    if (text("origin") != party.origin) return base::invalid("client_data: is of another origin");
    auto const crossed = parsed.find("crossOrigin");
    if (crossed != parsed.end() && *crossed != false) return base::invalid("client_data: comes from a frame");
    auto challenge = text("challenge");
    if (challenge.empty() || challenge.size() > 128) return base::invalid("client_data: has no challenge");
    return challenge;
}

struct AuthenticatorData {
    unsigned flags = 0;
    std::uint32_t uses = 0;
    std::string_view rest{};
};

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t out = 0;
    for (char const c : bytes) out = out << 8 | static_cast<unsigned char>(c);
    return out;
}

/// §7.1 steps 13 to 15, §7.2 steps 15 to 17.
base::Result<AuthenticatorData> read_authenticator_data(std::string_view bytes, RelyingParty const& party) {
    constexpr std::size_t head_size = sha256_size + 1 + 4;
    if (bytes.size() < head_size || bytes.size() > longest_answer)
        return base::invalid("authenticator_data: is of a wrong length");
    if (bytes.substr(0, sha256_size) != as_text(seals::sha256(party.id)))
        return base::invalid("authenticator_data: is of another site");
    AuthenticatorData out;
    out.flags = static_cast<unsigned char>(bytes[sha256_size]);
    out.uses = big_endian(bytes.substr(sha256_size + 1, 4));
    out.rest = bytes.substr(head_size);
    if ((out.flags & user_present) == 0) return base::invalid("authenticator_data: nobody was there");
    if ((out.flags & user_verified) == 0) return base::invalid("authenticator_data: the person was not verified");
    return out;
}

/// Extensions are not asked for and not used; they have to be well formed, and nothing may stand behind them.
bool is_end(AuthenticatorData const& data, std::string_view rest) {
    if ((data.flags & has_extensions) == 0) return rest.empty();
    CborReader reader(rest);
    auto const pairs = reader.map();
    for (std::size_t i = 0; i < pairs.value_or(0); ++i) {
        if (!reader.text() || !reader.skip()) return false;
    }
    return !reader.is_faulty() && reader.rest().empty();
}

/// The `authData` of an attestation object (§6.5.4).
std::optional<std::string_view> authenticator_data_of(std::string_view object) {
    CborReader reader(object);
    auto const pairs = reader.map();
    std::optional<std::string_view> format, data;
    bool has_statement = false;
    for (std::size_t i = 0; i < pairs.value_or(0); ++i) {
        auto const key = reader.text();
        if (key == "fmt" && !format) {
            format = reader.text();
        } else if (key == "authData" && !data) {
            data = reader.bytes();
        } else if (key == "attStmt" && !has_statement) {
            has_statement = reader.skip();
        } else {
            return std::nullopt;
        }
    }
    bool const is_whole = format && has_statement && !reader.is_faulty() && reader.rest().empty();
    return is_whole ? data : std::nullopt;
}

}  // namespace

base::Result<NewCredential> checked_attestation(PasskeyAttestation const& attestation, RelyingParty const& party) {
    auto const challenge = challenge_of(attestation.client_data, "webauthn.create", party);
    if (challenge.has_error()) return challenge.error();
    auto const faulty = base::invalid("attestation_object: is not well formed");
    if (attestation.attestation_object.size() > longest_answer) return faulty;
    auto const bytes = authenticator_data_of(attestation.attestation_object);
    if (!bytes) return faulty;
    auto const data = read_authenticator_data(*bytes, party);
    if (data.has_error()) return data.error();

    constexpr std::size_t model_size = 16;  // The authenticator's model (AAGUID) is not looked at.
    auto rest = data->rest;
    if ((data->flags & has_credential) == 0 || rest.size() < model_size + 2) return faulty;
    auto const id_size = big_endian(rest.substr(model_size, 2));
    rest.remove_prefix(model_size + 2);
    if (id_size == 0 || id_size > longest_credential_id || id_size > rest.size()) return faulty;
    NewCredential out{*challenge, std::string(rest.substr(0, id_size)), {}, data->uses};
    rest.remove_prefix(id_size);
    auto const key = parse_cose_key(rest);
    if (!key) return base::invalid("attestation_object: its key is neither ES256 nor EdDSA");
    out.public_key = rest.substr(0, key->size);
    rest.remove_prefix(key->size);
    if (!is_end(*data, rest)) return faulty;
    return out;
}

base::Result<UsedCredential> checked_assertion(PasskeyAssertion const& assertion, RelyingParty const& party) {
    auto const challenge = challenge_of(assertion.client_data, "webauthn.get", party);
    if (challenge.has_error()) return challenge.error();
    auto const data = read_authenticator_data(assertion.authenticator_data, party);
    if (data.has_error()) return data.error();
    if ((data->flags & has_credential) != 0 || !is_end(*data, data->rest))
        return base::invalid("authenticator_data: is not well formed");
    return UsedCredential{*challenge, data->uses};
}

bool is_signed_by(CoseKey const& key, PasskeyAssertion const& assertion) {
    if (assertion.signature.size() > longest_answer) return false;
    auto const signed_bytes = assertion.authenticator_data + as_text(seals::sha256(assertion.client_data));
    return is_signed_by(key, signed_bytes, assertion.signature);
}

}  // namespace kula::access
