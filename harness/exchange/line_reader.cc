#include "exchange/line_reader.h"

namespace conform {
namespace {

Line Cut(std::string_view whole, std::size_t offset) {
  Line line{whole, offset, whole.size(), true};
  line.text.remove_suffix(1);
  if (line.text.ends_with('\r')) {
    line.text.remove_suffix(1);
    line.bare_lf = false;
  }
  return line;
}

}  // namespace

std::optional<Line> LineReader::Take(std::string_view& bytes, std::size_t offset) {
  if (spent_) {
    held_.clear();
    spent_ = false;
  }
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) {
    held_.append(bytes);
    bytes = {};
    return std::nullopt;
  }
  const std::string_view piece = bytes.substr(0, end + 1);
  bytes.remove_prefix(end + 1);
  if (held_.empty()) return Cut(piece, offset);
  const std::size_t begin = offset - held_.size();
  held_.append(piece);
  spent_ = true;
  return Cut(held_, begin);
}

}  // namespace conform
