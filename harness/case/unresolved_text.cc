#include "case/unresolved_text.h"

#include <fmt/format.h>

#include <optional>

namespace conform {
namespace {

/// `${row.x}`, or the rest of the text where it is not closed; nothing where there is none, or a
/// backslash takes it for what it says.
std::optional<std::string_view> FindPlaceholder(std::string_view text) {
  for (std::size_t begin = text.find("${"); begin != std::string_view::npos;
       begin = text.find("${", begin + 1)) {
    const std::string_view before = text.substr(0, begin);
    const std::size_t slashes = begin - (before.find_last_not_of('\\') + 1);
    if (slashes % 2 != 0) continue;
    const std::size_t close = text.find('}', begin);
    return close == std::string_view::npos ? text.substr(begin)
                                           : text.substr(begin, close - begin + 1);
  }
  return std::nullopt;
}

bool IsAnnotation(const YamlEntry& entry) {
  return entry.value.kind == YamlNode::Kind::kScalar &&
         (entry.key == "title" || entry.key == "description" || entry.key == "$comment");
}

void RefuseText(std::string_view text, const Span& span, const CaseContext& context) {
  const auto found = FindPlaceholder(text);
  if (!found) return;
  context.Complain(span,
                   fmt::format("'{}' stands in a schema, where no placeholder is resolved", *found),
                   "hold that place of the answer under json:, where it is");
}

}  // namespace

void RefuseInPattern(std::string_view pattern, const Span& span, const CaseContext& context) {
  const auto found = FindPlaceholder(pattern);
  if (!found) return;
  context.Complain(
      span, fmt::format("'{}' stands in a pattern, where no placeholder is resolved", *found),
      "write the whole text in place of {matches: …}, where it is; a pattern that "
      "shall match '${' has \\$\\{");
}

bool RefuseInName(std::string_view name, const Span& span, const CaseContext& context) {
  const auto found = FindPlaceholder(name);
  if (!found) return false;
  context.Complain(span,
                   fmt::format("'{}' stands in a name, where no placeholder is resolved", *found),
                   "write the name out; content whose names change is sent by text:");
  return true;
}

void RefuseInSchema(const YamlNode& schema, const Span* file, const CaseContext& context) {
  if (schema.kind == YamlNode::Kind::kScalar) {
    RefuseText(schema.scalar, file == nullptr ? schema.span : *file, context);
  }
  for (const YamlNode& item : schema.items) RefuseInSchema(item, file, context);
  for (const YamlEntry& entry : schema.entries) {
    RefuseText(entry.key, file == nullptr ? entry.key_span : *file, context);
    if (!IsAnnotation(entry)) RefuseInSchema(entry.value, file, context);
  }
}

}  // namespace conform
