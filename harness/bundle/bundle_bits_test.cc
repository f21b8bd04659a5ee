// One bit changed anywhere in a bundle is told, whether or not the archive's checksums are mended.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bundle/bundle_check.h"
#include "bundle/sample_authority.h"

namespace conform {
namespace {

/// What is flipped: who signed it, and whether it is stamped.
struct Flipped {
  const char* name;
  const char* key;  ///< makes signer.pem; empty: unsigned.
  bool stamped = false;
  bool rooted = false;  ///< whether the stamp's roots are given.
};

class BundleBits : public testing::TestWithParam<Flipped> {
 protected:
  BundleBits() {
    if (*GetParam().key != '\0') {
      folder_.Run(std::string(GetParam().key) +
                  " -out signer.pem; openssl pkey -in signer.pem -pubout -out signer.pub.pem");
      signer_.emplace(*SigningKey::Load(folder_.path() / "signer.pem"));
      reader_.emplace(*PublicKey::Load(folder_.path() / "signer.pub.pem"));
    }
    if (GetParam().stamped) authority_.emplace(folder_);
    if (GetParam().rooted) roots_.emplace(*TimeStampRoots::Load(folder_.path() / "ca.pem"));
    bundle_ = SampleBundle(
        {signer_ ? &*signer_ : nullptr, authority_ ? AskDirectly(*authority_) : TimeStamper()});
  }
  BundleVerdict Check(const std::string& archive) const {
    return CheckBundle(archive, {reader_ ? &*reader_ : nullptr, roots_ ? &*roots_ : nullptr});
  }

  SampleFolder folder_;
  std::optional<SigningKey> signer_;
  std::optional<PublicKey> reader_;
  std::optional<SampleAuthority> authority_;
  std::optional<TimeStampRoots> roots_;
  std::string bundle_;
};

TEST_P(BundleBits, AreNoticedInAnyByte) {
  std::string flipped = bundle_;
  for (std::size_t i = 0; i < bundle_.size(); ++i) {
    flipped[i] = static_cast<char>(bundle_[i] ^ 1 << i % 8);
    const BundleVerdict verdict = Check(flipped);
    EXPECT_TRUE(verdict.state == BundleVerdict::State::kBroken ||
                verdict.state == BundleVerdict::State::kUnreadable)
        << i;
    flipped[i] = bundle_[i];
  }
}

TEST_P(BundleBits, AreNoticedInAnyByteOfAFileThoughTheChecksumIsMended) {
  if (!signer_)
    GTEST_SKIP() << "nobody signed it";  // whoever changes one that nobody signed can make it anew
  Files files = Unzip(bundle_);
  for (BundleFile& file : files) {
    // Every byte, and of those that follow each other another bit.
    for (std::size_t bit = 0; bit < 8 * file.bytes.size(); bit += 7) {
      char& byte = file.bytes[bit / 8];
      const char was = byte;
      byte = static_cast<char>(was ^ 1 << bit % 8);
      const BundleVerdict verdict = Check(Zip(files));
      EXPECT_EQ(verdict.state, BundleVerdict::State::kBroken) << file.path << ' ' << bit;
      ASSERT_FALSE(verdict.breaches.empty()) << file.path << ' ' << bit;
      EXPECT_EQ(verdict.breaches.front().substr(0, file.path.size() + 1), file.path + ":");
      byte = was;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, BundleBits,
    testing::Values(Flipped{"Unsigned", ""},
                    Flipped{"Ed25519", "openssl genpkey -algorithm ed25519"},
                    Flipped{"P256", "openssl ecparam -name prime256v1 -genkey"},
                    Flipped{"Stamped", "openssl genpkey -algorithm ed25519", true, true},
                    Flipped{"StampedByWhomeverItWas", "openssl genpkey -algorithm ed25519", true,
                            false}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
