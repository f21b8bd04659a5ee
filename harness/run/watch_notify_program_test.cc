// That what a watch saw is told, whatever ends the run or a receiver, by the built program.
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>

#include "history/history_file.h"
#include "run/sample_history.h"
#include "testing/forwarding_proxy.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

constexpr const char* kTaken = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr const char* kTellsFile = "sh -c 'cat > told.txt'";

class WatchNotifyProgramTest : public HistoryProgramTest {
 protected:
  /// How many messages wait in the outbox, once as many do or 20 s are over.
  int AwaitKept(int count) const {
    const auto file = HistoryFile::Open(project_.folder() / "state/conform/history.sqlite");
    if (!file) return -1;
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (;;) {
      const int kept = (*file)->database().execAndGet("SELECT count(*) FROM outbox").getInt();
      if (kept == count || std::chrono::steady_clock::now() > give_up) return kept;
      ::sched_yield();
    }
  }
};

TEST_F(WatchNotifyProgramTest, AReceiverThatEndsTheRunCostsNoOtherItsMessage) {
  Watch({});
  const HostileServer webhook({AnswerAndClose(kTaken)});
  const std::vector<std::string> hook = {"--webhook", FormatOrigin(webhook.origin()) + "/hook"};
  std::vector<std::string> both = hook;
  both.insert(both.end(), {"--notify", "sh -c 'kill -KILL $PPID'"});
  EXPECT_EQ(Watch({"success_200"}, both).exit_code, -1);
  EXPECT_EQ(webhook.requests().size(), 0U);
  EXPECT_EQ(AwaitKept(2), 2);
  EXPECT_EQ(Watch({"success_200"}, hook).exit_code, 0);
  ASSERT_EQ(webhook.requests().size(), 1U);
  EXPECT_NE(webhook.received(0).find("pass -> fail"), std::string::npos);
  EXPECT_EQ(AwaitKept(1), 1);
}

/// A pipe that nobody reads and that takes nothing more.
class FullPipe {
 public:
  FullPipe() {
    EXPECT_EQ(::pipe2(ends_.data(), O_CLOEXEC | O_NONBLOCK), 0);
    const std::string page(4096, ' ');
    while (::write(ends_[1], page.data(), page.size()) > 0) {
    }
  }
  ~FullPipe() {
    for (const int end : ends_) ::close(end);
  }
  FullPipe(const FullPipe&) = delete;
  FullPipe& operator=(const FullPipe&) = delete;

  /// As another process opens it; it blocks there.
  std::string path() const { return fmt::format("/proc/{}/fd/{}", ::getpid(), ends_[1]); }

 private:
  std::array<int, 2> ends_{-1, -1};
};

TEST_F(WatchNotifyProgramTest, AnAlarmOutlivesARunThatEndsWhilePrintingIt) {
  // More of it than waits in a sink (64 KiB): changes of one text are told in one line.
  std::vector<std::string> pages;
  const auto write_pages = [&](const std::string& line) {
    pages.clear();
    std::string text;
    for (int i = 0; i < 320; ++i) {
      pages.push_back("--page");
      pages.push_back(fmt::format("{}{}.md", std::string(220, 'p'), i));
      project_.Write(pages.back(), text += line);
    }
  };
  write_pages("One.\n");
  Watch({}, pages);
  write_pages("Two.\n");
  std::vector<std::string> telling = pages;
  telling.insert(telling.end(), {"--notify", kTellsFile});
  {
    const SampleMock mock(project_, {});
    const FullPipe pipe;
    ProgramCall call = project_.Call({"watch", "--base-url", mock.address()});
    call.arguments.insert(call.arguments.end(), telling.begin(), telling.end());
    call.arguments.insert(call.arguments.begin(),
                          {"env", "XDG_STATE_HOME=" + (project_.folder() / "state").string(), "sh",
                           "-c", "exec \"$@\" > " + pipe.path(), "sh"});
    StartedProgram watch(call);
    EXPECT_EQ(AwaitKept(1), 1);
    watch.Signal(SIGKILL);
    watch.Wait();
  }
  EXPECT_EQ(project_.Read("told.txt"), "");
  EXPECT_EQ(Watch({}, telling).exit_code, 0);
  EXPECT_NE(project_.Read("told.txt").find("its text changed"), std::string::npos);
}

TEST_F(WatchNotifyProgramTest, AStopWhileAProgramIsToldKeepsTheMessage) {
  Watch({});
  const SampleMock mock(project_, {"success_200"});
  const ProgramResult stopped = Conform({"watch", "--base-url", mock.address(), "--notify",
                                         "sh -c 'kill -TERM $PPID; exec sleep 30'"});
  EXPECT_EQ(stopped.exit_code, 1);
  EXPECT_EQ(stopped.errors,
            "conform: not told: sh: was ended, since this run was; the message is kept for the "
            "next run\n");
  EXPECT_EQ(AwaitKept(1), 1);
}

TEST_F(WatchNotifyProgramTest, TheProgramSeesThisMessagesSubject) {
  Watch({});
  const SampleMock mock(project_, {"success_200"});
  Conform({"watch", "--base-url", mock.address(), "--notify",
           "bash -c 'echo \"$CONFORM_SUBJECT\" > told.txt'"},
          {"CONFORM_SUBJECT=stale"});
  EXPECT_EQ(project_.Read("told.txt"), "conform: 1 change, mock at loopback\n");
}

TEST_F(WatchNotifyProgramTest, WhatCannotTellIsRefusedBeforeAnythingIsSent) {
  const std::string no_program =
      "conform: --notify: the first word names no program: write its path, or one that stands on "
      "the PATH\n";
  const struct {
    std::vector<std::string> flags;
    std::string errors;
    std::vector<std::string> variables = {};
  } rows[] = {
      {{"--notify", "conform_no_such_program x"}, no_program},
      {{"--notify", "'curl -H Authorization:geheim'"}, no_program},
      {{"--notify", "curl -H 'Authorization: geheim"},
       "conform: --notify: a quote is not closed\n"},
      {{"--webhook", "http://example.com/secret"},
       "conform: --webhook: a webhook at example.com: plain http reaches loopback alone\n"},
      {{"--slack", "ftp://example.com/secret"},
       "conform: --slack: the address of a webhook begins with https://\n"},
      {{},
       "conform: CONFORM_WEBHOOK: the address of a webhook begins with https://\n",
       {"CONFORM_WEBHOOK=garbage"}},
      {{},
       "conform: CONFORM_SLACK_WEBHOOK: the address of a webhook begins with https://\n",
       {"CONFORM_SLACK_WEBHOOK=garbage"}},
      {{"--slack", "trash"},
       "conform: --slack: the address of a webhook begins with https://\n",
       {"CONFORM_SLACK_WEBHOOK=garbage"}},
      {{"--metrics", "no/such/m.prom"},
       "conform: --metrics no/such/m.prom: there is no folder no/such: create it, or name another "
       "file\n"},
      {{"--metrics", "cases"}, "conform: --metrics cases: is a folder: name a file in it\n"},
  };
  for (const auto& row : rows) {
    std::vector<std::string> arguments = {"watch"};
    arguments.insert(arguments.end(), row.flags.begin(), row.flags.end());
    const ProgramResult refused = Conform(arguments, row.variables);
    EXPECT_EQ(refused.exit_code, 2) << refused.errors;
    EXPECT_EQ(refused.errors, row.errors);
  }
  EXPECT_FALSE(std::filesystem::exists(project_.folder() / "reports"));
}

TEST_F(WatchNotifyProgramTest, MetricsMayLieInTheFolderThatTheRunMakes) {
  EXPECT_EQ(Watch({}, {"--out", "out/", "--metrics", "./out/m.prom"}).exit_code, 0);
  EXPECT_NE(project_.Read("out/m.prom"), "");
}

TEST_F(WatchNotifyProgramTest, PagesAndWebhooksGoThroughTheProxy) {
  const ForwardingProxy proxy({"", "HTTP/1.1 403 No\r\n\r\n"});
  const std::vector<std::string> variables = {"HTTPS_PROXY=" + proxy.address(),
                                              "NO_PROXY=", "no_proxy="};
  Watch({});
  const SampleMock mock(project_, {"success_200"});
  const ProgramResult watched =
      Conform({"watch", "--base-url", mock.address(), "--webhook", "https://hook.invalid/secret",
               "--page", "https://page.invalid/page.md"},
              variables);
  const std::string refused = "the proxy " + proxy.address() +
                              " (HTTPS_PROXY) does not allow connections to {}.invalid:443 (403)";
  EXPECT_NE(watched.output.find(fmt::format(fmt::runtime(refused), "page")), std::string::npos)
      << watched.output;
  EXPECT_NE(watched.errors.find(fmt::format(fmt::runtime(refused), "hook")), std::string::npos)
      << watched.errors;
}

}  // namespace
}  // namespace conform
