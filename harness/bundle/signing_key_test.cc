#include "bundle/signing_key.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/ec.h>

#include "bundle/openssl_handle.h"
#include "bundle/sample_bundle.h"

namespace conform {
namespace {

constexpr const char* kMakeP256 =
    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out signer.pem";

std::string Hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

TEST(SigningKey, SignsEd25519AsRfc8032Says) {
  const SigningKey key = SampleSigner();
  EXPECT_TRUE(key.deterministic());
  EXPECT_EQ(Hex(*key.Sign("")),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
            "701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST(SigningKey, IsKnownByTheDigestOfItsPublicHalf) {
  const SampleFolder folder;
  folder.Write("key.pem", kSampleKey);
  const std::string digest =
      folder.Run("openssl pkey -in key.pem -pubout -outform DER | sha256sum | cut -d' ' -f1");
  EXPECT_EQ(SampleSigner().id() + "\n", digest);
  EXPECT_EQ(SampleReader().id(), SampleSigner().id());
}

struct GoodKey {
  const char* name;
  const char* script;  ///< makes signer.pem.
};

class SigningKeyTakes : public testing::TestWithParam<GoodKey> {};

TEST_P(SigningKeyTakes, AndItsPublicHalfVerifies) {
  const SampleFolder folder;
  folder.Run(std::string(GetParam().script) +
             "\nopenssl pkey -in signer.pem -pubout -out signer.pub.pem");
  const auto key = SigningKey::Load(folder.path() / "signer.pem");
  ASSERT_TRUE(key) << key.error().message;
  const auto reader = PublicKey::Load(folder.path() / "signer.pub.pem");
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ(reader->id(), key->id());
  const std::string signature = *key->Sign("hello");
  EXPECT_TRUE(reader->Verify("hello", signature));
  EXPECT_FALSE(reader->Verify("hullo", signature));
  EXPECT_FALSE(reader->Verify("hello", signature.substr(1)));
  EXPECT_FALSE(reader->Verify("hello", ""));
  EXPECT_FALSE(SampleReader().Verify("hello", signature));
}

INSTANTIATE_TEST_SUITE_P(
    Table, SigningKeyTakes,
    testing::Values(GoodKey{"Ed25519", "openssl genpkey -algorithm ed25519 -out signer.pem"},
                    GoodKey{"P256", kMakeP256},
                    GoodKey{"P256OfEcparam",
                            "openssl ecparam -name prime256v1 -genkey -out signer.pem"}),
    [](const auto& row) { return std::string(row.param.name); });

/// The other signature that holds for the same bytes: n - s in the place of s.
std::string WithOtherS(const std::string& signature) {
  const unsigned char* cursor = Bytes(signature);
  const Handle<ECDSA_SIG, ECDSA_SIG_free> pair(
      d2i_ECDSA_SIG(nullptr, &cursor, static_cast<long>(signature.size())));
  const Handle<EC_GROUP, EC_GROUP_free> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  BIGNUM* other = BN_new();
  BN_sub(other, EC_GROUP_get0_order(group.get()), ECDSA_SIG_get0_s(pair.get()));
  ECDSA_SIG_set0(pair.get(), BN_dup(ECDSA_SIG_get0_r(pair.get())), other);
  return EncodeDer<i2d_ECDSA_SIG>(pair.get());
}

TEST(SigningKey, HasOneEcdsaSignatureThatHolds) {
  const SampleFolder folder;
  folder.Run(std::string(kMakeP256) + "\nopenssl pkey -in signer.pem -pubout -out signer.pub.pem");
  const SigningKey key = *SigningKey::Load(folder.path() / "signer.pem");
  const PublicKey reader = *PublicKey::Load(folder.path() / "signer.pub.pem");
  for (int i = 0; i < 20; ++i) {
    const std::string signature = *key.Sign("hello");
    EXPECT_TRUE(reader.Verify("hello", signature));
    const std::string other = WithOtherS(signature);
    EXPECT_FALSE(reader.Verify("hello", other));
    // It is the altered form alone that is refused: OpenSSL takes it.
    folder.Write("hello", "hello");
    folder.Write("signature", other);
    folder.Run("openssl dgst -sha256 -verify signer.pub.pem -signature signature hello");
  }
}

struct BadKey {
  const char* name;
  const char* script;  ///< makes key.pem.
  const char* error;   ///< after its path.
};

class SigningKeyRefuses : public testing::TestWithParam<BadKey> {};

TEST_P(SigningKeyRefuses, AndSaysWhatToDo) {
  const SampleFolder folder;
  folder.Run(GetParam().script);
  const auto key = SigningKey::Load(folder.path() / "key.pem");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().message, (folder.path() / "key.pem").string() + " " + GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Table, SigningKeyRefuses,
    testing::Values(
        BadKey{"Rsa", "openssl genrsa -out key.pem 1024 2>/dev/null",
               "is a key of the kind RSA; bundles take Ed25519, or EC on P-256: make one with: "
               "openssl genpkey -algorithm ed25519"},
        BadKey{"P384", "openssl ecparam -name secp384r1 -genkey -out key.pem",
               "is a key of the kind EC on secp384r1; bundles take Ed25519, or EC on P-256: make "
               "one with: openssl genpkey -algorithm ed25519"},
        BadKey{"X25519", "openssl genpkey -algorithm x25519 -out key.pem",
               "is a key of the kind X25519; bundles take Ed25519, or EC on P-256: make one with: "
               "openssl genpkey -algorithm ed25519"},
        BadKey{"Protected",
               "openssl genpkey -algorithm ed25519 -aes256 -pass pass:abcd -out key.pem",
               "is protected by a passphrase; take that off in a copy that only you can read: "
               "openssl pkey"},
        BadKey{"ProtectedOfOldForm",
               "openssl ecparam -name prime256v1 -genkey -noout | openssl ec -aes256 -passout "
               "pass:abcd -out key.pem 2>/dev/null",
               "is protected by a passphrase; take that off in a copy that only you can read: "
               "openssl pkey"},
        BadKey{"Public", "openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out key.pem",
               "is a public key; signing needs the private one"},
        BadKey{"Spoilt", "openssl genpkey -algorithm ed25519 | sed '2s/M/A/' > key.pem",
               "is a private key that is spoilt; make one with: openssl genpkey -algorithm "
               "ed25519"},
        BadKey{"Empty", "touch key.pem",
               "is no private key in PEM; make one with: openssl genpkey -algorithm ed25519"}),
    [](const auto& row) { return std::string(row.param.name); });

class PublicKeyRefuses : public testing::TestWithParam<BadKey> {};

TEST_P(PublicKeyRefuses, AndSaysWhatToDo) {
  const SampleFolder folder;
  folder.Run(GetParam().script);
  const auto key = PublicKey::Load(folder.path() / "key.pem");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().message, (folder.path() / "key.pem").string() + " " + GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PublicKeyRefuses,
    testing::Values(
        BadKey{"Private", "openssl genpkey -algorithm ed25519 -out key.pem",
               "is a private key; its public half is made by: openssl pkey -pubout"},
        BadKey{"Rsa", "openssl genrsa 1024 2>/dev/null | openssl rsa -pubout -out key.pem 2>&1",
               "is a key of the kind RSA; bundles take Ed25519, or EC on P-256: make one with: "
               "openssl genpkey -algorithm ed25519"},
        BadKey{
            "Certificate",
            "openssl req -x509 -newkey ed25519 -nodes -keyout /dev/null -subj /CN=a -out key.pem",
            "is a certificate; its key is made by: openssl x509 -pubkey -noout"},
        BadKey{"NoKey", "echo hello > key.pem",
               "is no public key in PEM: it begins with -----BEGIN PUBLIC KEY-----"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(SigningKey, NamesAFileThatIsNotThere) {
  EXPECT_EQ(SigningKey::Load("/nowhere/key.pem").error().message, "/nowhere/key.pem: no such file");
  EXPECT_EQ(PublicKey::Load("/").error().message, "/: is a directory");
}

TEST(DescribeExposure, WarnsOfAKeyThatOthersCanRead) {
  const SampleFolder folder;
  const std::string path = folder.path() / "key.pem";
  folder.Write("key.pem", kSampleKey);
  folder.Run("chmod 640 key.pem");
  EXPECT_EQ(DescribeExposure(path), path + " can be read by others (mode 0640): chmod 600 " + path);
  folder.Run("chmod 600 key.pem");
  EXPECT_EQ(DescribeExposure(path), "");
}

}  // namespace
}  // namespace conform
