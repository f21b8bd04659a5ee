#include "mock/entra_assertion.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/certificate.h"
#include "base/digest.h"
#include "base/openssl_handle.h"
#include "token/test_key.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using Time = EntraAssertions::Time;

const Time kSignInTime{std::chrono::hours(500'000)};

std::int64_t At(std::chrono::seconds from_now) {
  return std::chrono::duration_cast<std::chrono::seconds>(kSignInTime.time_since_epoch()).count() +
         from_now.count();
}

/// Making an RSA key takes long: one for all tests.
const Credential& SharedCredential() {
  static const Credential kCredential = [] {
    CertificateRequest request;
    request.name = "conform test application";
    request.not_before = kSignInTime;
    request.not_after = kSignInTime + std::chrono::hours(1);
    request.key = KeyKind::kRsa2048;
    return IssueCertificate(request, nullptr).value();
  }();
  return kCredential;
}

std::string SignWith(const std::string& key_pem, const std::string& text, bool pss) {
  const auto bio = openssl::ReadFrom(key_pem);
  const openssl::KeyHandle key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, &openssl::NoPassword, nullptr));
  const openssl::Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;
  EXPECT_EQ(EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, key.get()), 1);
  if (pss) {
    EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST);
  }
  std::string signature(512, '\0');
  std::size_t size = signature.size();
  EXPECT_EQ(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           reinterpret_cast<const unsigned char*>(text.data()), text.size()),
            1);
  return signature.substr(0, size);
}

class EntraAssertionTest : public testing::Test {
 protected:
  EntraAssertionTest() {
    auto certificate = EntraCertificate::Read(SharedCredential().certificate);
    EXPECT_TRUE(certificate);
    header_ = {{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", Base64Url(certificate->sha256())}};
    sha1_ = Base64Url(certificate->sha1());
    certificates_.Register(kEntraConfidentialClient, *std::move(certificate));
    request_.origin = "https://localhost:8443";
    request_.tenant_name = kEntraTenant;
    request_.ids.now = kSignInTime;
  }

  std::string Assertion() const {
    const std::string text = Base64Url(header_.dump()) + '.' + Base64Url(claims_.dump());
    return text + '.' +
           Base64Url(SignWith(SharedCredential().key, text, header_["alg"] == "PS256"));
  }
  /// 0: it holds. Else Entra's number.
  int Check(const std::string& assertion) {
    const auto told = assertions_.Check(assertion, *FindEntraApplication(kEntraConfidentialClient),
                                        request_, certificates_);
    return told ? 0 : static_cast<int>(told.error().code);
  }
  int Check() { return Check(Assertion()); }

  EntraAssertions assertions_;
  EntraCertificates certificates_;
  EntraRequest request_{"", "", {}, EntraForm(""), "", {}};
  Json header_;
  std::string sha1_;
  Json claims_ = {{"iss", kEntraConfidentialClient},
                  {"sub", kEntraConfidentialClient},
                  {"aud",
                   "https://localhost:8443/3f1c2b7a-5d84-4e0b-9c66-0a7d1b2e9f40/oauth2/"
                   "v2.0/token"},
                  {"jti", "one"},
                  {"nbf", At(std::chrono::seconds(1))},
                  {"exp", At(std::chrono::minutes(10))}};
};

TEST_F(EntraAssertionTest, TakesBothAlgorithmsAndBothThumbprints) {
  EXPECT_EQ(Check(), 0);
  // As Python's client writes it: padded, times with a fraction.
  header_ = {{"alg", "RS256"}, {"x5t", sha1_ + "="}};
  claims_["exp"] = static_cast<double>(At(std::chrono::minutes(1))) + 0.25;
  claims_["jti"] = "two";
  EXPECT_EQ(Check(), 0);
}

TEST_F(EntraAssertionTest, AnIdIsGoodOnceWhereATestSaysSo) {
  EXPECT_EQ(Check(), 0);
  EXPECT_EQ(Check(), 0);
  assertions_.DemandNew(true);
  EXPECT_EQ(Check(), 50013);
  claims_["jti"] = "another";
  EXPECT_EQ(Check(), 0);
}

TEST_F(EntraAssertionTest, RefusesEachClaimThatIsWrong) {
  const struct {
    const char* claim;
    Json value;
    int code;
  } rows[] = {
      {"iss", "somebody", 700021},
      {"sub", kEntraPublicClient, 700021},
      {"aud", "https://localhost:8443/common/oauth2/v2.0/token", 700023},
      {"aud", Json::array({"elsewhere"}), 700023},
      {"exp", At(std::chrono::minutes(-5)), 700024},
      {"exp", "tomorrow", 50027},
      {"nbf", At(std::chrono::minutes(6)), 700024},
      {"jti", "", 50027},
  };
  const Json good = claims_;
  for (const auto& row : rows) {
    claims_ = good;
    claims_[row.claim] = row.value;
    EXPECT_EQ(Check(), row.code) << row.claim << row.value;
  }
}

TEST_F(EntraAssertionTest, ClocksMayDifferALittle) {
  claims_["exp"] = At(std::chrono::seconds(-299));
  EXPECT_EQ(Check(), 0);
  claims_["jti"] = "two";
  claims_["nbf"] = At(std::chrono::seconds(300));
  EXPECT_EQ(Check(), 0);
}

TEST_F(EntraAssertionTest, RefusesSignaturesThatDoNotHold) {
  std::string forged = Assertion();
  const std::size_t at = forged.rfind('.') + 1;
  forged[at] = forged[at] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Check(forged), 700027);
  header_["alg"] = "none";
  EXPECT_EQ(Check(), 700027);
  header_["alg"] = "PS256";
  header_["x5t#S256"] = Base64Url(Sha256("another"));
  EXPECT_EQ(Check(), 700027);
  header_.erase("x5t#S256");
  EXPECT_EQ(Check(), 700027);
  EXPECT_EQ(Check("no.token"), 50027);
}

TEST_F(EntraAssertionTest, ACertificateOfAnotherApplicationCountsForNothing) {
  const auto told = assertions_.Check(Assertion(), *FindEntraApplication(kEntraPoorClient),
                                      request_, certificates_);
  EXPECT_EQ(told.error().code, Aadsts::kAssertionNotOfClient);
}

TEST_F(EntraAssertionTest, TrustsIssuersThatItFederatesWith) {
  for (const EntraFederation& row : kEntraFederations) {
    const Json good = {{"iss", row.issuer},
                       {"sub", row.subject},
                       {"aud", kFederationAudience},
                       {"exp", At(std::chrono::minutes(5))}};
    const auto check = [&](const char* claim, const char* value) {
      Json claims = good;
      if (claim != nullptr) claims[claim] = value;
      return Check(SignJwt({}, claims, TestKey()).value());
    };
    EXPECT_EQ(check(nullptr, ""), 0) << row.issuer;
    EXPECT_EQ(check("iss", "https://elsewhere.example"), 700211);
    EXPECT_EQ(check("aud", "api://elsewhere"), 700212);
    EXPECT_EQ(check("sub", "repo:elsewhere"), 700213);
    std::string forged = SignJwt({}, good, TestKey()).value();
    const std::size_t at = forged.rfind('.') + 1;
    forged[at] = forged[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(Check(forged), 700027);
  }
}

TEST_F(EntraAssertionTest, AnIssuerIsTrustedByItsApplicationAlone) {
  const EntraFederation& row = kEntraFederations.front();
  const Json claims = {{"iss", row.issuer},
                       {"sub", row.subject},
                       {"aud", kFederationAudience},
                       {"exp", At(std::chrono::minutes(5))}};
  const auto told =
      assertions_.Check(SignJwt({}, claims, TestKey()).value(),
                        *FindEntraApplication(kEntraPoorClient), request_, certificates_);
  ASSERT_FALSE(told.has_value());
  EXPECT_EQ(told.error().code, Aadsts::kFederatedIssuer);
}

TEST_F(EntraAssertionTest, CertificatesAreKeptOnceAndNotWithoutEnd) {
  const auto certificate = EntraCertificate::Read(SharedCredential().certificate).value();
  certificates_.Register(kEntraConfidentialClient, certificate);
  EXPECT_EQ(certificates_.Of(kEntraConfidentialClient).size(), 1u);
}

TEST(EntraCertificate, TakesNoOtherKeyThanRsa) {
  CertificateRequest request;
  request.name = "elliptic";
  request.not_before = kSignInTime;
  request.not_after = kSignInTime + std::chrono::hours(1);
  const auto read = EntraCertificate::Read(IssueCertificate(request, nullptr).value().certificate);
  EXPECT_EQ(read.error().message, "the certificate's key is not an RSA key; Entra takes no other");
  EXPECT_EQ(EntraCertificate::Read("text").error().message, "the content is no PEM certificate");
}

}  // namespace
}  // namespace conform
