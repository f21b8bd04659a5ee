#include "contract/contract_loader.h"

#include <memory>
#include <string>

#include "base/diagnostic.h"
#include "base/source_text.h"
#include "contract/edition_difference.h"
#include "fuzz/fuzz_target.h"

namespace conform {

void FuzzContractLoader(std::string_view bytes) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<SourceText>("a.yaml", std::string(bytes));
  const auto loaded = LoadContract(source, diagnostics);
  Promise(loaded.has_value() || diagnostics.HasErrors());
  (void)diagnostics.RenderAll();
  if (!loaded) return;
  // An edition does not differ from itself.
  Promise(CompareEditions(*loaded, *loaded).empty());
}

}  // namespace conform
