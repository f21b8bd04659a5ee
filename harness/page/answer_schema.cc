#include "page/answer_schema.h"

#include <fmt/format.h>

#include "base/http_text.h"
#include "base/utf8.h"
#include "contract/json_schema.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// The value that the mock answers with; discarded where that is no JSON.
Json AnswerOf(const MediaContent& content) {
  return Json::parse(ExampleText(content), nullptr, /*allow_exceptions=*/false);
}

bool HasSchema(const MediaContent& content) {
  return content.schema.is_object() && !content.schema.empty() &&
         IsJsonType(SampleTypeOf(content.media_type));
}

}  // namespace

std::string WhyUnjudged(const MediaContent& content) {
  if (!HasSchema(content)) return "";
  if (!PromisesJson(content)) {
    return fmt::format("what comes as {} need not be JSON", content.media_type);
  }
  const auto compiled = JsonSchema::Compile(content.schema);
  if (!compiled) return ShowLine(compiled.error().message);
  const auto breach = (*compiled)->Validate(AnswerOf(content));
  if (!breach) return "";
  if (content.example.is_null())
    return "no value that fits it could be made up; an example is missing";
  return fmt::format("the document's example breaks it, {}: {}",
                     breach->pointer.empty() ? "as a whole" : "at " + ShowLine(breach->pointer),
                     ShowLine(breach->message));
}

}  // namespace conform
