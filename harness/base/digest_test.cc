#include "base/digest.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace conform {
namespace {

TEST(Sha256Hex, IsThatOfFips180) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, GivesTheBytesOfItsHex) {
  EXPECT_EQ(Sha256("abc").size(), 32U);
  EXPECT_EQ(Sha256("abc").substr(0, 4), "\xba\x78\x16\xbf");
}

TEST(Base64, IsThatOfRfc4648Section10) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foob"), "Zm9vYg==");
  EXPECT_EQ(Base64("\xfb\xff"), "+/8=");
}

TEST(Base64Url, HasItsOwnAlphabetAndNoPadding) {
  EXPECT_EQ(Base64Url("\xfb\xff"), "-_8");
  EXPECT_EQ(Base64Url("f"), "Zg");
}

TEST(DecodeBase64Url, TakesPaddingOrNone) {
  EXPECT_EQ(DecodeBase64Url("Zg"), "f");
  EXPECT_EQ(DecodeBase64Url("Zg=="), "f");
  EXPECT_EQ(DecodeBase64Url("Zm8="), "fo");
  EXPECT_EQ(DecodeBase64Url(""), "");
}

TEST(DecodeBase64Url, RefusesWhatIsNoBase64Url) {
  for (const auto* text : {"Zg=", "Z", "Zm9vY", "+/8", "Zg==Zg==", "Z g", "Zg===", "=", "Zm\n9v"}) {
    EXPECT_EQ(DecodeBase64Url(text), std::nullopt) << text;
  }
}

TEST(DecodeBase64Url, ReadsBackEveryByte) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    bytes += static_cast<char>(byte);
    EXPECT_EQ(DecodeBase64Url(Base64Url(bytes)), bytes);
  }
}

/// Every hexadecimal digit made an `x`, but for the version's; the variant's made a `v`.
std::string ShapeOf(std::string uuid) {
  for (std::size_t i = 0; i < uuid.size(); ++i) {
    const std::string_view allowed = i == 19 ? "89ab" : "0123456789abcdef";
    if (i != 14 && allowed.find(uuid[i]) != std::string_view::npos) uuid[i] = i == 19 ? 'v' : 'x';
  }
  return uuid;
}

TEST(RandomUuid, IsOfVersion4AndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const std::string uuid = RandomUuid();
    EXPECT_EQ(ShapeOf(uuid), "xxxxxxxx-xxxx-4xxx-vxxx-xxxxxxxxxxxx") << uuid;
    EXPECT_TRUE(seen.insert(uuid).second) << uuid;
  }
}

TEST(NamedUuid, IsAFunctionOfTheNameAlone) {
  // The first 16 bytes of the name's SHA-256 with version and variant put in.
  EXPECT_EQ(NamedUuid("abc"), "ba7816bf-8f01-8fea-8141-40de5dae2223");
  EXPECT_NE(NamedUuid("abc"), NamedUuid("abd"));
}

TEST(Sha256Hex, OfAStreamIsThatOfItsBytes) {
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{65'536}, std::size_t{200'000}}) {
    const std::string bytes(size, 'x');
    std::istringstream stream(bytes);
    EXPECT_EQ(Sha256Hex(stream), Sha256Hex(bytes)) << size;
  }
}

}  // namespace
}  // namespace conform
