#include "auth/environment_tokens.h"

#include "auth/token_answer.h"

namespace conform {
namespace {

char UpperCase(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

Expected<std::optional<std::string>> ReadToken(const Environment& environment,
                                               const std::string& variable) {
  const std::optional<std::string> value = environment(variable);
  if (!value || value->find_first_not_of("\r\n") == std::string::npos) return std::nullopt;
  auto token = CheckToken(*value, variable);
  if (!token) return tl::unexpected(token.error());
  return *std::move(token);
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
