// The line end that `echo` leaves behind a value in a file or a variable.
#pragma once

#include <string_view>

namespace conform {

/// Without one LF, CRLF or CR at its end.
constexpr std::string_view WithoutLineEnd(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

}  // namespace conform
