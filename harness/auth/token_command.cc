#include "auth/token_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "auth/token_answer.h"
#include "base/child_program.h"
#include "base/json_text.h"
#include "exchange/deadline.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMostOutput = std::size_t{1} << 20;
/// At whether it ended, and whether it is to end.
constexpr milliseconds kLookAgain{100};

/// How long a command may run.
struct CommandTime {
  Instant until;
  IsStopped stopped;

  milliseconds Left() const { return std::chrono::ceil<milliseconds>(until - SteadyNow()); }
  bool Stops() const { return stopped && stopped(); }
};

/// One stream of the command's, from its pipe.
struct CommandStream {
  CommandStream() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
  }
  ~CommandStream() {
    CloseWriting();
    if (ends[0] >= 0) ::close(ends[0]);
  }
  CommandStream(const CommandStream&) = delete;
  CommandStream& operator=(const CommandStream&) = delete;

  void CloseWriting() {
    if (ends[1] >= 0) ::close(std::exchange(ends[1], -1));
  }
  /// False at its end.
  bool ReadSome() {
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(ends[0], buffer.data(), buffer.size());
    if (count <= 0) return false;
    if (text.size() <= kMostOutput) text.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  std::array<int, 2> ends{-1, -1};
  std::string text;
};

/// What the command prints while it runs; what it started and left behind is not waited for. False:
/// it had not ended within the time, or printed too much.
bool ReadBoth(CommandStream& output, CommandStream& errors, RunningProgram& program,
              const CommandTime& time) {
  std::array<pollfd, 2> waited = {pollfd{output.ends[0], POLLIN, 0},
                                  pollfd{errors.ends[0], POLLIN, 0}};
  const std::array<CommandStream*, 2> streams = {&output, &errors};
  bool ended = false;
  int last_looks = 64;  // at what it wrote before it ended: a pipe holds 64 KiB
  while (waited[0].fd >= 0 || waited[1].fd >= 0) {
    const milliseconds left = time.Left();
    if (left.count() <= 0 || output.text.size() > kMostOutput || time.Stops()) return false;
    const milliseconds wait = ended ? milliseconds(0) : std::min(left, kLookAgain);
    const int ready = ::poll(waited.data(), waited.size(), static_cast<int>(wait.count()));
    // What it left behind may write on for as long as it likes.
    if (ended) --last_looks;
    if (ended && (ready == 0 || last_looks == 0)) return true;
    ended = ended || program.EndsWithin(milliseconds(0));
    if (ready <= 0) continue;
    for (std::size_t i = 0; i < waited.size(); ++i) {
      if (waited[i].revents != 0 && !streams[i]->ReadSome()) waited[i].fd = -1;
    }
  }
  return true;
}

/// Whether one that prints no more ends within the time.
bool EndsInTime(RunningProgram& program, const CommandTime& time) {
  for (;;) {
    const milliseconds left = time.Left();
    if (program.EndsWithin(std::min(left, kLookAgain))) return true;
    if (left.count() <= 0 || time.Stops()) return false;
  }
}

std::string MemberOf(const nlohmann::json& body, const char* one, const char* other) {
  for (const char* const name : {one, other}) {
    const auto member = body.find(name);
    if (member != body.end() && member->is_string()) return member->get<std::string>();
  }
  return "";
}

}  // namespace

Expected<CommandOutput> RunTokenCommand(const std::vector<std::string>& arguments,
                                        milliseconds timeout, const IsStopped& stopped) {
  const bool was_stopped = stopped && stopped();
  const CommandTime time{SteadyNow() + timeout, was_stopped ? IsStopped() : stopped};
  CommandStream output;
  CommandStream errors;
  if (output.ends[0] < 0 || errors.ends[0] < 0) return Fail("no more files can be opened");
  const auto child = StartChild(arguments, {-1, output.ends[1], errors.ends[1]});
  if (!child) return Fail(fmt::format("it cannot be started: {}", std::strerror(child.error())));
  output.CloseWriting();
  errors.CloseWriting();
  RunningProgram program(*child);
  if (!ReadBoth(output, errors, program, time) || !EndsInTime(program, time)) {
    program.Kill();
    if (output.text.size() > kMostOutput) return Fail("it printed over 1 MiB");
    if (time.Stops()) return Fail("it was ended, since this run was");
    return Fail(fmt::format("it had not ended after {} ms", timeout.count()));
  }
  if (!program.status()) return Fail("how it ended is not known");
  const int status = *program.status();
  if (output.text.size() > kMostOutput) return Fail("it printed over 1 MiB");
  return CommandOutput{WIFEXITED(status) ? WEXITSTATUS(status) : -1, std::move(output.text),
                       !errors.text.empty()};
}

Expected<std::optional<IssuedToken>> TokenCommand::Issue() {
  const std::string name = fmt::format("the command {}", arguments_.front());
  auto ran = RunTokenCommand(arguments_, timeout_, tools_.stopped);
  if (!ran) return Fail(fmt::format("no token from {}: {}", name, ran.error().message));
  if (ran->exit_code != 0) {
    const std::string how = ran->exit_code < 0 ? "a signal ended it"
                                               : fmt::format("its exit code is {}", ran->exit_code);
    return Fail(fmt::format("no token from {}: {}{}", name, how,
                            ran->complained ? "; run it by itself to see why: what it says is not "
                                              "repeated, since a secret may stand in it"
                                            : ""));
  }
  const auto body = ReadJsonText(ran->output);
  if (!body.is_object()) {
    auto token = CheckToken(std::move(ran->output), fmt::format("the output of {}", name));
    if (!token) return tl::unexpected(token.error());
    return IssuedToken{*std::move(token), std::nullopt};
  }
  std::string printed = MemberOf(body, "access_token", "accessToken");
  if (printed.empty()) {
    return Fail(
        fmt::format("no token: the output of {} holds neither access_token nor accessToken", name));
  }
  nlohmann::json answer = body;
  answer["access_token"] = std::move(printed);
  auto read = ReadTokenAnswer({200, {}, std::move(answer), name}, tools_);
  if (!read) return tl::unexpected(read.error());
  return *std::move(read);
}

}  // namespace conform
