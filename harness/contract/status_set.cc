#include "contract/status_set.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace conform {

bool StatusSet::Add(std::string_view text) {
  if (text.size() != 3 || text[0] < '1' || text[0] > '5') return false;
  const int hundreds = (text[0] - '0') * 100;
  if (text.substr(1) == "xx") {
    ranges_.push_back({hundreds, hundreds + 99});
    return true;
  }
  if (!IsDigit(text[1]) || !IsDigit(text[2])) return false;
  const int status = hundreds + (text[1] - '0') * 10 + (text[2] - '0');
  ranges_.push_back({status, status});
  return true;
}

bool StatusSet::Contains(int status) const {
  return std::any_of(ranges_.begin(), ranges_.end(), [status](const Range& range) {
    return range.first <= status && status <= range.last;
  });
}

bool StatusSet::Names(int status) const {
  return std::find(ranges_.begin(), ranges_.end(), Range{status, status}) != ranges_.end();
}

std::optional<int> StatusSet::Single() const {
  if (ranges_.size() != 1 || ranges_.front().first != ranges_.front().last) return std::nullopt;
  return ranges_.front().first;
}

std::string StatusSet::Describe() const {
  std::string text;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    if (i > 0) text += i + 1 == ranges_.size() ? " or " : ", ";
    const Range& range = ranges_[i];
    text += range.first == range.last ? fmt::format("{}", range.first)
                                      : fmt::format("{}xx", range.first / 100);
  }
  return text;
}

bool StatusSet::HasSuccess() const {
  return std::any_of(ranges_.begin(), ranges_.end(),
                     [](const Range& range) { return range.first >= 200 && range.last <= 299; });
}

bool StatusSet::IsRefusal() const {
  return !ranges_.empty() && std::all_of(ranges_.begin(), ranges_.end(), [](const Range& range) {
    return range.first >= 400 && range.last <= 499;
  });
}

}  // namespace conform
