#include "webauthn.hpp"

#include <gtest/gtest.h>

#include "authenticator.hpp"
#include "cbor.hpp"

namespace {

using namespace kula;
using namespace kula::access;
using access_testing::Authenticator;
using access_testing::cbor_bytes;
using access_testing::cbor_head;
using access_testing::cbor_text;

RelyingParty const party{"localhost", "http://localhost:8080"};

class WebauthnTest : public ::testing::TestWithParam<Authenticator::Kind> {
protected:
    Authenticator key{GetParam()};
    std::string const challenge = "Y2hhbGxlbmdlLWNoYWxsZW5nZS1jaGFsbGVuZ2UtMDE";

    [[nodiscard]] bool takes(PasskeyAttestation const& attestation) const {
        return checked_attestation(attestation, party).has_value();
    }
    [[nodiscard]] PasskeyAttestation with(std::string const& data) const {
        return {"x", key.client_data("webauthn.create", challenge), Authenticator::attestation_object(data)};
    }
};
INSTANTIATE_TEST_SUITE_P(with, WebauthnTest, ::testing::Values(Authenticator::Kind::es256, Authenticator::Kind::eddsa),
                         [](auto const& kind) { return kind.param == Authenticator::Kind::es256 ? "es256" : "eddsa"; });

TEST_P(WebauthnTest, takes_what_an_authenticator_makes) {
    key.uses = 7;
    auto const made = checked_attestation(key.attest(challenge), party);
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    EXPECT_EQ(made->challenge, challenge);
    EXPECT_EQ(made->id, key.credential_id);
    EXPECT_EQ(made->uses, 7u);
    EXPECT_EQ(made->public_key, key.cose_key());
    auto const assertion = key.assert_for(challenge, "handle");
    auto const used = checked_assertion(assertion, party);
    ASSERT_TRUE(used.has_value()) << used.error().detail;
    EXPECT_TRUE(is_signed_by(parse_cose_key(made->public_key)->key, assertion));
}

TEST_P(WebauthnTest, takes_no_signature_of_other_bytes_or_of_another_key) {
    auto const public_key = parse_cose_key(key.cose_key())->key;
    auto assertion = key.assert_for(challenge, "handle");
    assertion.client_data += ' ';
    EXPECT_FALSE(is_signed_by(public_key, assertion));
    assertion = key.assert_for(challenge, "handle");
    assertion.signature.back() = static_cast<char>(assertion.signature.back() ^ 1);
    EXPECT_FALSE(is_signed_by(public_key, assertion));
    assertion.signature = {};
    EXPECT_FALSE(is_signed_by(public_key, assertion));
    EXPECT_FALSE(is_signed_by(public_key, Authenticator(GetParam()).assert_for(challenge, "handle")));
}

TEST_P(WebauthnTest, refuses_another_type_origin_or_site) {
    auto attestation = key.attest(challenge);
    attestation.client_data = key.client_data("webauthn.get", challenge);
    EXPECT_FALSE(takes(attestation));
    auto assertion = key.assert_for(challenge, "handle");
    assertion.client_data = key.client_data("webauthn.create", challenge);
    EXPECT_FALSE(checked_assertion(assertion, party).has_value());
    for (auto const* const origin : {"http://localhost:8081", "https://localhost:8080", "http://localhost", ""}) {
        key.origin = origin;
        EXPECT_FALSE(takes(key.attest(challenge))) << origin;
        EXPECT_FALSE(checked_assertion(key.assert_for(challenge, "handle"), party).has_value()) << origin;
    }
    key.origin = party.origin;
    key.site = "localhost.evil.example";
    EXPECT_FALSE(takes(key.attest(challenge)));
    EXPECT_FALSE(checked_assertion(key.assert_for(challenge, "handle"), party).has_value());
}

TEST_P(WebauthnTest, refuses_what_a_frame_of_another_site_made) {
    auto attestation = key.attest(challenge);
    auto const place = attestation.client_data.find("false");
    attestation.client_data.replace(place, 5, "true");
    EXPECT_FALSE(takes(attestation));
}

TEST_P(WebauthnTest, needs_a_person_who_was_there_and_was_verified) {
    for (unsigned const flags : {0b000u, 0b001u, 0b100u}) {
        key.flags = static_cast<unsigned char>(flags);
        EXPECT_FALSE(takes(key.attest(challenge))) << flags;
        EXPECT_FALSE(checked_assertion(key.assert_for(challenge, "handle"), party).has_value()) << flags;
    }
}

TEST_P(WebauthnTest, takes_extensions_only_where_they_are_announced_and_whole) {
    auto const extensions = cbor_head(5, 1) + cbor_text("credProps") + cbor_head(5, 0);
    EXPECT_FALSE(takes(with(key.attested_data() + extensions)));
    key.flags |= 0x80;
    EXPECT_TRUE(takes(with(key.attested_data() + extensions)));
    EXPECT_FALSE(takes(with(key.attested_data())));
    EXPECT_FALSE(takes(with(key.attested_data() + extensions + 'x')));
}

TEST_P(WebauthnTest, does_not_trust_but_oversees_another_attestation) {
    auto attestation = key.attest(challenge);
    attestation.attestation_object = cbor_head(5, 3) + cbor_text("fmt") + cbor_text("packed") + cbor_text("attStmt") +
                                     cbor_head(5, 1) + cbor_text("sig") + cbor_bytes("x") + cbor_text("authData") +
                                     cbor_bytes(key.attested_data());
    EXPECT_TRUE(takes(attestation));
}

TEST_P(WebauthnTest, refuses_every_cut_of_what_it_takes) {
    auto const whole = key.attest(challenge);
    for (std::size_t size = 0; size < whole.attestation_object.size(); ++size) {
        auto cut = whole;
        cut.attestation_object.resize(size);
        EXPECT_FALSE(takes(cut)) << size;
    }
    auto const data = key.attested_data();
    for (std::size_t size = 0; size < data.size(); ++size) EXPECT_FALSE(takes(with(data.substr(0, size)))) << size;
    auto more = whole;
    more.attestation_object += 'x';
    EXPECT_FALSE(takes(more));
}

TEST_P(WebauthnTest, refuses_credentials_of_impossible_length) {
    key.credential_id = "";
    EXPECT_FALSE(takes(key.attest(challenge)));
    key.credential_id = std::string(1023, 'x');
    EXPECT_TRUE(takes(key.attest(challenge)));
    key.credential_id = std::string(1024, 'x');
    EXPECT_FALSE(takes(key.attest(challenge)));
}

TEST_P(WebauthnTest, refuses_client_data_that_is_no_object) {
    for (auto const* const text : {"", "[]", "{", "null", "\"webauthn.create\"", R"({"type":1})"}) {
        auto attestation = key.attest(challenge);
        attestation.client_data = text;
        EXPECT_FALSE(takes(attestation)) << text;
    }
}

TEST(CoseKeys, are_taken_on_their_curve_only) {
    auto const good = Authenticator(Authenticator::Kind::es256).cose_key();
    ASSERT_TRUE(parse_cose_key(good).has_value());
    auto off = good;
    off.back() = static_cast<char>(off.back() ^ 1);
    EXPECT_FALSE(parse_cose_key(off).has_value());
    auto other_algorithm = good;
    other_algorithm[4] = '\x27';  // -8 with a key of two coordinates.
    EXPECT_FALSE(parse_cose_key(other_algorithm).has_value());
    auto other_curve = good;
    other_curve[6] = '\x02';
    EXPECT_FALSE(parse_cose_key(other_curve).has_value());
    EXPECT_FALSE(parse_cose_key("").has_value());
}

TEST(CoseKeys, say_everything_once) {
    auto const x = cbor_bytes(std::string(32, 'x'));
    auto const once = cbor_head(5, 4) + "\x01\x01\x03\x27\x20\x06\x21" + x;
    EXPECT_TRUE(parse_cose_key(once).has_value());
    EXPECT_FALSE(parse_cose_key(cbor_head(5, 5) + once.substr(1) + "\x21" + x).has_value());
}

TEST(Cbor, reads_heads_of_every_length) {
    CborReader reader(std::string_view("\x17\x18\x18\x19\x01\x00\x1a\x00\x01\x00\x00\x20\x38\xff", 14));
    for (auto const wanted : {23, 24, 256, 65536, -1, -256}) EXPECT_EQ(reader.integer(), wanted);
    EXPECT_FALSE(reader.is_faulty());
    EXPECT_TRUE(reader.rest().empty());
}

TEST(Cbor, refuses_longer_heads_than_needed_and_indefinite_lengths) {
    for (std::string_view const bytes :
         {std::string_view("\x18\x17", 2), std::string_view("\x19\x00\xff", 3),
          std::string_view("\x1a\x00\x00\xff\xff", 5), std::string_view("\x1b\x00\x00\x00\x00\xff\xff\xff\xff", 9),
          std::string_view("\x5f\x41\x78\xff", 4), std::string_view("\xbf\xff", 2), std::string_view("\x1c", 1)}) {
        CborReader reader(bytes);
        EXPECT_FALSE(reader.skip());
        EXPECT_TRUE(reader.is_faulty());
        EXPECT_FALSE(reader.integer().has_value()) << "a fault is final";
    }
}

TEST(Cbor, bounds_depth_and_size) {
    EXPECT_TRUE(CborReader(std::string(7, '\x81') + '\x01').skip());
    EXPECT_FALSE(CborReader(std::string(100, '\x81') + '\x01').skip());
    EXPECT_FALSE(CborReader(std::string("\x9a\xff\xff\xff\xff")).skip());
    EXPECT_FALSE(CborReader(std::string("\x5a\xff\xff\xff\xff")).skip());
    CborReader numbers(std::string_view("\x1b\xff\xff\xff\xff\xff\xff\xff\xff", 9));
    EXPECT_FALSE(numbers.integer().has_value());
}

}  // namespace
