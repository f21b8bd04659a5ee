#include "verdict/json_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/json_order.h"
#include "base/json_place.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "exchange/json_body.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr std::size_t kPointerCharacters = 120;
constexpr std::size_t kItemCharacters = 80;

constexpr const char* kNotThere = "absent";

/// Goes down two values side by side.
class Differ {
 public:
  explicit Differ(std::size_t most) : most_(most) {}

  void Compare(const json& expected, const json& actual) {
    if (expected.is_object() && actual.is_object()) return CompareObjects(expected, actual);
    if (expected.is_array() && actual.is_array()) return CompareLists(expected, actual);
    if (!EqualJson(expected, actual)) Add(&expected, &actual);
  }

  JsonDifferences Take() { return std::move(found_); }

 private:
  /// Null: it is not there.
  void Add(const json* expected, const json* actual) {
    ++found_.count;
    if (found_.first.size() >= most_) return;
    const auto show = [](const json* value) {
      return value == nullptr ? kNotThere : ShowJson(*value);
    };
    found_.first.push_back({place_.Pointer(), show(expected), show(actual)});
  }

  void CompareBelow(JsonPlace::Step step, const json* expected, const json* actual) {
    place_.Enter(step);
    if (expected == nullptr || actual == nullptr) {
      Add(expected, actual);
    } else {
      Compare(*expected, *actual);
    }
    place_.Leave();
  }

  void CompareObjects(const json& expected, const json& actual) {
    for (auto each = expected.begin(); each != expected.end(); ++each) {
      const auto other = actual.find(each.key());
      CompareBelow(&each.key(), &*each, other == actual.end() ? nullptr : &*other);
    }
    for (auto each = actual.begin(); each != actual.end(); ++each) {
      if (!expected.contains(each.key())) CompareBelow(&each.key(), nullptr, &*each);
    }
  }

  void CompareLists(const json& expected, const json& actual) {
    for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
      CompareBelow(i, i < expected.size() ? &expected[i] : nullptr,
                   i < actual.size() ? &actual[i] : nullptr);
    }
  }

  std::size_t most_;
  JsonPlace place_;
  JsonDifferences found_;
};

/// The places of a list's items, ordered by the items.
std::vector<std::size_t> PlacesByItem(const json& list) {
  std::vector<std::size_t> places(list.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return OrderJson(list[a], list[b]) < 0; });
  return places;
}

/// Of both lists, the places of items that have no equal left in the other, in their order.
struct Unmatched {
  std::vector<std::size_t> expected;
  std::vector<std::size_t> actual;
};

Unmatched FindUnmatched(const json& expected, const json& actual) {
  const std::vector<std::size_t> wanted = PlacesByItem(expected);
  const std::vector<std::size_t> there = PlacesByItem(actual);
  Unmatched unmatched;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < wanted.size() || j < there.size()) {
    const int order = i == wanted.size()  ? 1
                      : j == there.size() ? -1
                                          : OrderJson(expected[wanted[i]], actual[there[j]]);
    if (order < 0) unmatched.expected.push_back(wanted[i]);
    if (order > 0) unmatched.actual.push_back(there[j]);
    if (order <= 0) ++i;
    if (order >= 0) ++j;
  }
  std::sort(unmatched.expected.begin(), unmatched.expected.end());
  std::sort(unmatched.actual.begin(), unmatched.actual.end());
  return unmatched;
}

}  // namespace

JsonDifferences DiffJson(const json& expected, const json& actual, std::size_t most) {
  Differ differ(most);
  differ.Compare(expected, actual);
  return differ.Take();
}

JsonDifferences DiffUnordered(const json& expected, const json& actual) {
  const Unmatched unmatched = FindUnmatched(expected, actual);
  JsonDifferences found;
  found.count = unmatched.expected.size() + unmatched.actual.size();
  for (const std::size_t i : unmatched.expected) {
    if (found.first.size() == kMaxDiffLines) break;
    const std::string item = WriteJsonText(expected[i]);
    found.first.push_back({"", ShowLine(item, kItemCharacters), kNotThere});
  }
  for (const std::size_t i : unmatched.actual) {
    if (found.first.size() == kMaxDiffLines) break;
    found.first.push_back({fmt::format("/{}", i), kNotThere, ShowJson(actual[i])});
  }
  return found;
}

std::string DescribeExpected(const JsonDifference& difference) {
  return difference.expected == kNotThere ? "nothing there" : difference.expected;
}

std::vector<std::string> RenderDiff(const JsonDifferences& differences) {
  std::vector<std::string> lines;
  for (const JsonDifference& each : differences.first) {
    if (lines.size() + 1 == kMaxDiffLines && differences.count > kMaxDiffLines) {
      lines.push_back(fmt::format("… and {} more", differences.count - lines.size()));
      break;
    }
    const std::string where = each.pointer.empty() ? "/" : each.pointer;
    lines.push_back(fmt::format("{}: {}, expected {}", ShowLine(where, kPointerCharacters),
                                each.actual, DescribeExpected(each)));
  }
  return lines;
}

}  // namespace conform
