// Reads comma-separated values record by record (RFC 4180).
#pragma once

#include <istream>
#include <string>
#include <vector>

#include "base/error.h"

namespace conform {

/// Lines end in CRLF or LF; a quoted cell may hold commas, line ends and doubled quotes.
class CsvReader {
 public:
  explicit CsvReader(std::istream& input) : input_(input) {}

  /// Fills `cells` with the next record; false at the end. Errors: a quote where none may stand, or
  /// one that is not closed.
  Expected<bool> Next(std::vector<std::string>& cells);

  /// The line on which the record read last began.
  int line() const { return line_; }

 private:
  Expected<bool> ReadQuoted(std::string& cell);

  std::istream& input_;
  int line_ = 0;
  int next_line_ = 1;
};

}  // namespace conform
