#include "notify/notify_program.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>

#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct WordsRow {
  const char* name;
  const char* text;
  const char* told;
};

class SplitWordsTest : public testing::TestWithParam<WordsRow> {};

TEST_P(SplitWordsTest, SplitsWithoutAShell) {
  const auto words = SplitWords(GetParam().text);
  std::string told;
  if (!words) told = words.error().message;
  for (std::size_t i = 0; words && i < words->size(); ++i) told += "[" + (*words)[i] + "]";
  EXPECT_EQ(told, GetParam().told);
}

const WordsRow kWordsRows[] = {
    {"Plain", "mail -s  hello me", "[mail][-s][hello][me]"},
    {"Quotes", R"(mail -s "it's so" 'a "b"' x"y z")", R"([mail][-s][it's so][a "b"][xy z])"},
    {"EmptyWord", "mail ''", "[mail][]"},
    {"NothingIsExpanded", "echo $HOME *.c; rm", "[echo][$HOME][*.c;][rm]"},
    {"OpenQuote", "mail 'x", "a quote is not closed"},
    {"Nothing", "  ", "no program is named"},
};

INSTANTIATE_TEST_SUITE_P(SplitWords, SplitWordsTest, testing::ValuesIn(kWordsRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TellProgram, GivesItTheTextAndTheSubject) {
  const std::string out =
      (fs::path(testing::TempDir()) / ("told." + std::to_string(::getpid()))).string();
  const auto told =
      TellProgram({"sh", "-c", "{ echo \"$CONFORM_SUBJECT\"; cat; } > \"$1\"", "sh", out},
                  "a subject", "the text\n");
  EXPECT_TRUE(told) << told.error().message;
  EXPECT_EQ(ReadTestFile(out), "a subject\nthe text\n");
  fs::remove(out);
}

TEST(TellProgram, SaysWhyItCouldNot) {
  EXPECT_EQ(TellProgram({"/no/such/program"}, "", "").error().message,
            "/no/such/program: cannot be started: No such file or directory");
  EXPECT_EQ(TellProgram({"sh", "-c", "exit 3"}, "", "").error().message,
            "sh: ended with exit code 3");
  EXPECT_EQ(TellProgram({"sleep", "600"}, "", "", {}, std::chrono::seconds(0)).error().message,
            "sleep: took longer than 0 s and was ended");
}

/// As a program has it whose parent left SIGCHLD ignored.
TEST(TellProgram, WhoseEndIsNotToldIsNotTakenForHeard) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const auto told = TellProgram({"sh", "-c", "exit 3"}, "", "");
  std::signal(SIGCHLD, before);
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().message, "sh: how it ended is not known");
}

/// Killed also where it left its process group.
TEST(TellProgram, ThatLeftItsGroupIsEnded) {
  const fs::path left = fs::path(testing::TempDir()) / ("left." + std::to_string(::getpid()));
  const auto told = TellProgram(
      {"perl", "-e", "setpgrp(0, getpgrp(getppid())); open(my $f, '>', $ARGV[0]); sleep 600",
       left.string()},
      "", "", [&left] { return fs::exists(left); });
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().message, "perl: was ended, since this run was");
  fs::remove(left);
}

/// Counts SIGUSR1 while it lives; a call that waits is interrupted by it.
class SignalCount {
 public:
  SignalCount() {
    count = 0;
    struct sigaction action {};
    action.sa_handler = [](int) { ++count; };
    ::sigaction(SIGUSR1, &action, &before_);
  }
  ~SignalCount() { ::sigaction(SIGUSR1, &before_, nullptr); }
  SignalCount(const SignalCount&) = delete;
  SignalCount& operator=(const SignalCount&) = delete;

  static inline std::atomic<int> count{0};

 private:
  struct sigaction before_ {};
};

/// Signals this process and goes on.
const std::vector<std::string> kSignalsAndSleeps = {"sh", "-c", "kill -USR1 $PPID; exec sleep 30"};

TEST(TellProgram, ASignalMeanwhileLiftsNoLimit) {
  const SignalCount signals;
  const auto told = TellProgram(kSignalsAndSleeps, "", "", {}, std::chrono::seconds(2));
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().message, "sh: took longer than 2 s and was ended");
  EXPECT_EQ(SignalCount::count, 1);
}

TEST(TellProgram, EndsSoonAfterAStop) {
  const SignalCount signals;
  const auto told = TellProgram(kSignalsAndSleeps, "", "", [] { return SignalCount::count > 0; });
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().message, "sh: was ended, since this run was");
}

TEST(TellProgram, WhatEndsInTimeAfterAStopHasHeard) {
  constexpr std::chrono::seconds kLong(600);
  EXPECT_TRUE(TellProgram(
      {"true"}, "", "", [] { return true; }, kLong, kLong));
}

}  // namespace
}  // namespace conform
