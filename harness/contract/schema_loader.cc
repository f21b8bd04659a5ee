#include "contract/schema_loader.h"

#include <fmt/format.h>

#include <utility>

#include "base/nearest_name.h"
#include "contract/schema_keywords.h"

namespace conform {

std::shared_ptr<const JsonSchema> CompileSchema(nlohmann::json schema, const Span& span,
                                                const YamlContext& context) {
  // What JSON Schema's later drafts or a slip of the pen name would be passed over in silence.
  for (const std::string& name : UnknownKeywords(schema)) {
    const std::string near = DidYouMean(name, KnownKeywords());
    context.Warn(
        span,
        fmt::format("'{}' is no keyword of JSON Schema draft 7: nothing is judged by it", name),
        near.empty() ? "write it with those of draft 7, or leave it out" : near);
  }
  auto compiled = JsonSchema::Compile(std::move(schema));
  if (compiled) return *std::move(compiled);
  context.Complain(
      span, compiled.error().message,
      "write a JSON Schema of draft 6 or 7 that refers to nothing outside itself; where an "
      "import made it, import again: what cannot be judged is left out");
  return nullptr;
}

}  // namespace conform
