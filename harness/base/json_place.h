// Where somebody is who goes down into a JSON value.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "base/json_pointer.h"

namespace conform {

/// Costs nothing but a step on the way down; only a pointer that is asked for is written.
class JsonPlace {
 public:
  /// A member's name, which outlives the stay, or an item's index.
  using Step = std::variant<const std::string*, std::size_t>;

  void Enter(Step step) { steps_.push_back(step); }
  void Leave() { steps_.pop_back(); }

  std::size_t Depth() const { return steps_.size(); }

  /// RFC 6901; empty: the whole value.
  std::string Pointer() const {
    std::string pointer;
    for (const Step& each : steps_) {
      const auto* const name = std::get_if<const std::string*>(&each);
      pointer += '/';
      pointer +=
          name == nullptr ? std::to_string(std::get<std::size_t>(each)) : EscapePointerName(**name);
    }
    return pointer;
  }

 private:
  std::vector<Step> steps_;
};

}  // namespace conform
