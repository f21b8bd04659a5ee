#include "exchange/client_credential.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <fstream>

#include "base/openssl_handle.h"
#include "exchange/client.h"
#include "testing/sample_request.h"
#include "testing/test_authority.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

class ClientCredentialTest : public testing::Test {
 protected:
  static std::string PathOf(const std::string& name) {
    return fmt::format("{}client_credential.{}", testing::TempDir(), name);
  }

  static std::string Write(const std::string& name, const std::string& bytes) {
    std::ofstream(PathOf(name), std::ios::binary) << bytes;
    return PathOf(name);
  }

  static openssl::KeyHandle ReadKey(const Credential& credential) {
    const auto text = openssl::ReadFrom(credential.key);
    return openssl::KeyHandle(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
  }

  static std::string EncryptKey(const Credential& credential, const std::string& password) {
    const auto key = ReadKey(credential);
    const auto text = openssl::NewMemory();
    PEM_write_bio_PrivateKey(text.get(), key.get(), EVP_aes_256_cbc(),
                             reinterpret_cast<const unsigned char*>(password.data()),
                             static_cast<int>(password.size()), nullptr, nullptr);
    return std::string(openssl::WrittenTo(text.get()));
  }

  static std::string MakePkcs12(const Credential& credential, const char* password) {
    const auto key = ReadKey(credential);
    const auto certificate_text = openssl::ReadFrom(credential.certificate);
    const openssl::CertificateHandle certificate(
        PEM_read_bio_X509(certificate_text.get(), nullptr, nullptr, nullptr));
    const openssl::Handle<PKCS12, PKCS12_free> bag(
        PKCS12_create(password, "alice", key.get(), certificate.get(), nullptr, 0, 0, 0, 0, 0));
    const auto der = openssl::NewMemory();
    i2d_PKCS12_bio(der.get(), bag.get());
    return std::string(openssl::WrittenTo(der.get()));
  }

  /// What the server saw, or why nothing was sent.
  std::string SignIn(const ClientCertificate& certificate, const std::string& password = "") const {
    TlsServerOptions options{authority_.IssueForLoopback(), authority_.credential().certificate};
    const TlsServer server(options);
    ConnectionSettings settings;
    settings.tls.ca_file = Write("ca.pem", authority_.credential().certificate);
    settings.tls.client_certificates = {certificate};
    settings.variables = [&password](std::string_view name) -> std::optional<std::string> {
      if (name != "PASSWORD") return std::nullopt;
      return password;
    };
    const auto client = Client::Open(server.origin(), {}, kClock, settings);
    if (!client) return client.error().message;
    const Attempt attempt = (*client)->Send({"GET", "/", {{"Host", "a"}}, "", false, {}});
    if (attempt.trouble) return attempt.trouble->text;
    return server.handshakes().at(0);
  }

  const TestAuthority authority_;
  const Credential alice_ = authority_.IssueForClient("alice");
  const std::string signed_in_ = "CN=alice - http/1.1";
};

TEST_F(ClientCredentialTest, IsReadFromPem) {
  EXPECT_EQ(SignIn({"127.0.0.1", Write("both.pem", alice_.certificate + alice_.key), "", ""}),
            signed_in_);
  EXPECT_EQ(SignIn({"127.0.0.1", Write("reversed.pem", alice_.key + alice_.certificate), "", ""}),
            signed_in_);
  EXPECT_EQ(SignIn({"127.0.0.1", Write("cert.pem", alice_.certificate),
                    Write("key.pem", alice_.key), ""}),
            signed_in_);
}

TEST_F(ClientCredentialTest, IsOpenedWithThePasswordOfAVariable) {
  const std::string pem = Write("protected.pem", alice_.certificate + EncryptKey(alice_, "s3cret"));
  const std::string bag = Write("client.p12", MakePkcs12(alice_, "s3cret"));
  EXPECT_EQ(SignIn({"127.0.0.1", pem, "", "PASSWORD"}, "s3cret"), signed_in_);
  EXPECT_EQ(SignIn({"127.0.0.1", bag, "", "PASSWORD"}, "s3cret"), signed_in_);
  EXPECT_EQ(SignIn({"127.0.0.1", Write("open.p12", MakePkcs12(alice_, "")), "", ""}), signed_in_);
}

TEST_F(ClientCredentialTest, SaysWhatIsWrongAndNeverThePassword) {
  const std::string pem = Write("protected.pem", alice_.certificate + EncryptKey(alice_, "s3cret"));
  const std::string bag = Write("client.p12", MakePkcs12(alice_, "s3cret"));
  const std::string key = Write("key.pem", alice_.key);
  const std::string certificate = Write("cert.pem", alice_.certificate);
  const std::string other =
      Write("other.pem", alice_.certificate + authority_.IssueForClient("bob").key);
  const std::string garbage = Write("garbage", "neither nor");
  const std::string half = Write("half.p12", MakePkcs12(alice_, "s3cret").substr(0, 100));
  const std::string empty = Write("empty", "");
  const std::string absent = PathOf("absent");
  const std::string closed =
      " has no private key that can be read in {}: it is not there, or its password is missing or "
      "wrong";
  const struct {
    ClientCertificate certificate;
    std::string password;
    std::string what;
  } rows[] = {
      {{"", pem, "", ""}, "", fmt::format(fmt::runtime(closed), pem)},
      {{"", pem, "", "PASSWORD"}, "wr0ng", fmt::format(fmt::runtime(closed), pem)},
      {{"", certificate, "", ""}, "", fmt::format(fmt::runtime(closed), certificate)},
      {{"", certificate, garbage, ""}, "", fmt::format(fmt::runtime(closed), garbage)},
      {{"", pem, "", "PASSWORD"}, "", " opens with the password in PASSWORD, which is not set"},
      {{"", pem, "", "UNSET"}, "", " opens with the password in UNSET, which is not set"},
      {{"", key, "", ""}, "", " holds no certificate"},
      {{"", other, "", ""}, "", " and its private key do not belong together"},
      {{"", bag, "", "PASSWORD"}, "wr0ng", " does not open: its password is missing or wrong"},
      {{"", bag, "", ""}, "", " does not open: its password is missing or wrong"},
      {{"", half, "", "PASSWORD"}, "s3cret", " is neither PEM nor PKCS#12"},
      {{"", garbage, "", ""}, "", " is neither PEM nor PKCS#12"},
      {{"", empty, "", ""}, "", " is empty"},
      {{"", absent, "", ""}, "", " cannot be read"},
      {{"", testing::TempDir(), "", ""}, "", " cannot be read"},
  };
  for (auto row : rows) {
    row.certificate.host = "127.0.0.1";
    EXPECT_EQ(SignIn(row.certificate, row.password),
              fmt::format("the client certificate {}{}", row.certificate.file.string(), row.what));
  }
}

TEST_F(ClientCredentialTest, OfAnotherHostIsNotEvenRead) {
  const std::string told = SignIn({"elsewhere.example", PathOf("absent"), "", ""});
  EXPECT_TRUE(told.ends_with(": the server demands a client certificate")) << told;
}

}  // namespace
}  // namespace conform
