#include "exchange/observation_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/cut_mark.h"
#include "base/utf8.h"

namespace conform {

bool ObservationLog::Has(std::string_view name) const {
  return std::any_of(all_.begin(), all_.end(),
                     [name](const Observation& seen) { return seen.name == name; });
}

void ObservationLog::Add(std::string_view name, std::size_t offset, std::string detail) {
  if (!Has(name)) all_.push_back({name, std::move(detail), offset});
}

void ObservationLog::AddShown(std::string_view name, std::size_t offset, std::string_view bytes) {
  if (!Has(name)) Add(name, offset, ShowLine(bytes));
}

void ObservationLog::Grow(std::string_view name, std::size_t offset, std::string detail) {
  if (grows_) all_.pop_back();
  grows_ = true;
  all_.push_back({name, std::move(detail), offset});
}

std::string DescribeBytes(std::size_t count, std::string_view beginning) {
  constexpr std::size_t kShown = 40;
  std::string shown = ShowLine(beginning, kShown);
  if (count > beginning.size() && !shown.ends_with(kCutMark)) shown += kCutMark;
  return fmt::format("{} byte{}: '{}'", count, count == 1 ? "" : "s", shown);
}

}  // namespace conform
