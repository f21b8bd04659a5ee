// The OpenAPI documents of testdata/, read for tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
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

/// Writes `text`, reads it as a document and removes it.
inline ReadDocument ReadOpenApiText(const std::string& text, const std::string& ending = "json") {
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / fmt::format("text_{}.{}", getpid(), ending);
  std::ofstream(file, std::ios::trunc) << text;
  ReadDocument read = ReadOpenApi(file);
  std::filesystem::remove(file);
  return read;
}

}  // namespace conform
