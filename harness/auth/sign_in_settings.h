// Where the token of each identity comes from, as a profile says it: names of secrets, no secrets.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/identity.h"
#include "token/rsa_key.h"

namespace conform {

struct VariableSource {
  std::string variable;
};

struct FileSource {
  std::filesystem::path file;  ///< holds the token alone.
};

struct CommandSource {
  /// The first is looked for on the PATH; no shell reads them.
  std::vector<std::string> arguments;
  std::chrono::milliseconds timeout{30'000};
};

/// A text that is no secret: as it stands, or in the environment variable that is named.
struct SettingText {
  std::string text;
  std::string variable;  ///< empty: `text` counts.
};

/// Who issues tokens: Microsoft Entra, or any other server that tells its endpoints.
struct AuthoritySource {
  std::string origin;  ///< of Entra: `https://login.microsoftonline.com`; empty: see `issuer`.
  SettingText tenant;  ///< of Entra.
  std::string issuer;  ///< in place of both (OpenID Connect Discovery 1.0, RFC 8414).
};

struct SecretCredential {
  std::string variable;
};

/// Signs an assertion (RFC 7523 §2.2) with an RSA key.
struct CertificateCredential {
  std::filesystem::path file;      ///< PEM, or PKCS#12.
  std::filesystem::path key_file;  ///< PEM; empty: the key stands in `file`.
  std::string password_variable;   ///< empty: the key has no password.
  RsaScheme scheme = RsaScheme::kPs256;
};

/// Who vouches for the application (workload identity federation).
enum class AssertionOrigin {
  kFile,            ///< as Kubernetes keeps one.
  kVariable,        ///< as GitLab sets one.
  kGitHub,          ///< GitHub Actions' own endpoint.
  kAzurePipelines,  ///< Azure Pipelines' own endpoint.
  kAny,             ///< the first of these that is set up where the program runs.
};

struct FederatedCredential {
  AssertionOrigin origin = AssertionOrigin::kAny;
  std::filesystem::path file;
  std::string variable;
};

/// An application that signs in by itself (RFC 6749 §4.4).
struct ApplicationSource {
  AuthoritySource authority;
  SettingText client;
  std::variant<SecretCredential, CertificateCredential, FederatedCredential> credential;
  std::string scope;  ///< empty: all of the target that the application was granted.
};

/// Somebody who signed in by `conform login` (RFC 8628), and whose sign-in is kept.
struct AccountSource {
  AuthoritySource authority;
  SettingText client;
  std::vector<std::string> scopes;  ///< empty: all of the target that the application was granted.
};

/// The identity of the machine itself, at Azure's endpoint for that.
struct ManagedIdentitySource {
  std::string endpoint;  ///< origin; empty: as the environment says, else 169.254.169.254.
  SettingText client;    ///< empty: the one that the system gave.
  std::string resource;  ///< empty: the target.
};

using IdentitySource = std::variant<VariableSource, FileSource, CommandSource, ApplicationSource,
                                    AccountSource, ManagedIdentitySource>;
using IdentitySources = std::map<IdentityKind, IdentitySource>;

}  // namespace conform
