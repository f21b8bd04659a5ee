#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "contract/contract_loader.h"
#include "fuzz/fuzz_target.h"
#include "page/contract_from_page.h"
#include "page/contract_text.h"
#include "page/page_loader.h"

namespace conform {
namespace {

// What stands behind this line is the text of each INCLUDE.
constexpr std::string_view kIncluded = "\n=====\n";

}  // namespace

void FuzzPageImporter(std::string_view bytes) {
  const std::size_t cut = bytes.find(kIncluded);
  const std::string page_text(bytes.substr(0, cut));
  const std::string included(cut == std::string_view::npos ? ""
                                                           : bytes.substr(cut + kIncluded.size()));
  Diagnostics diagnostics;
  const auto open = [&](const std::string&) -> std::optional<std::string> {
    return included.empty() ? std::nullopt : std::optional(included);
  };
  const auto page = LoadPage("a.md", page_text, open, diagnostics);
  if (!page) return;
  ImportOptions options;
  options.today = std::chrono::sys_days(std::chrono::days(20'000));
  const auto contract = ContractFromPage(*page, options, diagnostics);
  (void)diagnostics.RenderAll();
  if (!contract) return;
  // `conform import` writes what the loader takes alone, and tells the rest.
  Diagnostics of_contract;
  const auto source = std::make_shared<SourceText>("a.yaml", RenderContract(*contract));
  Promise(LoadContract(source, of_contract).has_value() || of_contract.HasErrors());
}

}  // namespace conform
