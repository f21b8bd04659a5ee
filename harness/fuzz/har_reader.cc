#include "run/har_reader.h"

#include <memory>
#include <string>
#include <vector>

#include "fuzz/fuzz_target.h"
#include "run/har_exchange.h"

namespace conform {

void FuzzHarReader(std::string_view bytes) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<SourceText>("a.har", std::string(bytes));
  const std::vector<HarEntry> entries = ReadHar(source, diagnostics);
  Promise(entries.empty() || !diagnostics.HasErrors());
  (void)diagnostics.RenderAll();
  for (const HarEntry& entry : entries) {
    if (const auto address = ReadAddress(entry.url)) (void)MakeExchange(entry, *address);
  }
}

}  // namespace conform
