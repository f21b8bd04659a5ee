#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/diagnostic.h"
#include "fuzz/fuzz_target.h"
#include "page/contract_text.h"
#include "page/openapi_document.h"
#include "page/openapi_import.h"

namespace conform {
namespace {

/// A folder of this process alone; documents are read from files.
const std::filesystem::path& FuzzFolder() {
  static const std::filesystem::path folder = [] {
    std::string name = (std::filesystem::temp_directory_path() / "conform_fuzz.XXXXXX").string();
    return std::filesystem::path(::mkdtemp(name.data()) == nullptr ? "." : name);
  }();
  return folder;
}

}  // namespace

void FuzzOpenApiImporter(std::string_view bytes) {
  // JSON and YAML are read by two readers.
  const bool json = !bytes.empty() && bytes.front() == '{';
  const std::filesystem::path file = FuzzFolder() / (json ? "a.json" : "a.yaml");
  std::ofstream(file, std::ios::binary) << bytes;
  Diagnostics diagnostics;
  auto document = OpenApiDocument::Open(file, diagnostics);
  if (document) {
    OpenApiOptions options;
    options.date = std::chrono::sys_days(std::chrono::days(20'000));
    const auto contracts = ContractsFromOpenApi(*document, options);
    if (contracts) {
      for (const OpenApiContract& each : *contracts) (void)RenderContract(each.contract);
    }
  }
  (void)diagnostics.RenderAll();
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
}

}  // namespace conform
