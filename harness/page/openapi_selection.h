// Chooses operations of an OpenAPI document; of the others only what their path refers to is read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "page/openapi_document.h"

namespace conform {

/// Which operations; empty lists choose all.
struct OpenApiSelection {
  std::vector<std::string> operations;  ///< by operationId.
  std::vector<std::string> tags;
  std::vector<std::string> paths;
};

struct ChosenOperation {
  std::string path;
  std::string method;  ///< as the document writes it.
  std::shared_ptr<const OpenApiFile> file;
  std::string path_item;  ///< its pointer into `file`, where references of the path lead.
};

/// In the document's order. A path that refers to nowhere, and what stands beside a path's
/// reference, are warnings. Error: a name that selects nothing, and the nearest that would.
Expected<std::vector<ChosenOperation>> ChooseOperations(OpenApiDocument& document,
                                                        const OpenApiSelection& selection);

}  // namespace conform
