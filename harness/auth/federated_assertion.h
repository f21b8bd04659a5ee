// Fetches what another service says of this program: an assertion to sign in with.
#pragma once

#include <optional>
#include <string>

#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"

namespace conform {

/// What Microsoft Entra wants a federated assertion to be for.
inline constexpr const char* kExchangeAudience = "api://AzureADTokenExchange";

/// Anew each time: such assertions live for minutes. The redactor is told it. Nothing: nobody
/// vouches here, for one as the program runs on no such service. Errors: one should and did not.
/// Variables that are read: AZURE_FEDERATED_TOKEN_FILE and CONFORM_ASSERTION (where `origin` is
/// kAny); ACTIONS_ID_TOKEN_REQUEST_URL and _TOKEN (GitHub); SYSTEM_OIDCREQUESTURI,
/// SYSTEM_ACCESSTOKEN and AZURESUBSCRIPTION_SERVICE_CONNECTION_ID (Azure Pipelines).
Expected<std::optional<std::string>> FindFederatedAssertion(const FederatedCredential& from,
                                                            SignInClient& sign_in);

/// False: nobody can, as a variable that tells of it is not set.
bool MayVouch(const FederatedCredential& from, const Environment& environment);

}  // namespace conform
