#include "contract/content_loader.h"

#include <fmt/format.h>

#include "contract/spelling.h"

namespace conform {
namespace {

bool IsNone(const YamlNode& node) {
  return node.kind == YamlNode::Kind::kScalar && node.scalar == "none";
}

MediaContent LoadMediaContent(const YamlContext& context, const YamlEntry& entry) {
  MediaContent content;
  content.media_type = ReadSpelled(context, "a key of 'content'",
                                   YamlNode{YamlNode::Kind::kScalar, false, entry.key, {}, {}, {}},
                                   entry.key_span, kMediaTypeSpelling);
  MapReader reader(context, entry.value, entry.key, BlameSpan(entry));
  content.schema = LoadSchema(context, reader);
  if (const YamlEntry* example = reader.Find("example")) content.example = ToJson(example->value);
  reader.Finish();
  return content;
}

}  // namespace

nlohmann::json LoadSchema(const YamlContext& context, MapReader& reader) {
  const YamlEntry* entry = reader.Find("schema");
  if (entry == nullptr) return nullptr;
  nlohmann::json schema = ToJson(entry->value);
  if (!schema.is_object() && !schema.is_boolean()) {
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
    if (IsNone(content->value)) {
      context.Complain(BlameSpan(*content), "a request body without content",
                       "write `requestBody: none`");
    }
  }
  reader.Finish();
  return rule;
}

}  // namespace conform
