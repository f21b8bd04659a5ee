#include "run/token_origin.h"

#include <fmt/format.h>

#include <variant>

#include "auth/identity_tokens.h"
#include "auth/setting_text.h"

namespace conform {
namespace {

constexpr const char* kMocksOwn = "the mock's own token";

struct SourceWords {
  std::string operator()(const VariableSource& source) const { return source.variable; }
  std::string operator()(const FileSource&) const { return "a file"; }
  std::string operator()(const CommandSource&) const { return "a command"; }
  std::string operator()(const ApplicationSource&) const { return "client credentials"; }
  std::string operator()(const AccountSource&) const { return "a kept sign-in"; }
  std::string operator()(const ManagedIdentitySource&) const { return "a managed identity"; }
};

/// The token that the caller exported; the embedded mock takes its own alone.
std::string ExportedToken(const Profile& profile, IdentityKind kind,
                          const Environment& environment) {
  return IsEmbedded(profile) ? "" : ValueOf({"", TokenVariable(kind)}, environment).value_or("");
}

}  // namespace

std::string TokenOrigin(const Profile& profile, IdentityKind kind, const Environment& environment) {
  if (kind == IdentityKind::kNone) return "no token";
  if (!ExportedToken(profile, kind, environment).empty()) return TokenVariable(kind);
  if (MayHaveToken(profile.identities, kind, environment)) {
    return fmt::format("{} of profile {}", std::visit(SourceWords{}, profile.identities.at(kind)),
                       profile.name);
  }
  if (kind == IdentityKind::kMalformed) return "a text that is no token";
  return profile.mock ? kMocksOwn : "";
}

bool IsMocksOwnToken(const Profile& profile, IdentityKind kind, const Environment& environment) {
  return TokenOrigin(profile, kind, environment) == kMocksOwn;
}

std::string TokenAtHand(const Profile& profile, IdentityKind kind, const Environment& environment) {
  std::string token = ExportedToken(profile, kind, environment);
  const auto source = profile.identities.find(kind);
  if (!token.empty() || source == profile.identities.end()) return token;
  const auto* const named = std::get_if<VariableSource>(&source->second);
  return named == nullptr ? "" : ValueOf({"", named->variable}, environment).value_or("");
}

}  // namespace conform
