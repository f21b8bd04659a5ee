#include "testing/program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <memory>

namespace conform {
namespace {

constexpr int kPatienceMs = 60'000;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

/// Input and output go through files: pipes would need both served at once.
std::string ReadAll(int descriptor) {
  std::string text;
  std::array<char, 4096> buffer;
  ::lseek(descriptor, 0, SEEK_SET);
  ssize_t count = 0;
  while ((count = ::read(descriptor, buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

/// Where programs keep what they keep between runs: for this one's tests alone, removed with it.
class StateFolder {
 public:
  StateFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("conform_state." + std::to_string(::getpid()))),
        variable_("XDG_STATE_HOME=" + path_.string()) {}
  ~StateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  std::string& variable() { return variable_; }

 private:
  std::filesystem::path path_;
  std::string variable_;
};

/// -1 where it could not be started.
pid_t Start(const ProgramCall& call, int input, int output, int errors) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  if (!call.folder.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, call.folder.c_str());
  }
  std::vector<char*> arguments;
  for (const std::string& argument : call.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  std::vector<char*> variables;  // of two of one name the first counts
  for (const std::string& variable : call.variables) {
    variables.push_back(const_cast<char*>(variable.c_str()));
  }
  static StateFolder state;
  variables.push_back(state.variable().data());
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  variables.push_back(nullptr);
  pid_t child = -1;
  const int told =
      posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), variables.data());
  posix_spawn_file_actions_destroy(&actions);
  return told == 0 ? child : -1;
}

int ExitCodeOf(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }

}  // namespace

ProgramResult RunProgram(const ProgramCall& call) {
  ProgramResult result;
  const File in(std::tmpfile());
  const File out(std::tmpfile());
  const File errors(std::tmpfile());
  if (!in || !out || !errors) return result;
  std::fwrite(call.input.data(), 1, call.input.size(), in.get());
  std::rewind(in.get());
  const pid_t child = Start(call, fileno(in.get()), fileno(out.get()), fileno(errors.get()));
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return result;
  return {ExitCodeOf(status), ReadAll(fileno(out.get())), ReadAll(fileno(errors.get()))};
}

ProgramResult RunProgram(const std::vector<std::string>& arguments, const std::string& input) {
  return RunProgram(ProgramCall{arguments, input});
}

StartedProgram::StartedProgram(const ProgramCall& call) {
  std::array<int, 2> pipe_ends{};
  const File in(std::tmpfile());
  const File errors(std::tmpfile());
  if (!in || !errors || ::pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return;
  output_ = pipe_ends[0];
  errors_ = ::fcntl(fileno(errors.get()), F_DUPFD_CLOEXEC, 0);
  child_ = Start(call, fileno(in.get()), pipe_ends[1], errors_);
  ::close(pipe_ends[1]);
}

StartedProgram::~StartedProgram() {
  if (child_ > 0) {
    Signal(SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  ::close(output_);
  ::close(errors_);
}

bool StartedProgram::ReadMore() {
  std::array<char, 4096> buffer;
  pollfd ready{output_, POLLIN, 0};
  if (::poll(&ready, 1, kPatienceMs) != 1) return false;
  const ssize_t count = ::read(output_, buffer.data(), buffer.size());
  if (count <= 0) return false;
  unread_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

std::string StartedProgram::ReadLine() {
  std::size_t end = 0;
  while ((end = unread_.find('\n')) == std::string::npos) {
    if (!ReadMore()) return "";
  }
  std::string line = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return line;
}

bool StartedProgram::IsRunning() const {
  siginfo_t ended{};
  return waitid(P_PID, static_cast<id_t>(child_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         ended.si_pid == 0;
}

void StartedProgram::Signal(int signal) const {
  if (child_ > 0) ::kill(child_, signal);
}

ProgramResult StartedProgram::Wait() {
  ProgramResult result;
  if (child_ < 0) return result;
  while (ReadMore()) {
  }
  // Standard output ends with the program; where it did not, patience did.
  pollfd ready{output_, POLLIN, 0};
  if (::poll(&ready, 1, 0) == 0) Signal(SIGKILL);
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = -1;
  result = {ExitCodeOf(status), std::move(unread_), ReadAll(errors_)};
  unread_.clear();
  return result;
}

}  // namespace conform
