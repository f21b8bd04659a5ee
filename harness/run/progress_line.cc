#include "run/progress_line.h"

#include <fmt/format.h>

namespace conform {
namespace {

constexpr std::chrono::milliseconds kBetween{100};

}  // namespace

std::string RenderProgress(const Progress& progress) {
  std::string text = fmt::format("{} of {}", progress.done, progress.total);
  const double seconds = static_cast<double>(progress.elapsed.count()) / 1'000;
  const double rate = seconds > 0 ? static_cast<double>(progress.done) / seconds : 0;
  if (rate > 0) text += fmt::format(", {:.0f}/s", rate);
  if (progress.failures > 0) text += fmt::format(", {} failed", progress.failures);
  if (rate > 0 && progress.total > progress.done) {
    text +=
        fmt::format(", {:.0f}s left", static_cast<double>(progress.total - progress.done) / rate);
  }
  return text;
}

void ProgressLine::Erase() {
  if (!drawn_) return;
  out_ << "\r\033[K";
  drawn_ = false;
}

void ProgressLine::Draw(const Progress& progress) {
  if (!terminal_ || progress.elapsed - last_ < kBetween) return;
  Erase();
  out_ << RenderProgress(progress);
  out_.flush();
  drawn_ = true;
  last_ = progress.elapsed;
}

}  // namespace conform
