#include "token/rsa_key.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "token/test_key.h"

namespace conform {
namespace {

std::string ReadPublicTestKey() {
  std::ifstream file(CONFORM_TESTDATA "/keys/conform-test-key.pub.pem");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(RsaKey, VerifiesWhatItSigned) {
  const Expected<std::string> signature = TestKey().Sign("a message");
  ASSERT_TRUE(signature.has_value());
  EXPECT_EQ(signature->size(), 256u);
  EXPECT_TRUE(TestKey().Verify("a message", *signature));
}

TEST(RsaKey, RefusesAnotherMessageAndAnotherSignature) {
  std::string signature = TestKey().Sign("a message").value();
  EXPECT_FALSE(TestKey().Verify("another message", signature));
  signature[0] = static_cast<char>(signature[0] ^ 1);
  EXPECT_FALSE(TestKey().Verify("a message", signature));
  EXPECT_FALSE(TestKey().Verify("a message", ""));
}

TEST(RsaKey, SignsTheSameMessageAlike) {
  EXPECT_EQ(TestKey().Sign("a message").value(), TestKey().Sign("a message").value());
}

TEST(RsaKey, PublicHalfInTestdataVerifiesAndCannotSign) {
  const Expected<RsaKey> key = RsaKey::Load(ReadPublicTestKey());
  ASSERT_TRUE(key.has_value()) << key.error().message;
  EXPECT_TRUE(key->Verify("a message", TestKey().Sign("a message").value()));
  const Expected<std::string> signature = key->Sign("a message");
  ASSERT_FALSE(signature.has_value());
  EXPECT_EQ(signature.error().message, "a public key cannot sign");
}

TEST(RsaKey, TextThatIsNoKeyIsAnErrorThatDoesNotQuoteIt) {
  for (const char* text : {"", "hunter2", "-----BEGIN PRIVATE KEY-----\nhunter2\n"}) {
    const Expected<RsaKey> key = RsaKey::Load(text);
    ASSERT_FALSE(key.has_value()) << text;
    EXPECT_EQ(key.error().message, "a key could not be read: it is no unencrypted PEM key");
  }
}

TEST(RsaKey, KeyOfAnotherAlgorithmIsRefused) {
  constexpr const char* kEd25519 =
      "-----BEGIN PUBLIC KEY-----\n"
      "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
      "-----END PUBLIC KEY-----\n";
  const Expected<RsaKey> key = RsaKey::Load(kEd25519);
  ASSERT_FALSE(key.has_value());
  EXPECT_EQ(key.error().message, "a key is not an RSA key");
}

TEST(TestKeyPem, SaysThatItIsPublic) {
  EXPECT_NE(TestKeyPem().find("PUBLIC TEST KEY"), std::string_view::npos);
}

}  // namespace
}  // namespace conform
