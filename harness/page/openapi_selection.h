// Chooses operations of an OpenAPI document without reading the others.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "page/openapi_file.h"

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
};

/// In the document's order. Error: a name that selects nothing, and the nearest that would.
Expected<std::vector<ChosenOperation>> ChooseOperations(const OpenApiFile& file,
                                                        const OpenApiSelection& selection);

}  // namespace conform
