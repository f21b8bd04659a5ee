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

Expected<std::optional<std::string>> ReadToken(const Environment& environment,
                                               const std::string& variable) {
  std::optional<std::string> value = environment(variable);
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

}  // namespace

std::string TokenVariable(IdentityKind kind) {
  std::string name = "CONFORM_TOKEN_";
  for (const char c : NameOf(kind)) name += UpperCase(c);
  return name;
}

EnvironmentTokens::EnvironmentTokens(const Environment& environment) {
  for (const IdentityKind kind : kIdentityKinds) {
    if (kind == IdentityKind::kNone) continue;
    read_[static_cast<std::size_t>(kind)] = ReadToken(environment, TokenVariable(kind));
  }
}

Expected<std::optional<std::string>> EnvironmentTokens::Find(const TokenRequest& request) {
  return read_[static_cast<std::size_t>(request.identity.kind)];
}

}  // namespace conform
