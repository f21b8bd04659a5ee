#include "case/case_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest_name.h"

namespace conform {
namespace {

constexpr std::string_view kPlaceholderAdvice =
    "known are ${token}, ${uuid}, ${now}, ${row.NAME}, ${capture.NAME} and ${var.NAME}";

}  // namespace

void CaseContext::CheckText(std::string_view text, const Span& span) const {
  if (text.find("${") == std::string_view::npos) return;
  const Expected<std::vector<Placeholder>> placeholders = FindPlaceholders(text);
  if (!placeholders) {
    Complain(span, placeholders.error().message, std::string(kPlaceholderAdvice));
    return;
  }
  for (const Placeholder& placeholder : *placeholders) {
    const std::string shown(text.substr(placeholder.begin, placeholder.end - placeholder.begin));
    switch (placeholder.kind) {
      case Placeholder::Kind::kRow: {
        if (std::find(columns.begin(), columns.end(), placeholder.name) != columns.end()) break;
        const std::vector<std::string_view> known(columns.begin(), columns.end());
        const std::string near = DidYouMean(placeholder.name, known);
        Complain(span, fmt::format("'{}' names no column of rows:", shown),
                 columns.empty() ? "the case has no rows" : near);
        break;
      }
      case Placeholder::Kind::kCapture:
      case Placeholder::Kind::kVar:
        Complain(span, fmt::format("'{}' has no value: nothing of that name is set", shown),
                 std::string(kPlaceholderAdvice));
        break;
      default:
        break;
    }
  }
}

void CaseContext::CheckTexts(const YamlNode& node) const {
  if (node.kind == YamlNode::Kind::kScalar) CheckText(node.scalar, node.span);
  for (const YamlNode& item : node.items) CheckTexts(item);
  for (const YamlEntry& entry : node.entries) CheckTexts(entry.value);
}

TextTemplate CaseContext::ReadText(const YamlEntry& entry) const {
  if (entry.value.kind != YamlNode::Kind::kScalar) {
    Complain(BlameSpan(entry),
             fmt::format("'{}' must be text, not {}", entry.key, DescribeKind(entry.value)));
    return {};
  }
  CheckText(entry.value.scalar, entry.value.span);
  return {entry.value.scalar, entry.value.span};
}

bool IsTestName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace conform
