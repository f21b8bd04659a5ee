#include "run/waiting_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"

namespace conform {

void WaitingLine::Draw(std::chrono::seconds left) {
  if (!terminal_) return;
  Erase();
  out_ << fmt::format("waiting; the code is good for {}",
                      FormatDuration(std::max(left, std::chrono::seconds(0))));
  out_.flush();
  drawn_ = true;
}

void WaitingLine::Erase() {
  if (!drawn_) return;
  out_ << "\r\033[K";
  out_.flush();
  drawn_ = false;
}

}  // namespace conform
