// Makes contracts of the operations of an OpenAPI document.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/error.h"
#include "contract/contract.h"
#include "page/openapi_document.h"
#include "page/openapi_selection.h"

namespace conform {

struct OpenApiOptions {
  OpenApiSelection selection;
  std::string server;          ///< in place of the document's; empty: that.
  std::chrono::sys_days date;  ///< which the edition is named after.
  /// Where the document names none that can be called, with the path that it names; empty: such a
  /// document is refused.
  std::string else_server = {};
};

struct OpenApiContract {
  Contract contract;
};

/// Contracts of what was selected, in the document's order. What a contract cannot say is a
/// positioned warning. Errors: a name that selects nothing, and the nearest that would; no server
/// that can be called. An operation of which no contract can be made is left out, with a warning.
Expected<std::vector<OpenApiContract>> ContractsFromOpenApi(OpenApiDocument& document,
                                                            const OpenApiOptions& options);

}  // namespace conform
