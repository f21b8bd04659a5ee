#include "notify/notify_program.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/child_program.h"

namespace conform {
namespace {

/// A file without a name that holds the text, read from its beginning; -1: there is none.
int TextFile(const std::string& text) {
  const int file = ::memfd_create("conform", MFD_CLOEXEC);
  if (file < 0) return -1;
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  ::lseek(file, 0, SEEK_SET);
  return file;
}

enum class Wait { kEnded, kTooLong, kStopped };

/// What did not end is killed.
Wait AwaitEnd(RunningProgram& program, std::chrono::seconds patience,
              std::chrono::seconds last_words, const IsStopped& stopped) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::milliseconds kSlice{100};
  auto until = Clock::now() + patience;
  Wait else_is = Wait::kTooLong;
  for (;;) {
    if (else_is != Wait::kStopped && stopped && stopped()) {
      else_is = Wait::kStopped;
      until = std::min(until, Clock::now() + last_words);
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (program.EndsWithin(std::min(left, kSlice))) {
      return Wait::kEnded;
    }
    if (left.count() > 0) continue;
    program.Kill();
    return else_is;
  }
}

}  // namespace

Expected<std::vector<std::string>> SplitWords(const std::string& text) {
  std::vector<std::string> words;
  char quote = '\0';
  bool open = false;
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote) {
        quote = '\0';
      } else {
        words.back() += c;
      }
      continue;
    }
    if (c == ' ' || c == '\t') {
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    if (c == '"' || c == '\'') {
      quote = c;
    } else {
      words.back() += c;
    }
  }
  if (quote != '\0') return Fail("a quote is not closed");
  if (words.empty() || words.front().empty()) return Fail("no program is named");
  return words;
}

Expected<void> TellProgram(const std::vector<std::string>& words, const std::string& subject,
                           const std::string& text, const IsStopped& stopped,
                           std::chrono::seconds patience, std::chrono::seconds last_words) {
  const int input = TextFile(text);
  if (input < 0) return Fail(fmt::format("{}: {}", words.front(), std::strerror(errno)));
  const auto child = StartChild(words, {.input = input}, {"CONFORM_SUBJECT=" + subject});
  ::close(input);
  if (!child) {
    return Fail(
        fmt::format("{}: cannot be started: {}", words.front(), std::strerror(child.error())));
  }
  RunningProgram program(*child);
  const Wait wait = AwaitEnd(program, patience, last_words, stopped);
  if (wait == Wait::kStopped) {
    return Fail(fmt::format("{}: was ended, since this run was", words.front()));
  }
  if (wait == Wait::kTooLong) {
    return Fail(
        fmt::format("{}: took longer than {} s and was ended", words.front(), patience.count()));
  }
  if (!program.status()) return Fail(fmt::format("{}: how it ended is not known", words.front()));
  const int status = *program.status();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Fail(fmt::format("{}: ended with {} {}", words.front(),
                          WIFEXITED(status) ? "exit code" : "signal",
                          WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)));
}

}  // namespace conform
