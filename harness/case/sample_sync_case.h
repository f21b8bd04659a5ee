// Cases of the sync operation, and the bundled contracts.
#pragma once

#include <fmt/format.h>

#include <string>

#include "contract/sample_catalog.h"

namespace conform {

inline constexpr const char* kSyncPath = "/beta/deviceManagement/windowsAutopilotSettings/sync";

/// A case of the sync operation; `authorization` empty: none is sent.
inline std::string SyncCase(const std::string& clauses, const std::string& identity,
                            const std::string& response, const std::string& method = "POST",
                            const std::string& path = kSyncPath,
                            const std::string& authorization = "Bearer ${token}") {
  const std::string headers =
      authorization.empty() ? "" : fmt::format("Authorization: '{}'", authorization);
  return fmt::format(
      "title: A\noperation: deviceManagement.windowsAutopilotSettings.sync\nclauses: {}\n"
      "identity: {}\neditions: [2024-08]\n"
      "request: {{method: {}, path: {}, headers: {{{}}}, body: none}}\nresponse: {}\n",
      clauses, identity, method, path, headers, response);
}

}  // namespace conform
