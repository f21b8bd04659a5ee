// Collects what was odd about an answer: of each kind the first, so that no server can fill memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exchange/observation.h"

namespace conform {

class ObservationLog {
 public:
  /// Keeps the first of each name.
  void Add(std::string_view name, std::size_t offset, std::string detail);
  /// Add, with `bytes` shown on one line; that costs nothing where the name was seen before.
  void AddShown(std::string_view name, std::size_t offset, std::string_view bytes);
  /// Adds the one observation that grows while bytes come, or replaces what it was so far. Nothing
  /// else is added after it.
  void Grow(std::string_view name, std::size_t offset, std::string detail);

  bool Has(std::string_view name) const;
  const std::vector<Observation>& all() const { return all_; }

 private:
  std::vector<Observation> all_;
  bool grows_ = false;
};

/// `3 bytes: 'abc'`; `count` may be more than `beginning` holds.
std::string DescribeBytes(std::size_t count, std::string_view beginning);

}  // namespace conform
