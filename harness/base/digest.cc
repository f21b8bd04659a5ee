#include "base/digest.h"

#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace conform {
namespace {

constexpr std::string_view kBase64Url =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::string_view kHex = "0123456789abcdef";

constexpr std::array<int, 256> kBase64UrlValues = [] {
  std::array<int, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kBase64Url.size(); ++i) {
    values[static_cast<unsigned char>(kBase64Url[i])] = static_cast<int>(i);
  }
  return values;
}();

/// The hyphenated form of 16 bytes, with `version` and the RFC 9562 variant put in.
std::string FormatUuid(std::array<unsigned char, 16> bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | version << 4);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
  std::string text(36, '-');
  std::size_t at = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
    text[at++] = kHex[bytes[i] >> 4];
    text[at++] = kHex[bytes[i] & 15U];
  }
  return text;
}

/// EVP_sha256() would have the library look for its algorithm at each call. Digesting fails only
/// where memory is out or the library was built without SHA-256: nothing to carry on with.
const EVP_MD* Algorithm() {
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kSha256;
}

/// Asked of the system as many bytes at a time as one call gives. OpenSSL would first make each
/// thread a generator of its own.
class RandomBytes {
 public:
  std::array<unsigned char, 16> Next() {
    if (used_ == bytes_.size()) {
      // Without randomness no identifier of ours is unique: better no run than a misleading one.
      if (::getentropy(bytes_.data(), bytes_.size()) != 0) std::abort();
      used_ = 0;
    }
    std::array<unsigned char, 16> next{};
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(used_), next.size(), next.begin());
    used_ += next.size();
    return next;
  }

 private:
  std::array<unsigned char, 256> bytes_{};
  std::size_t used_ = bytes_.size();
};

}  // namespace

std::string Sha256(std::string_view bytes) {
  std::string digest(kSha256Bytes, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 nullptr, Algorithm(), nullptr) != 1) {
    std::abort();
  }
  return digest;
}

std::string Hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += kHex[byte >> 4];
    text += kHex[byte & 15U];
  }
  return text;
}

std::string Sha256Hex(std::string_view bytes) { return Hex(Sha256(bytes)); }

std::string Sha256Hex(std::istream& stream) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  std::string digest(kSha256Bytes, '\0');
  bool done = context != nullptr && EVP_DigestInit_ex(context.get(), Algorithm(), nullptr) == 1;
  std::vector<char> piece(std::size_t{1} << 16);
  while (done && (stream.read(piece.data(), static_cast<std::streamsize>(piece.size())),
                  stream.gcount() > 0)) {
    const auto size = static_cast<std::size_t>(stream.gcount());
    done = EVP_DigestUpdate(context.get(), piece.data(), size) == 1;
  }
  auto* const into = reinterpret_cast<unsigned char*>(digest.data());
  if (!done || EVP_DigestFinal_ex(context.get(), into, nullptr) != 1) std::abort();
  return Hex(digest);
}

std::string Base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // it ends what it writes with a zero
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string Base64Url(std::string_view bytes) {
  std::string text = Base64(bytes);
  text.resize(text.find_last_not_of('=') + 1);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

std::optional<std::string> DecodeBase64Url(std::string_view text) {
  if (text.ends_with('=')) {
    if (text.size() % 4 != 0) return std::nullopt;
    text.remove_suffix(text.ends_with("==") ? 2 : 1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int value = kBase64UrlValues[static_cast<unsigned char>(c)];
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 255U);
    }
  }
  return bytes;
}

std::string RandomUuid() {
  thread_local RandomBytes random;
  return FormatUuid(random.Next(), 4);
}

std::string NamedUuid(std::string_view name) {
  const std::string digest = Sha256(name);
  std::array<unsigned char, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(digest[i]);
  return FormatUuid(bytes, 8);
}

}  // namespace conform
