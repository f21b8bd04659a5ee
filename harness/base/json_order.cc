#include "base/json_order.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace conform {
namespace {

using nlohmann::json;
using Kind = json::value_t;

template <typename T>
int Order(const T& a, const T& b) {
  return a < b ? -1 : static_cast<int>(b < a);
}

/// However it is written, a number is a number.
Kind KindOf(const json& value) {
  const Kind kind = value.type();
  return kind == Kind::number_integer || kind == Kind::number_unsigned ? Kind::number_float : kind;
}

/// A long double of x86-64 holds every 64-bit integer and every double exactly.
long double Wide(const json& number) {
  if (number.is_number_unsigned()) return static_cast<long double>(number.get<std::uint64_t>());
  if (number.is_number_integer()) return static_cast<long double>(number.get<std::int64_t>());
  return static_cast<long double>(number.get<double>());
}

int OrderLists(const json& a, const json& b) {
  if (const int sizes = Order(a.size(), b.size()); sizes != 0) return sizes;
  for (auto one = a.begin(), other = b.begin(); one != a.end(); ++one, ++other) {
    if (const int told = OrderJson(*one, *other); told != 0) return told;
  }
  return 0;
}

int OrderObjects(const json& a, const json& b) {
  if (const int sizes = Order(a.size(), b.size()); sizes != 0) return sizes;
  for (auto one = a.begin(), other = b.begin(); one != a.end(); ++one, ++other) {
    if (const int told = one.key().compare(other.key()); told != 0) return told;
    if (const int told = OrderJson(*one, *other); told != 0) return told;
  }
  return 0;
}

}  // namespace

int OrderJson(const json& a, const json& b) {
  if (const int kinds = Order(KindOf(a), KindOf(b)); kinds != 0) return kinds;
  switch (KindOf(a)) {
    case Kind::number_float:
      return Order(Wide(a), Wide(b));
    case Kind::string:
      return a.get_ref<const std::string&>().compare(b.get_ref<const std::string&>());
    case Kind::boolean:
      return Order(a.get<bool>(), b.get<bool>());
    case Kind::array:
      return OrderLists(a, b);
    case Kind::object:
      return OrderObjects(a, b);
    default:
      return 0;
  }
}

std::optional<std::size_t> FindRepeatedItem(const json& list) {
  std::vector<std::pair<const json*, std::size_t>> items;
  items.reserve(list.size());
  for (const json& item : list) items.emplace_back(&item, items.size());
  std::sort(items.begin(), items.end(), [](const auto& a, const auto& b) {
    const int order = OrderJson(*a.first, *b.first);
    return order != 0 ? order < 0 : a.second < b.second;
  });
  std::optional<std::size_t> first;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const bool repeats = EqualJson(*items[i - 1].first, *items[i].first);
    if (repeats && (!first || items[i].second < *first)) first = items[i].second;
  }
  return first;
}

}  // namespace conform
