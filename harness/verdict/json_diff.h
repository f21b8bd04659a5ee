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

struct JsonDifferences {
  std::vector<JsonDifference> first;  ///< of all of them, as many as were asked for.
  std::size_t count = 0;
};

/// Each place that differs, in the order of `expected`; what equals is folded away. Memory goes by
/// `most` alone.
JsonDifferences DiffJson(const nlohmann::json& expected, const nlohmann::json& actual,
                         std::size_t most = kMaxDiffLines);

/// The same of two lists, where the order of items is no matter: an item that none of `actual` is
/// left to equal is told at the list itself, and one that is too many where it stands.
JsonDifferences DiffUnordered(const nlohmann::json& expected, const nlohmann::json& actual);

/// What stands for one side of a difference where it reads after "expects".
std::string DescribeExpected(const JsonDifference& difference);

/// `/a/3: "x", expected "y"`, at most kMaxDiffLines; the last says how many more there are.
std::vector<std::string> RenderDiff(const JsonDifferences& differences);

}  // namespace conform
