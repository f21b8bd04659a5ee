#include "auth/identity_tokens.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "auth/account_tokens.h"
#include "auth/cached_tokens.h"
#include "auth/client_credentials.h"
#include "auth/federated_assertion.h"
#include "auth/managed_identity.h"
#include "auth/named_variable.h"
#include "auth/setting_text.h"
#include "auth/token_command.h"
#include "auth/token_file.h"

namespace conform {
namespace {

/// That a token endpoint's Retry-After may take.
constexpr std::chrono::seconds kLongestSignInWait{30};

struct MakeIssuer {
  std::unique_ptr<TokenIssuer> operator()(const VariableSource& source) const {
    return std::make_unique<NamedVariable>(source.variable, sign_in.tools().environment);
  }
  std::unique_ptr<TokenIssuer> operator()(const FileSource& source) const {
    return std::make_unique<TokenFile>(source.file);
  }
  std::unique_ptr<TokenIssuer> operator()(const CommandSource& source) const {
    return std::make_unique<TokenCommand>(source.arguments, source.timeout, sign_in.tools());
  }
  std::unique_ptr<TokenIssuer> operator()(const ApplicationSource& source) const {
    return std::make_unique<ClientCredentials>(source, audience, sign_in);
  }
  std::unique_ptr<TokenIssuer> operator()(const AccountSource& source) const {
    return std::make_unique<AccountTokens>(kind, source, audience, LoginCommand(profile, kind),
                                           sign_in);
  }
  std::unique_ptr<TokenIssuer> operator()(const ManagedIdentitySource& source) const {
    return std::make_unique<ManagedIdentity>(source, audience, sign_in);
  }

  IdentityKind kind;
  const std::string& profile;
  const std::string& audience;
  SignInClient& sign_in;
};

/// As far as is known without asking anybody.
struct IsSetUp {
  bool operator()(const VariableSource& source) const { return IsSet(source.variable); }
  bool operator()(const FileSource&) const { return true; }
  bool operator()(const CommandSource&) const { return true; }
  bool operator()(const ApplicationSource& source) const {
    const auto* secret = std::get_if<SecretCredential>(&source.credential);
    const auto* federated = std::get_if<FederatedCredential>(&source.credential);
    return HasValue(source.authority.tenant) && HasValue(source.client) &&
           (secret == nullptr || IsSet(secret->variable)) &&
           (federated == nullptr || MayVouch(*federated, environment));
  }
  bool operator()(const AccountSource& source) const {
    const auto authority = NameOfAuthority(source.authority, environment);
    const auto client = ValueOf(source.client, environment);
    const auto store = LoginStore::Open(environment);
    if (!authority || !client || !store) return false;
    // What is wrong with what is kept is told by whoever asks for the token.
    const auto kept = store->Find({*authority, *client, kind});
    return !kept || kept->has_value();
  }
  bool operator()(const ManagedIdentitySource& source) const { return HasValue(source.client); }

  bool HasValue(const SettingText& setting) const {
    return ValueOf(setting, environment).has_value();
  }
  bool IsSet(const std::string& variable) const { return HasValue({"", variable}); }

  IdentityKind kind;
  const Environment& environment;
};

/// Of those that a source names for an application, what is not set.
struct UnsetVariables {
  std::vector<std::string> operator()(const ApplicationSource& source) const {
    const auto* secret = std::get_if<SecretCredential>(&source.credential);
    const auto* federated = std::get_if<FederatedCredential>(&source.credential);
    return Among({source.authority.tenant.variable, source.client.variable,
                  secret == nullptr ? "" : secret->variable,
                  federated == nullptr ? "" : federated->variable});
  }
  std::vector<std::string> operator()(const ManagedIdentitySource& source) const {
    return Among({source.client.variable});
  }
  template <typename Other>
  std::vector<std::string> operator()(const Other&) const {
    return {};
  }

  std::vector<std::string> Among(std::vector<std::string> names) const {
    std::erase_if(names, [this](const std::string& name) {
      return name.empty() || ValueOf({"", name}, environment);
    });
    return names;
  }

  const Environment& environment;
};

std::vector<std::unique_ptr<TokenSource>> CacheEach(const IdentitySources& sources,
                                                    const std::string& profile,
                                                    const std::string& audience,
                                                    SignInClient& sign_in) {
  std::vector<std::unique_ptr<TokenSource>> cached;
  for (const auto& [kind, source] : sources) {
    cached.push_back(std::make_unique<CachedTokens>(
        kind, std::visit(MakeIssuer{kind, profile, audience, sign_in}, source),
        sign_in.tools().clock, sign_in.tools().redactor));
  }
  return cached;
}

}  // namespace

std::string LoginCommand(const std::string& profile, IdentityKind kind) {
  return fmt::format("conform login --profile {} --identity {}", profile, NameOf(kind));
}

std::string WayToToken(const IdentitySources& sources, const std::string& profile,
                       IdentityKind kind, const Environment& environment) {
  const auto found = sources.find(kind);
  const std::string token = TokenVariable(kind);
  if (found == sources.end()) return "set " + token;
  const IdentitySource& source = found->second;
  if (const auto* const named = std::get_if<VariableSource>(&source))
    return "set " + named->variable;
  if (std::holds_alternative<AccountSource>(source)) {
    return fmt::format("{}, or set {}", LoginCommand(profile, kind), token);
  }
  const std::vector<std::string> unset = std::visit(UnsetVariables{environment}, source);
  if (unset.empty()) return "set " + token;
  return fmt::format("set {}, which the profile names, or {}", fmt::join(unset, " and "), token);
}

bool MayHaveToken(const IdentitySources& sources, IdentityKind kind,
                  const Environment& environment) {
  const auto found = sources.find(kind);
  return found != sources.end() && std::visit(IsSetUp{kind, environment}, found->second);
}

IdentityTokens::IdentityTokens(const IdentitySources& sources, const std::string& audience,
                               const ConnectionSettings& connection, const Bounds& bounds,
                               SignInTools tools, const std::string& profile)
    : sign_in_(connection, bounds, kLongestSignInWait, std::move(tools)),
      cached_(CacheEach(sources, profile, audience, sign_in_)) {}

Expected<std::optional<std::string>> IdentityTokens::Find(const TokenRequest& request) {
  return cached_.Find(request);
}

bool IdentityTokens::Drop(std::string_view token) { return cached_.Drop(token); }

}  // namespace conform
