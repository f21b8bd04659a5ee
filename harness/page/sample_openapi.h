// The OpenAPI documents of testdata/, read for tests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/date.h"
#include "page/openapi_import.h"

namespace conform {

inline std::filesystem::path DocumentsFolder() {
  return std::filesystem::path(CONFORM_TESTDATA) / "openapi";
}

struct ReadDocument {
  std::vector<OpenApiContract> contracts;
  std::string said;
};

inline ReadDocument ReadOpenApi(const std::filesystem::path& file,
                                const OpenApiSelection& selection = {},
                                const std::string& server = "") {
  Diagnostics diagnostics;
  ReadDocument read;
  Expected<OpenApiDocument> document = OpenApiDocument::Open(file, diagnostics);
  if (!document) {
    read.said = document.error().message + "\n";
    return read;
  }
  auto contracts = ContractsFromOpenApi(*document, {selection, server, *ParseDate("2026-01-15")});
  read.said = diagnostics.RenderAll();
  if (contracts) {
    read.contracts = std::move(*contracts);
  } else {
    read.said += contracts.error().message + "\n";
  }
  return read;
}

}  // namespace conform
