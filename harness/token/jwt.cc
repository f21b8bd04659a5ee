#include "token/jwt.h"

#include <array>
#include <cstddef>
#include <utility>

#include "base/digest.h"
#include "base/json_text.h"

namespace conform {
namespace {

constexpr std::size_t kLongestToken = std::size_t{64} * 1024;

struct CompactParts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_text;
};

std::optional<CompactParts> Split(std::string_view token) {
  if (token.size() > kLongestToken) return std::nullopt;
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  if (token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return CompactParts{token.substr(0, first), token.substr(first + 1, second - first - 1),
                      token.substr(second + 1), token.substr(0, second)};
}

std::optional<nlohmann::json> ReadObject(std::string_view part) {
  const std::optional<std::string> text = DecodeBase64Url(part);
  if (!text) return std::nullopt;
  nlohmann::json value = ReadJsonText(*text);
  if (!value.is_object()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Jwt> ReadJwt(std::string_view token) {
  const std::optional<CompactParts> parts = Split(token);
  if (!parts) return std::nullopt;
  std::optional<nlohmann::json> header = ReadObject(parts->header);
  if (!header) return std::nullopt;
  std::optional<nlohmann::json> claims = ReadObject(parts->claims);
  if (!claims) return std::nullopt;
  return Jwt{std::move(*header), std::move(*claims)};
}

Expected<std::string> SignJwt(nlohmann::json header, const nlohmann::json& claims,
                              const RsaKey& key, RsaScheme scheme) {
  header["alg"] = scheme == RsaScheme::kPs256 ? "PS256" : "RS256";
  header["typ"] = "JWT";
  std::string token = Base64Url(WriteJsonText(header));
  token += '.';
  token += Base64Url(WriteJsonText(claims));
  const Expected<std::string> signature = key.Sign(token, scheme);
  if (!signature) return tl::unexpected(signature.error());
  token += '.';
  token += Base64Url(*signature);
  return token;
}

bool VerifyJwt(std::string_view token, const RsaKey& key) {
  const std::optional<CompactParts> parts = Split(token);
  if (!parts) return false;
  const std::optional<nlohmann::json> header = ReadObject(parts->header);
  if (!header) return false;
  const auto algorithm = header->find("alg");
  if (algorithm == header->end() || *algorithm != "RS256") return false;
  const std::optional<std::string> signature = DecodeBase64Url(parts->signature);
  return signature && key.Verify(parts->signed_text, *signature);
}

}  // namespace conform
