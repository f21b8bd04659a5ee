#include "base/child_program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace conform {
namespace {

namespace fs = std::filesystem;

/// Where execvp(3) looks while PATH is not set.
constexpr const char* kDefaultPath = "/bin:/usr/bin";

bool IsExecutable(const fs::path& file) {
  std::error_code failed;
  return fs::is_regular_file(file, failed) && ::access(file.c_str(), X_OK) == 0;
}

/// `NAME=`, by which a variable is known.
std::string_view NameIn(std::string_view variable) {
  return variable.substr(0, variable.find('=') + 1);
}

/// `variables`, and of this process's those of other names. Points into `variables`.
std::vector<char*> EnvironmentWith(std::vector<std::string>& variables) {
  std::vector<char*> environment;
  environment.reserve(variables.size() + 1);
  for (std::string& each : variables) environment.push_back(each.data());
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view inherited = *each;
    // Of two of one name a program may take either.
    if (std::none_of(variables.begin(), variables.end(),
                     [&](const std::string& own) { return inherited.starts_with(NameIn(own)); })) {
      environment.push_back(*each);
    }
  }
  environment.push_back(nullptr);
  return environment;
}

}  // namespace

bool IsProgram(const std::string& word) {
  if (word.find('/') != std::string::npos) return IsExecutable(word);
  const char* const set = std::getenv("PATH");
  std::string_view folders = set == nullptr ? kDefaultPath : set;
  while (!word.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    // An empty folder of a PATH is the working one.
    const fs::path folder = end == 0 ? "." : fs::path(folders.substr(0, end));
    if (IsExecutable(folder / word)) return true;
    if (end == folders.size()) break;
    folders.remove_prefix(end + 1);
  }
  return false;
}

tl::expected<pid_t, int> StartChild(const std::vector<std::string>& words,
                                    const ChildStreams& streams,
                                    std::vector<std::string> variables) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (streams.input < 0) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  } else {
    posix_spawn_file_actions_adddup2(&actions, streams.input, STDIN_FILENO);
  }
  if (streams.output >= 0) {
    posix_spawn_file_actions_adddup2(&actions, streams.output, STDOUT_FILENO);
  }
  if (streams.errors >= 0) {
    posix_spawn_file_actions_adddup2(&actions, streams.errors, STDERR_FILENO);
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::vector<char*> environment = EnvironmentWith(variables);
  pid_t child = -1;
  const int failed = posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(),
                                  environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return tl::unexpected(failed);
  return child;
}

// Debian 12 declares pidfd_open() as no C function.
RunningProgram::RunningProgram(pid_t child)
    : child_(child), handle_(static_cast<int>(::syscall(SYS_pidfd_open, child, 0))) {}

RunningProgram::~RunningProgram() {
  if (handle_ >= 0) ::close(handle_);
}

bool RunningProgram::EndsWithin(std::chrono::milliseconds time) {
  using std::chrono::milliseconds;
  // Without a handle (an old kernel) it is asked again and again.
  constexpr milliseconds kAskAgain{10};
  const auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    const auto left = std::max(
        milliseconds(0), std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now()));
    pollfd ended{handle_, POLLIN, 0};
    ::poll(&ended, 1, static_cast<int>((handle_ < 0 ? std::min(left, kAskAgain) : left).count()));
    int status = 0;
    const pid_t child = ::waitpid(child_, &status, WNOHANG);
    if (child == child_) status_ = status;
    if (child != 0 || left.count() == 0) return child != 0;
  }
}

void RunningProgram::Kill() {
  constexpr std::chrono::seconds kDying{2};
  ::kill(-child_, SIGKILL);
  ::kill(child_, SIGKILL);  // where it left its process group
  EndsWithin(kDying);
}

}  // namespace conform
