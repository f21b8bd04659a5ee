#include "notify/notify_program.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <limits>

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

/// False: it was killed.
bool AwaitEnd(pid_t child, std::chrono::seconds patience) {
  // Debian 12 declares pidfd_open() as no C function.
  const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) return true;  // an old kernel: waitpid waits as long as it takes
  const auto ms = std::chrono::milliseconds(patience).count();
  pollfd ended{handle, POLLIN, 0};
  const int count = ::poll(
      &ended, 1, static_cast<int>(std::min<std::int64_t>(ms, std::numeric_limits<int>::max())));
  ::close(handle);
  if (count != 0) return true;
  ::kill(-child, SIGKILL);  // with all that it started
  return false;
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
  if (quote != '\0') return Fail(fmt::format("{}: a quote is not closed", text));
  if (words.empty() || words.front().empty()) return Fail("no program is named");
  return words;
}

Expected<void> TellProgram(const std::vector<std::string>& words, const std::string& subject,
                           const std::string& text, std::chrono::seconds patience) {
  const int input = TextFile(text);
  if (input < 0) return Fail(fmt::format("{}: {}", words.front(), std::strerror(errno)));
  const auto child = StartChild(words, {.input = input}, {"CONFORM_SUBJECT=" + subject});
  ::close(input);
  if (!child) {
    return Fail(
        fmt::format("{}: cannot be started: {}", words.front(), std::strerror(child.error())));
  }
  const bool in_time = AwaitEnd(*child, patience);
  int status = 0;
  ::waitpid(*child, &status, 0);
  if (!in_time) {
    return Fail(
        fmt::format("{}: took longer than {} s and was ended", words.front(), patience.count()));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Fail(fmt::format("{}: ended with {} {}", words.front(),
                          WIFEXITED(status) ? "exit code" : "signal",
                          WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status)));
}

}  // namespace conform
