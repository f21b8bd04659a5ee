#include "case/case_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"
#include "base/json_pointer.h"
#include "base/nearest_name.h"
#include "base/utf8.h"
#include "case/unresolved_text.h"
#include "contract/spelling.h"

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
      case Placeholder::Kind::kRow:
        CheckColumn(placeholder, shown, span);
        break;
      case Placeholder::Kind::kCapture:
        CheckCapture(placeholder, shown, span);
        break;
      case Placeholder::Kind::kVar:
        CheckVariable(placeholder, shown, span);
        break;
      default:
        break;
    }
  }
}

void CaseContext::CheckColumn(const Placeholder& placeholder, std::string_view shown,
                              const Span& span) const {
  const auto found =
      std::find_if(names.columns.begin(), names.columns.end(),
                   [&](const KnownColumn& each) { return each.name == placeholder.name; });
  if (found != names.columns.end()) found->used = true;
  if (found != names.columns.end() || names.columns_in_doubt) return;
  std::vector<std::string_view> known;
  for (const KnownColumn& each : names.columns) known.push_back(each.name);
  Complain(span, fmt::format("'{}' names no column of rows:", shown),
           known.empty() ? "the case has no rows" : DidYouMean(placeholder.name, known));
}

void CaseContext::CheckCapture(const Placeholder& placeholder, std::string_view shown,
                               const Span& span) const {
  const auto found = names.captures.find(placeholder.name);
  if (found == names.captures.end()) {
    std::vector<std::string_view> known;
    for (const auto& [name, unused] : names.captures) known.push_back(name);
    Complain(span, fmt::format("'{}' has no value: no step captures it", shown),
             DidYouMean(placeholder.name, known));
    return;
  }
  found->second.used = true;
  if (found->second.taken) return;
  Complain(span,
           fmt::format("'{}' is used before step '{}' captures it", shown, found->second.step),
           "use it in a later step");
}

void CaseContext::CheckVariable(const Placeholder& placeholder, std::string_view shown,
                                const Span& span) const {
  names.used_variables.push_back(placeholder.name);
  if (names.variables.count(placeholder.name) > 0) return;
  std::vector<std::string_view> known;
  for (const auto& [name, unused] : names.variables) known.push_back(name);
  const std::string near = DidYouMean(placeholder.name, known);
  Complain(span, fmt::format("'{}' is not listed under vars:", shown),
           near.empty() ? fmt::format("add vars: [{}], for the profile to give", placeholder.name)
                        : near);
}

nlohmann::json CaseContext::ReadJson(const YamlNode& node) const {
  CheckTexts(node);
  CheckNumber(node);
  return ToJson(node);
}

void CaseContext::CheckTexts(const YamlNode& node) const {
  if (node.kind == YamlNode::Kind::kScalar) CheckText(node.scalar, node.span);
  for (const YamlNode& item : node.items) CheckTexts(item);
  for (const YamlEntry& entry : node.entries) {
    RefuseInName(entry.key, entry.key_span, *this);
    CheckTexts(entry.value);
  }
}

void CaseContext::CheckNumber(const YamlNode& node) const {
  if (!HoldsNumber(node)) {
    Complain(node.span, TellUnheldNumber(node.scalar), std::string(kUnheldNumberAdvice));
  }
  for (const YamlNode& item : node.items) CheckNumber(item);
  for (const YamlEntry& entry : node.entries) CheckNumber(entry.value);
}

void CaseContext::CheckPointer(const std::string& pointer, const Span& span) const {
  if (RefuseInName(pointer, span, *this)) return;
  if (!pointer.empty() && IsJsonPointer(pointer)) return;
  Complain(span, fmt::format("'{}' is no JSON pointer", pointer),
           pointer.starts_with('/') ? "in a name write ~0 for '~' and ~1 for '/'"
                                    : fmt::format("a pointer begins with '/': /{}", pointer));
}

void CaseContext::CheckFieldName(const std::string& name, const Span& span) const {
  if (RefuseInName(name, span, *this) || IsToken(name)) return;
  Complain(span, fmt::format("'{}' is no name of a field", ShowLine(name)),
           std::string(kTokenSpelling.advice));
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

std::string TellUnheldNumber(std::string_view written) {
  constexpr std::size_t kMostShown = 60;
  return fmt::format("{} is no number that conform can hold", ShowLine(written, kMostShown));
}

bool IsTestName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace conform
