// SHA-256 and the encodings that digests, tokens and identifiers are written in.
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// Lower-case hexadecimal, 64 characters.
std::string Sha256Hex(std::string_view bytes);
/// Of all that is left in `stream`, a piece at a time.
std::string Sha256Hex(std::istream& stream);
inline constexpr std::size_t kSha256Bytes = 32;
/// So many raw bytes.
std::string Sha256(std::string_view bytes);
/// Lower-case hexadecimal, two characters a byte.
std::string Hex(std::string_view bytes);

std::string Base64(std::string_view bytes);
/// RFC 4648 §5, without padding.
std::string Base64Url(std::string_view bytes);
/// Padding is optional; nothing where a character is outside the alphabet.
std::optional<std::string> DecodeBase64Url(std::string_view text);

/// A version 4 UUID (RFC 9562) from the operating system's randomness.
std::string RandomUuid();
/// A UUID (version 8) that is a function of `name` alone.
std::string NamedUuid(std::string_view name);

}  // namespace conform
