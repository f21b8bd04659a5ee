#include "case/csv_reader.h"

namespace conform {
namespace {

constexpr int kEnd = std::char_traits<char>::eof();

}  // namespace

/// The opening quote was read; the closing one is.
Expected<bool> CsvReader::ReadQuoted(std::string& cell) {
  while (true) {
    const int c = input_.get();
    if (c == kEnd) return Fail("a quote is not closed");
    if (c == '"') {
      if (input_.peek() != '"') break;
      input_.get();
    }
    if (c == '\n') ++next_line_;
    cell.push_back(static_cast<char>(c));
  }
  const int next = input_.peek();
  if (next == kEnd || next == ',' || next == '\n' || next == '\r') return true;
  return Fail("text stands behind a closing quote");
}

Expected<bool> CsvReader::Next(std::vector<std::string>& cells) {
  cells.clear();
  line_ = next_line_;
  if (input_.peek() == kEnd) return false;
  cells.emplace_back();
  while (true) {
    const int c = input_.get();
    switch (c) {
      case kEnd:
        return true;
      case '\r':
        if (input_.peek() == '\n') break;
        cells.back().push_back('\r');
        break;
      case '\n':
        ++next_line_;
        return true;
      case ',':
        cells.emplace_back();
        break;
      case '"':
        if (!cells.back().empty()) return Fail("a quote stands inside a cell without quotes");
        if (auto read = ReadQuoted(cells.back()); !read) return read;
        break;
      default:
        cells.back().push_back(static_cast<char>(c));
    }
  }
}

}  // namespace conform
