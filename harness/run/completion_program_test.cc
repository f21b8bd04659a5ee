// Completions and manual page of the built program, as shells and groff take them.
#include <fmt/format.h>

#include "run/sample_project.h"

namespace conform {
namespace {

ProgramResult Shell(const std::string& script) {
  return RunProgram({{"bash", "-c", script}, "", {}, {}});
}

struct Completion {
  const char* name;
  const char* words;  ///< after `conform`; the last is the one to complete.
  const char* told;
};

void PrintTo(const Completion& each, std::ostream* out) { *out << each.name; }

class BashCompletes : public testing::TestWithParam<Completion> {};

TEST_P(BashCompletes, WhatWasBegun) {
  const ProgramResult ran = Shell(
      fmt::format("source <({} completion bash); COMP_WORDS=(conform {}); "
                  "COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _conform; echo \"${{COMPREPLY[@]}}\"",
                  CONFORM_PROGRAM, GetParam().words));
  EXPECT_EQ(ran.output, std::string(GetParam().told) + "\n") << ran.errors;
  EXPECT_EQ(ran.errors, "");
}

INSTANTIATE_TEST_SUITE_P(Words, BashCompletes,
                         testing::Values(Completion{"Command", "sel", "self-check"},
                                         Completion{"TwoCommands", "re", "report replay"},
                                         Completion{"OptionOfTheProgram", "--vers", "--version"},
                                         Completion{"OptionOfACommand", "run --dr", "--dry-run"},
                                         Completion{"OptionBehindOthers", "run --out x --fail",
                                                    "--fail-fast"},
                                         Completion{"OptionInAGroup", "history --pru", "--prune"},
                                         Completion{"FilesAreLeftToTheShell", "run cases", ""},
                                         Completion{"NoSuchOption", "lint --allow-effects", ""}),
                         [](const auto& param) { return param.param.name; });

TEST(Completion, OfEveryShellNamesEveryCommandAndOfNoOtherShellIsThere) {
  for (const char* const shell : {"bash", "zsh", "fish"}) {
    const std::string script =
        RunProgram({{CONFORM_PROGRAM, "completion", shell}, "", {}, {}}).output;
    for (const char* const word : {"self-check", "verify", "completion", "dry-run"}) {
      EXPECT_NE(script.find(word), std::string::npos) << shell << " " << word;
    }
  }
  EXPECT_EQ(RunProgram({{CONFORM_PROGRAM, "completion", "tcsh"}, "", {}, {}}).exit_code, 2);
}

TEST(ManualPage, IsReadByGroffWithoutAWarning) {
  const ProgramResult ran =
      Shell(fmt::format("{} manual | groff -man -Tascii -ww -P-c -P-b -P-u", CONFORM_PROGRAM));
  EXPECT_EQ(ran.errors, "");
  for (const char* const part : {"conform run", "--dry-run", "EXIT STATUS", "could not tell"}) {
    EXPECT_NE(ran.output.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace conform
