// The bundled contracts, and cases of the sync operation.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "contract/catalog.h"

namespace conform {

inline const Catalog& BundledCatalog() {
  static const Catalog catalog = [] {
    Diagnostics diagnostics;
    Catalog loaded = LoadCatalog(CONFORM_SOURCE "/specs", diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(), "");
    return loaded;
  }();
  return catalog;
}

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
