#include "auth/environment_tokens.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

char UpperCase(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool IsSpaceOrControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte == 0x7F;
}

}  // namespace

std::string TokenVariable(IdentityKind kind) {
  std::string name = "CONFORM_TOKEN_";
  for (const char c : NameOf(kind)) name += UpperCase(c);
  return name;
}

Expected<std::optional<std::string>> EnvironmentTokens::Find(const TokenRequest& request) {
  if (request.identity.kind == IdentityKind::kNone) return std::nullopt;
  const std::string variable = TokenVariable(request.identity.kind);
  std::optional<std::string> value = environment_(variable);
  if (!value) return std::nullopt;
  if (value->ends_with('\n')) value->pop_back();
  if (value->ends_with('\r')) value->pop_back();
  if (value->empty()) return std::nullopt;
  if (std::any_of(value->begin(), value->end(), IsSpaceOrControl)) {
    return Fail(fmt::format(
        "{} holds white space or control characters, which no token has: set it to the token "
        "alone, without 'Bearer' and without quotation marks",
        variable));
  }
  return value;
}

}  // namespace conform
