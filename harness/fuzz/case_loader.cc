#include "case/case_loader.h"

#include <memory>
#include <string>

#include "base/diagnostic.h"
#include "base/source_text.h"
#include "fuzz/fuzz_target.h"

namespace conform {

void FuzzCaseLoader(std::string_view bytes) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<SourceText>("a.yaml", std::string(bytes));
  const auto loaded = LoadCase(source, "a", diagnostics);
  Promise(loaded.has_value() || diagnostics.HasErrors());
  (void)diagnostics.RenderAll();
}

}  // namespace conform
