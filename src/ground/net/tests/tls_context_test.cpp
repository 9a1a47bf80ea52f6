#include "tls_context.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "certificates.hpp"

namespace kula::net {
namespace {

using testing::Folder;
using testing::TestIdentity;

base::Error error_of(TlsOptions const& options) {
    auto const context = TlsContext::load(options);
    EXPECT_FALSE(context);
    return context ? base::Error{base::Fault::refused, ""} : context.error();
}

void expect_names(base::Error const& error, base::Fault fault, std::filesystem::path const& file,
                  std::string_view what) {
    EXPECT_EQ(error.fault, fault) << error.detail;
    EXPECT_NE(error.detail.find(file.string()), std::string::npos) << error.detail;
    EXPECT_NE(error.detail.find(what), std::string::npos) << error.detail;
}

TEST(TlsContext, reads_pem_files_with_their_chain) {
    Folder const folder;
    TestIdentity const own("own");
    TestIdentity const issuer("issuer");
    auto const chain = folder.write("chain.pem", own.certificate_pem() + issuer.certificate_pem());
    auto const options = TlsOptions{PemFiles{chain, folder.write("key.pem", own.key_pem())}};
    auto const identity = read_identity(options);
    ASSERT_TRUE(identity) << identity.error().detail;
    EXPECT_EQ(identity->chain.size(), 1u);
    auto const context = TlsContext::load(options);
    ASSERT_TRUE(context) << context.error().detail;
    auto const now = base::SystemClock().now();
    EXPECT_EQ((*context)->objection(now), "");
    EXPECT_GT((*context)->expires(), now + std::chrono::minutes(59));
    EXPECT_LT((*context)->expires(), now + std::chrono::minutes(61));
}

TEST(TlsContext, knows_when_its_certificate_is_valid) {
    Folder const folder;
    auto const context = TlsContext::load(TestIdentity("own", -60).in(folder));
    ASSERT_TRUE(context) << context.error().detail;
    auto const now = base::SystemClock().now();
    EXPECT_NE((*context)->objection(now).find("certificate.pem expired at 20"), std::string::npos);
    EXPECT_EQ((*context)->objection(now - std::chrono::hours(1)), "");
    EXPECT_NE((*context)->objection(now - std::chrono::hours(3)).find("valid only from"), std::string::npos);
}

TEST(TlsContext, names_a_file_that_cannot_be_read) {
    Folder const folder;
    TestIdentity const own;
    auto const options = own.in(folder);
    auto const& good = std::get<PemFiles>(options.identity);
    auto const absent = folder / "absent.pem";
    expect_names(error_of({PemFiles{absent, good.key}}), base::Fault::unavailable, absent, "No such file");
    expect_names(error_of({PemFiles{good.certificate, absent}}), base::Fault::unavailable, absent, "No such file");
    expect_names(error_of({Pkcs12File{absent}}), base::Fault::unavailable, absent, "No such file");
    expect_names(error_of({PemFiles{folder / "", good.key}}), base::Fault::unavailable, folder / "", "cannot read");
    auto const huge = folder.write("huge.pem", std::string(2 * 1024 * 1024, 'x'));
    expect_names(error_of({PemFiles{huge, good.key}}), base::Fault::invalid, huge, "too long");
}

TEST(TlsContext, names_what_is_wrong_in_a_file) {
    Folder const folder;
    TestIdentity const own;
    auto const options = own.in(folder);
    auto const& good = std::get<PemFiles>(options.identity);
    auto const other_key = folder.write("other.pem", TestIdentity("other").key_pem());
    auto const error = error_of({PemFiles{good.certificate, other_key}});
    expect_names(error, base::Fault::invalid, other_key, "does not belong to");
    expect_names(error, base::Fault::invalid, good.certificate, "does not belong to");
    expect_names(error_of({PemFiles{good.key, good.key}}), base::Fault::invalid, good.key, "no PEM certificate");
    expect_names(error_of({PemFiles{good.certificate, good.certificate}}), base::Fault::invalid, good.certificate,
                 "no PEM private key");
    auto const locked = folder.write("locked.pem", own.key_pem("secret word"));
    auto const locked_error = error_of({PemFiles{good.certificate, locked}});
    expect_names(locked_error, base::Fault::invalid, locked, "has a password");
    auto damaged = own.certificate_pem();
    damaged[100] = '!';
    auto const broken = folder.write("broken.pem", own.certificate_pem() + damaged);
    expect_names(error_of({PemFiles{broken, good.key}}), base::Fault::invalid, broken, "certificate 2 in");
}

TEST(TlsContext, refuses_a_key_that_is_too_weak) {
    Folder const folder;
    TestIdentity own;
    own.key.reset(EVP_RSA_gen(1024));
    X509_set_pubkey(own.certificate.get(), own.key.get());
    X509_sign(own.certificate.get(), own.key.get(), EVP_sha256());
    expect_names(error_of(own.in(folder)), base::Fault::invalid, folder / "certificate.pem", "key too small");
}

TEST(TlsContext, reads_pkcs12_with_a_password_from_a_file) {
    Folder const folder;
    TestIdentity const own;
    auto const store = folder.write("own.p12", own.pkcs12("secret word"));
    EXPECT_TRUE(TlsContext::load({Pkcs12File{store, folder.write("password", "secret word\n")}}));
    EXPECT_TRUE(TlsContext::load({Pkcs12File{folder.write("open.p12", own.pkcs12(""))}}));
    auto const wrong = error_of({Pkcs12File{store, folder.write("wrong", "another word")}});
    expect_names(wrong, base::Fault::invalid, store, "does not open with its password");
    EXPECT_EQ(wrong.detail.find("another word"), std::string::npos);
    auto const none = folder.write("none.p12", "nonsense");
    expect_names(error_of({Pkcs12File{none}}), base::Fault::invalid, none, "no PKCS#12");
}

}  // namespace
}  // namespace kula::net
