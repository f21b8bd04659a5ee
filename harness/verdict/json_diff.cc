#include "verdict/json_diff.h"

#include <fmt/format.h>

#include "base/json_pointer.h"
#include "base/utf8.h"
#include "exchange/json_body.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr std::size_t kPointerCharacters = 120;

/// A long double of x86-64 holds every 64-bit integer and every double exactly.
bool EqualNumbers(const json& a, const json& b) {
  const auto wide = [](const json& number) {
    if (number.is_number_unsigned()) return static_cast<long double>(number.get<std::uint64_t>());
    if (number.is_number_integer()) return static_cast<long double>(number.get<std::int64_t>());
    return static_cast<long double>(number.get<double>());
  };
  return wide(a) == wide(b);
}

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

bool EqualJson(const json& a, const json& b) {
  if (a.is_number() && b.is_number()) return EqualNumbers(a, b);
  if (a.type() != b.type()) return false;
  if (!a.is_structured()) return a == b;
  if (a.size() != b.size()) return false;
  if (a.is_array()) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!EqualJson(a[i], b[i])) return false;
    }
    return true;
  }
  for (const auto& [name, value] : a.items()) {
    const auto other = b.find(name);
    if (other == b.end() || !EqualJson(value, *other)) return false;
  }
  return true;
}

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
