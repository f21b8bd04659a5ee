// Where two JSON values differ, path first.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace conform {

/// The lines of a difference that are shown: one screen.
inline constexpr std::size_t kMaxDiffLines = 24;

struct JsonDifference {
  std::string pointer;   ///< below the value compared; empty: the whole.
  std::string expected;  ///< as ShowJson tells it, or `absent`.
  std::string actual;
};

/// Each place that differs, in the order of `expected`; what equals is folded away.
std::vector<JsonDifference> DiffJson(const nlohmann::json& expected, const nlohmann::json& actual);

/// `/a/3: "x", expected "y"`, at most kMaxDiffLines; the last says how many more there are.
std::vector<std::string> RenderDiff(const std::vector<JsonDifference>& differences);

}  // namespace conform
