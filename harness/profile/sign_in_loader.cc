#include "profile/sign_in_loader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "auth/sign_in_client.h"
#include "base/origin.h"
#include "profile/variable_name.h"

namespace conform {
namespace {

using ApplicationCredential = decltype(ApplicationSource::credential);

constexpr std::array kSchemes = {NamedValue<RsaScheme>{"PS256", RsaScheme::kPs256},
                                 NamedValue<RsaScheme>{"RS256", RsaScheme::kRs256}};
constexpr std::array kAssertionOrigins = {
    NamedValue<AssertionOrigin>{"github", AssertionOrigin::kGitHub},
    NamedValue<AssertionOrigin>{"azure_pipelines", AssertionOrigin::kAzurePipelines},
    NamedValue<AssertionOrigin>{"any", AssertionOrigin::kAny}};
constexpr std::array<std::string_view, 5> kCredentials = {
    "secret_variable", "certificate_file", "assertion_file", "assertion_variable", "assertion"};

/// `key`, or in its place `key_variable`.
SettingText LoadSetting(MapReader& reader, const std::string& key, const YamlContext& context,
                        bool required) {
  SettingText setting;
  setting.variable = LoadVariableName(reader, context, key + "_variable");
  if (setting.variable.empty() && required) {
    setting.text = reader.RequireText(key).value_or("");
  } else if (const auto text = reader.Text(key)) {
    setting.text = *text;
    if (!setting.variable.empty()) {
      context.Complain(reader.Find(key)->key_span,
                       "it stands here and in a variable: keep one of the two");
    }
  }
  return setting;
}

std::string LoadAuthorityOrigin(MapReader& reader, const YamlContext& context) {
  const auto text = reader.RequireText("authority");
  if (!text) return "";
  const Expected<Origin> origin = ParseOrigin(*text);
  if (origin && (origin->scheme == "https" || IsLoopback(*origin))) return FormatOrigin(*origin);
  context.Complain(reader.Find("authority")->value.span, "that is no https origin",
                   "write scheme and host alone: https://login.microsoftonline.com");
  return "";
}

AuthoritySource LoadAuthority(MapReader& reader, const YamlContext& context) {
  AuthoritySource source;
  const auto issuer = reader.Text("issuer");
  if (!issuer) {
    source.origin = LoadAuthorityOrigin(reader, context);
    source.tenant = LoadSetting(reader, "tenant", context, true);
    return source;
  }
  source.issuer = *issuer;
  if (!ParseHttpAddress(*issuer) || issuer->find('?') != std::string::npos) {
    context.Complain(reader.Find("issuer")->value.span, "that is no https address",
                     "write the issuer exactly as the server does: https://host/path");
  }
  return source;
}

CertificateCredential LoadCertificate(MapReader& reader, const YamlContext& context) {
  CertificateCredential credential;
  credential.file = LoadIdentityFile(reader, "certificate_file", context);
  credential.key_file = LoadIdentityFile(reader, "key_file", context);
  credential.password_variable = LoadVariableName(reader, context, "password_variable");
  credential.scheme = reader.OneOf<RsaScheme>("algorithm", kSchemes).value_or(RsaScheme::kPs256);
  return credential;
}

/// OneOf would quote what stands there: an assertion perhaps.
AssertionOrigin LoadAssertionOrigin(MapReader& reader, const YamlContext& context) {
  const std::string name = reader.RequireText("assertion").value_or("any");
  const auto* const known = std::find_if(kAssertionOrigins.begin(), kAssertionOrigins.end(),
                                         [&](const auto& origin) { return origin.name == name; });
  if (known != kAssertionOrigins.end()) return known->value;
  context.Complain(reader.Find("assertion")->value.span, "that is nobody who vouches",
                   "write github, azure_pipelines or any; or assertion_file or assertion_variable "
                   "in place of it");
  return AssertionOrigin::kAny;
}

/// Nothing: none stands there.
std::optional<ApplicationCredential> LoadApplicationCredential(MapReader& reader,
                                                               const YamlEntry& entry,
                                                               const YamlContext& context) {
  const auto is_credential = [](const YamlEntry& each) {
    return std::find(kCredentials.begin(), kCredentials.end(), each.key) != kCredentials.end();
  };
  const auto& keys = entry.value.entries;
  const auto count = std::count_if(keys.begin(), keys.end(), is_credential);
  if (count == 0) return std::nullopt;
  const auto first = std::find_if(keys.begin(), keys.end(), is_credential);
  if (count > 1) {
    context.Complain(first->key_span, "the application signs in in several ways",
                     "keep one of secret_variable, certificate_file, assertion_file, "
                     "assertion_variable and assertion");
  }
  if (first->key == "secret_variable") {
    return SecretCredential{RequireVariableName(reader, context, first->key)};
  }
  if (first->key == "certificate_file") return LoadCertificate(reader, context);
  FederatedCredential credential;
  if (first->key == "assertion_file") {
    credential.origin = AssertionOrigin::kFile;
    credential.file = LoadIdentityFile(reader, first->key, context);
  } else if (first->key == "assertion_variable") {
    credential.origin = AssertionOrigin::kVariable;
    credential.variable = RequireVariableName(reader, context, first->key);
  } else {
    credential.origin = LoadAssertionOrigin(reader, context);
  }
  return credential;
}

}  // namespace

std::filesystem::path LoadIdentityFile(MapReader& reader, std::string_view key,
                                       const YamlContext& context) {
  const auto text = reader.Text(key);
  if (!text || text->empty()) {
    if (text) context.Complain(BlameSpan(*reader.Find(key)), "that names no file");
    return {};
  }
  return std::filesystem::path(context.source.path()).parent_path() / *text;
}

IdentitySource LoadSignIn(const YamlEntry& entry, IdentityKind kind, const YamlContext& context) {
  MapReader reader(context, entry.value, "sign_in", BlameSpan(entry));
  if (!reader.valid()) return AccountSource{};
  const AuthoritySource authority = LoadAuthority(reader, context);
  const SettingText client = LoadSetting(reader, "client", context, true);
  if (auto credential = LoadApplicationCredential(reader, entry, context)) {
    std::string scope = reader.Text("scope").value_or("");
    reader.Finish();
    return ApplicationSource{authority, client, *std::move(credential), std::move(scope)};
  }
  if (kind == IdentityKind::kApplication) {
    context.Complain(BlameSpan(entry), "it is not told with what the application signs in",
                     "add secret_variable, certificate_file, assertion_file, assertion_variable "
                     "or assertion");
  }
  std::vector<std::string> scopes = reader.Texts("scopes");
  reader.Finish();
  return AccountSource{authority, client, std::move(scopes)};
}

IdentitySource LoadManagedIdentity(const YamlEntry& entry, const YamlContext& context) {
  MapReader reader(context, entry.value, "managed_identity", BlameSpan(entry));
  ManagedIdentitySource source;
  if (!reader.valid()) return source;
  source.client = LoadSetting(reader, "client", context, false);
  source.resource = reader.Text("resource").value_or("");
  if (const auto endpoint = reader.Text("endpoint")) {
    const Expected<Origin> origin = ParseOrigin(*endpoint);
    if (origin && ParseHttpAddress(*endpoint, PlainHttp::kLinkLocal)) {
      source.endpoint = FormatOrigin(*origin);
    } else {
      context.Complain(reader.Find("endpoint")->value.span,
                       "that is no https origin, nor plain http to loopback or 169.254.0.0/16",
                       "write scheme, host and port alone");
    }
  }
  reader.Finish();
  return source;
}

}  // namespace conform
