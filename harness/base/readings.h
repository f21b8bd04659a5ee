// All that a text says to whoever undoes the escapes in it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unescape.h"

namespace conform {

/// What a text says: as it stands, and with its escapes undone again and again.
class Readings {
 public:
  Readings(std::string_view text, const ByteSet& wanted) : text_(text) {
    while (undone_.size() < kMostEscapedTimes && Undo((*this)[undone_.size()], wanted)) {
    }
  }
  /// Of a text whose rest is still to come, without what may be the begin of an escape.
  static Readings OfBegin(std::string_view text, const ByteSet& wanted) {
    Readings readings(text);
    for (std::size_t i = 0; i < kMostEscapedTimes; ++i) {
      if (!readings.Undo(readings.WholeOf(i), wanted)) break;
    }
    return readings;
  }

  std::size_t size() const { return undone_.size() + 1; }
  /// The text itself is the first.
  std::string_view operator[](std::size_t reading) const {
    return reading == 0 ? text_ : undone_[reading - 1].text();
  }
  std::string_view text() const { return text_; }
  /// What comes before an escape that may go on.
  std::string_view WholeOf(std::size_t reading) const {
    const std::string_view text = (*this)[reading];
    return text.substr(0, FindUnfinishedEscape(text));
  }

  /// Where in the text itself begins what is at `place` of that reading.
  std::size_t BeginOf(std::size_t reading, std::size_t place) const {
    for (; reading > 0; --reading) place = undone_[reading - 1].BeginOf(place);
    return place;
  }
  /// The same of where it ends; `place` is not 0.
  std::size_t EndOf(std::size_t reading, std::size_t place) const {
    for (; reading > 0; --reading) place = undone_[reading - 1].EndOf(place);
    return place;
  }

 private:
  explicit Readings(std::string_view text) : text_(text) {}

  bool Undo(std::string_view text, const ByteSet& wanted) {
    Unescaped next(text, wanted);
    if (next.empty()) return false;
    undone_.push_back(std::move(next));
    return true;
  }

  std::string_view text_;
  std::vector<Unescaped> undone_;
};

}  // namespace conform
