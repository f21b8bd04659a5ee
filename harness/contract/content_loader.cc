#include "contract/content_loader.h"

#include <fmt/format.h>

#include "base/http_text.h"
#include "contract/media_range.h"
#include "contract/schema_loader.h"
#include "contract/spelling.h"

namespace conform {
namespace {

bool IsNone(const YamlNode& node) {
  return node.kind == YamlNode::Kind::kScalar && node.scalar == "none";
}

/// The mock answers with it, and a client's author writes after it.
void WarnOfBrokenExample(const YamlContext& context, const YamlEntry& example,
                         const MediaContent& content, const JsonSchema* schema) {
  if (schema == nullptr || !IsJsonType(SampleTypeOf(content.media_type))) return;
  for (const SchemaBreach& breach : schema->Judge(content.example).kinds) {
    context.Warn(BlameSpan(example),
                 fmt::format("the example breaks the schema beside it{}{}, which asks for {}",
                             breach.pointer.empty() ? "" : " at ", breach.pointer, breach.message),
                 "mend the one that is wrong");
  }
}

MediaContent LoadMediaContent(const YamlContext& context, const YamlEntry& entry) {
  MediaContent content;
  content.media_type = ReadSpelled(context, "a key of 'content'",
                                   YamlNode{YamlNode::Kind::kScalar, false, entry.key, {}, {}, {}},
                                   entry.key_span, kMediaTypeSpelling);
  MapReader reader(context, entry.value, entry.key, BlameSpan(entry));
  const LoadedSchema schema = LoadSchema(context, reader);
  content.schema = schema.text;
  content.compiled = schema.compiled;
  if (const YamlEntry* example = reader.Find("example")) {
    content.example = ToJson(example->value);
    WarnOfBrokenExample(context, *example, content, schema.compiled.get());
  }
  reader.Finish();
  return content;
}

}  // namespace

LoadedSchema LoadSchema(const YamlContext& context, MapReader& reader) {
  const YamlEntry* entry = reader.Find("schema");
  if (entry == nullptr) return {};
  LoadedSchema schema{ToJson(entry->value), nullptr};
  if (schema.text.is_object() || schema.text.is_boolean()) {
    schema.compiled = CompileSchema(schema.text, BlameSpan(*entry), context);
  } else {
    context.Complain(BlameSpan(*entry),
                     fmt::format("schema is {}, not a JSON Schema", DescribeKind(entry->value)),
                     "write a mapping, e.g. {type: string}");
  }
  return schema;
}

std::vector<MediaContent> LoadContent(const YamlContext& context, const YamlEntry& entry,
                                      std::string_view what) {
  if (IsNone(entry.value)) return {};
  if (entry.value.entries.empty()) {
    context.Complain(BlameSpan(entry),
                     fmt::format("content of {} is neither `none` nor a map of media types", what),
                     "write e.g. content: {application/json: {example: {}}}");
    return {};
  }
  std::vector<MediaContent> contents;
  for (const YamlEntry& media : entry.value.entries) {
    contents.push_back(LoadMediaContent(context, media));
  }
  return contents;
}

RequestBodyRule LoadRequestBody(const YamlContext& context, const YamlEntry& entry) {
  RequestBodyRule rule;
  if (IsNone(entry.value)) return rule;
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry), "requestBody is neither `none` nor a mapping",
                     "write `requestBody: none` where the client is told to send none, else "
                     "{required: true, content: {application/json: {…}}}");
    return rule;
  }
  MapReader reader(context, entry.value, "requestBody", BlameSpan(entry));
  rule.none = false;
  rule.required = reader.Bool("required").value_or(false);
  if (const YamlEntry* content = reader.Require("content")) {
    rule.content = LoadContent(context, *content, "requestBody");
    // No answer is held against it.
    for (MediaContent& each : rule.content) each.compiled = nullptr;
    if (IsNone(content->value)) {
      context.Complain(BlameSpan(*content), "a request body without content",
                       "write `requestBody: none`");
    }
  }
  reader.Finish();
  return rule;
}

}  // namespace conform
