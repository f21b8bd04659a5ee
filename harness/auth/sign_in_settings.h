// Where the token of each identity comes from, as a profile says it: names of secrets, no secrets.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/identity.h"
#include "exchange/bounds.h"
#include "exchange/connection_settings.h"

namespace conform {

/// An application as it is registered at an authorization server (RFC 6749 §2).
struct ClientSettings {
  std::string client_id;            ///< public; or
  std::string client_id_variable;   ///< the variable that holds it: unset, there is no sign-in.
  std::string tenant;               ///< in place of the profile's.
  std::vector<std::string> scopes;  ///< empty: all that the application was granted.
  std::string resource;             ///< RFC 8707; empty: none is asked for.
};

struct VariableSource {
  std::string variable;
};
struct FileSource {
  std::filesystem::path file;  ///< holds the token alone.
};
struct CommandSource {
  std::vector<std::string>
      arguments;  ///< the first is looked for on the PATH; no shell reads them.
  std::chrono::milliseconds timeout{30'000};
};
/// RFC 8628, by `conform login`; then by the refresh token that is kept.
struct DeviceCodeSource {
  ClientSettings client;
};
struct ClientSecretSource {
  ClientSettings client;
  std::string secret_variable;
};
/// Signs in by an assertion (RFC 7523 §2.2).
struct ClientCertificateSource {
  ClientSettings client;
  std::filesystem::path file;      ///< PEM or PKCS#12.
  std::filesystem::path key_file;  ///< empty: the key stands in `file`.
  std::string password_variable;
  bool rs256 = false;  ///< sign with RS256 in place of PS256.
};
/// Signs in by an assertion that another authority made: workload identity federation.
struct FederatedSource {
  enum class From { kFile, kGithub, kAzurePipelines };

  ClientSettings client;
  From from = From::kFile;
  std::filesystem::path file;      ///< that holds the assertion; or
  std::string file_variable;       ///< the variable that names that file.
  std::string service_connection;  ///< of Azure Pipelines: its id, or
  std::string service_connection_variable;
  std::string audience;  ///< that GitHub is asked for; empty: Entra's.
};
struct ManagedIdentitySource {
  std::string client_id;           ///< empty: the machine's own identity.
  std::string client_id_variable;  ///< unset: no token.
  std::string endpoint;  ///< in place of Azure's own address; empty: IDENTITY_ENDPOINT, else that.
};

using IdentitySource =
    std::variant<VariableSource, FileSource, CommandSource, DeviceCodeSource, ClientSecretSource,
                 ClientCertificateSource, FederatedSource, ManagedIdentitySource>;

struct SignInSettings {
  std::string profile;    ///< its name: what is kept is kept under it.
  std::string authority;  ///< origin of Microsoft Entra: `https://login.microsoftonline.com`.
  std::string tenant;
  std::string tenant_variable;  ///< unset: no sign-in.
  std::string token_endpoint;  ///< of a server that is not Entra, in place of authority and tenant.
  std::string device_endpoint;  ///< likewise.
  std::string audience;         ///< origin that tokens are for: `https://graph.microsoft.com`.
  std::map<IdentityKind, IdentitySource> identities;
  ConnectionSettings connection;  ///< `variables` is the environment that all names are of.
  Bounds bounds;
  std::chrono::seconds longest_wait{120};  ///< that a token endpoint's Retry-After may take.
};

}  // namespace conform
