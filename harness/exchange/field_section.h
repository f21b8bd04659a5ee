// Reads the fields of a header or trailer section (RFC 9112 §5), line by line.
#pragma once

#include <cstddef>

#include "base/fields.h"
#include "exchange/line_reader.h"
#include "exchange/observation_log.h"

namespace conform {

class FieldSection {
 public:
  enum class Taken {
    kMore,  ///< a field; or a line that is none, which was observed.
    kEnd,   ///< the empty line.
    kFull,  ///< one field more than `max_count`.
  };

  explicit FieldSection(std::size_t max_count) : max_count_(max_count) {}

  /// Appends to `fields`. A folded line is joined to the value before it by one space, as RFC 9112
  /// §5.2 tells a user agent; a line that is no field is left out.
  Taken Take(const Line& line, Fields& fields, ObservationLog& log);

 private:
  void Fold(const Line& line, Fields& fields, ObservationLog& log);

  std::size_t max_count_;
  std::size_t count_ = 0;
  bool follows_field_ = false;  // a folded line belongs to the last field.
};

}  // namespace conform
