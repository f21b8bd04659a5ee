#include "verdict/json_diff.h"

#include <fmt/format.h>

#include "base/json_order.h"
#include "base/json_pointer.h"
#include "base/utf8.h"
#include "exchange/json_body.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr std::size_t kPointerCharacters = 120;

void Diff(const json& expected, const json& actual, const std::string& pointer,
          std::vector<JsonDifference>& found) {
  if (expected.is_object() && actual.is_object()) {
    for (const auto& [name, value] : expected.items()) {
      const std::string inner = fmt::format("{}/{}", pointer, EscapePointerName(name));
      const auto other = actual.find(name);
      if (other == actual.end()) {
        found.push_back({inner, ShowJson(value), "absent"});
      } else {
        Diff(value, *other, inner, found);
      }
    }
    for (const auto& [name, value] : actual.items()) {
      if (expected.contains(name)) continue;
      found.push_back(
          {fmt::format("{}/{}", pointer, EscapePointerName(name)), "absent", ShowJson(value)});
    }
    return;
  }
  if (expected.is_array() && actual.is_array()) {
    const std::size_t size = std::max(expected.size(), actual.size());
    for (std::size_t i = 0; i < size; ++i) {
      const std::string inner = fmt::format("{}/{}", pointer, i);
      if (i >= actual.size()) {
        found.push_back({inner, ShowJson(expected[i]), "absent"});
      } else if (i >= expected.size()) {
        found.push_back({inner, "absent", ShowJson(actual[i])});
      } else {
        Diff(expected[i], actual[i], inner, found);
      }
    }
    return;
  }
  if (EqualJson(expected, actual)) return;
  found.push_back({pointer, ShowJson(expected), ShowJson(actual)});
}

}  // namespace

std::vector<JsonDifference> DiffJson(const json& expected, const json& actual) {
  std::vector<JsonDifference> found;
  Diff(expected, actual, "", found);
  return found;
}

std::vector<std::string> RenderDiff(const std::vector<JsonDifference>& differences) {
  std::vector<std::string> lines;
  for (const JsonDifference& each : differences) {
    if (lines.size() + 1 == kMaxDiffLines && differences.size() > kMaxDiffLines) {
      lines.push_back(fmt::format("… and {} more", differences.size() - lines.size()));
      break;
    }
    const std::string where = each.pointer.empty() ? "/" : each.pointer;
    lines.push_back(fmt::format("{}: {}, expected {}", ShowLine(where, kPointerCharacters),
                                each.actual, each.expected));
  }
  return lines;
}

}  // namespace conform
