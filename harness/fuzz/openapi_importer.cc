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

/// A folder of this process alone, gone with it; documents are read from files.
class FuzzFolder {
 public:
  FuzzFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "conform_fuzz.XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~FuzzFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  FuzzFolder(const FuzzFolder&) = delete;
  FuzzFolder& operator=(const FuzzFolder&) = delete;

  std::filesystem::path File(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;  // empty: none could be made, and the current one serves
};

}  // namespace

void FuzzOpenApiImporter(std::string_view bytes) {
  // JSON and YAML are read by two readers.
  const bool json = !bytes.empty() && bytes.front() == '{';
  static const FuzzFolder folder;
  const std::filesystem::path file = folder.File(json ? "a.json" : "a.yaml");
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
