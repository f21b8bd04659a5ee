#include "verdict/json_rule.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/json_pointer.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "exchange/json_body.h"
#include "verdict/json_diff.h"

namespace conform {
namespace {

using Kind = ValueRule::Kind;

/// The first difference stands in the message, all of them below it.
Mismatch TellFirst(Mismatch mismatch, const JsonDifferences& all) {
  if (all.count > 1) {
    mismatch.diff = RenderDiff(all);
    mismatch.expected += fmt::format(" (the first of {} differences)", all.count);
  }
  return mismatch;
}

/// Each expected item has an item of its own that equals it, and none is left over.
std::optional<Mismatch> CompareUnordered(const std::string& subject, const nlohmann::json& actual,
                                         const nlohmann::json& expected) {
  if (!actual.is_array()) return Mismatch{subject, ShowJson(expected), ShowJson(actual)};
  const JsonDifferences all = DiffUnordered(expected, actual);
  if (all.count == 0) return std::nullopt;
  const JsonDifference& first = all.first.front();
  if (!first.pointer.empty()) {
    return TellFirst({subject + first.pointer, "nothing more", first.actual}, all);
  }
  return TellFirst(
      {subject, fmt::format("an item {} in any order", first.expected), "a list without it"}, all);
}

bool IsBelow(const std::string& pointer, const std::string& above) {
  return pointer.starts_with(above + '/');
}

/// Pointers below an item of the list at `list`, as those below any item: `/value/0/id` is
/// `/value/*/id`. Others are left out.
std::vector<std::string> OfAnyItem(const std::vector<std::string>& documented,
                                   const std::string& list) {
  std::vector<std::string> any;
  for (const std::string& each : documented) {
    if (!IsBelow(each, list)) continue;
    const std::size_t rest = std::min(each.find('/', list.size() + 1), each.size());
    any.push_back(fmt::format("{}/*{}", list, each.substr(rest)));
  }
  return any;
}

void CollectUndocumented(const nlohmann::json& value, const std::string& pointer,
                         const std::vector<std::string>& documented,
                         std::vector<std::string>& found) {
  bool named_below = false;
  for (const std::string& each : documented) {
    if (each == pointer) return;
    named_below = named_below || IsBelow(each, pointer);
  }
  if (!named_below) {
    // Only what stands in any item of a list comes more than once.
    const bool may_repeat = pointer.find("/*") != std::string::npos;
    if (!may_repeat || std::find(found.begin(), found.end(), pointer) == found.end()) {
      found.push_back(pointer);
    }
    return;
  }
  if (value.is_array()) {
    // An item that nothing names is held against what is named of others.
    const std::vector<std::string> of_any = OfAnyItem(documented, pointer);
    for (std::size_t i = 0; i < value.size(); ++i) {
      const std::string inner = fmt::format("{}/{}", pointer, i);
      const bool named = std::any_of(documented.begin(), documented.end(), [&](const auto& each) {
        return each == inner || IsBelow(each, inner);
      });
      CollectUndocumented(value[i], named ? inner : pointer + "/*", named ? documented : of_any,
                          found);
    }
    return;
  }
  if (!value.is_object()) return;
  for (const auto& [name, inner] : value.items()) {
    CollectUndocumented(inner, fmt::format("{}/{}", pointer, EscapePointerName(name)), documented,
                        found);
  }
}

/// Of two long texts that begin alike also where they differ. Never a piece from there on: it could
/// be the end of a secret, which is not known to be one.
Mismatch TellDifference(const std::string& subject, const std::string& expected,
                        const std::string& actual) {
  constexpr std::ptrdiff_t kShown = 60;
  const auto at = std::mismatch(expected.begin(), expected.end(), actual.begin(), actual.end());
  const std::ptrdiff_t alike = at.first - expected.begin();
  Mismatch mismatch{subject, Quoted(expected), Quoted(actual)};
  if (alike >= kShown) mismatch.place = fmt::format("differs from byte {} on", alike + 1);
  return mismatch;
}

}  // namespace

/// Holds a text, or its absence, against a rule.
std::optional<Mismatch> CompareText(const std::string& subject, const std::string* actual,
                                    const ValueRule& rule, const Scope& scope) {
  const std::string shown = actual == nullptr ? "absent" : Quoted(*actual);
  switch (rule.kind) {
    case Kind::kExists:
      if (actual == nullptr) return Mismatch{subject, "a value", shown};
      return std::nullopt;
    case Kind::kAbsent:
      if (actual != nullptr) return Mismatch{subject, "none", shown};
      return std::nullopt;
    case Kind::kMatches:
      if (actual == nullptr || !re2::RE2::PartialMatch(*actual, *rule.pattern)) {
        return Mismatch{subject, fmt::format("a match of {}", Quoted(rule.pattern->pattern())),
                        shown};
      }
      return std::nullopt;
    case Kind::kUnordered:
    case Kind::kEquals: {
      const nlohmann::json expected = ResolveJson(rule.equals, scope).value_or(nlohmann::json());
      const std::string text = expected.is_string() ? expected.get<std::string>() : expected.dump();
      if (actual == nullptr) return Mismatch{subject, Quoted(text), shown};
      if (*actual != text) return TellDifference(subject, text, *actual);
      return std::nullopt;
    }
  }
  return std::nullopt;
}

const nlohmann::json* FindMember(const nlohmann::json& value, const std::string& pointer) {
  try {
    const nlohmann::json::json_pointer path(pointer);
    return value.contains(path) ? &value.at(path) : nullptr;
  } catch (const nlohmann::json::exception&) {
    return nullptr;  // no such member, or no such index
  }
}

std::optional<Mismatch> CompareJson(const std::string& subject, const nlohmann::json* actual,
                                    const ValueRule& rule, const Scope& scope) {
  if (rule.kind == Kind::kEquals || rule.kind == Kind::kUnordered) {
    const nlohmann::json expected = ResolveJson(rule.equals, scope).value_or(nlohmann::json());
    if (actual == nullptr) return Mismatch{subject, ShowJson(expected), "absent"};
    if (rule.kind == Kind::kUnordered) return CompareUnordered(subject, *actual, expected);
    const JsonDifferences all = DiffJson(expected, *actual);
    if (all.count == 0) return std::nullopt;
    const JsonDifference& first = all.first.front();
    return TellFirst({subject + first.pointer, DescribeExpected(first), first.actual}, all);
  }
  const bool matches = rule.kind == Kind::kMatches;
  if (matches && actual != nullptr && !actual->is_string()) {
    return Mismatch{subject, fmt::format("a text, {}", DescribeRule(rule, scope)),
                    ShowJson(*actual)};
  }
  std::string text;
  if (actual != nullptr) {
    text = actual->is_string() ? actual->get<std::string>() : WriteJsonText(*actual);
  }
  return CompareText(subject, actual == nullptr ? nullptr : &text, rule, scope);
}

std::vector<std::string> FindUndocumented(const nlohmann::json& value,
                                          const std::vector<std::string>& documented) {
  std::vector<std::string> found;
  if (value.is_structured()) CollectUndocumented(value, "", documented, found);
  return found;
}

std::string Quoted(std::string_view text) { return fmt::format("'{}'", ShowLine(text, 80)); }

std::string DescribeRule(const ValueRule& rule, const Scope& scope) {
  switch (rule.kind) {
    case Kind::kExists:
      return "a value";
    case Kind::kAbsent:
      return "none";
    case Kind::kMatches:
      return fmt::format("a match of {}", Quoted(rule.pattern->pattern()));
    case Kind::kEquals:
    case Kind::kUnordered:
      break;
  }
  return ShowJson(ResolveJson(rule.equals, scope).value_or(nlohmann::json()));
}

}  // namespace conform
