// Cuts bytes into lines, however they were split on the way.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// One line without its end; `text` is good until the next Take.
struct Line {
  std::string_view text;
  std::size_t offset = 0;  ///< of its first byte.
  std::size_t size = 0;    ///< in bytes, its end counted.
  bool bare_lf = false;    ///< ended by LF alone.
};

class LineReader {
 public:
  /// Takes the bytes up to and with the next LF off the front of `bytes`, which stand at `offset`.
  /// Where there is none takes all, keeps them for the next call and answers nothing.
  std::optional<Line> Take(std::string_view& bytes, std::size_t offset);

  /// The beginning of a line whose end has not come.
  std::string_view held() const { return spent_ ? std::string_view() : held_; }
  std::size_t pending() const { return held().size(); }

 private:
  std::string held_;
  bool spent_ = false;  // held_ is the line handed out last.
};

}  // namespace conform
