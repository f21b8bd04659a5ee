// Each command's help: it fits a terminal, and ends with an example.
#include <sstream>

#include "run/help_format.h"
#include "run/sample_project.h"

namespace conform {
namespace {

std::string HelpOf(const std::string& command) {
  const SampleProject project;
  const ProgramResult result = project.Conform({command, "--help"});
  EXPECT_EQ(result.exit_code, 0);
  return result.output;
}

TEST(HelpCommand, TellsWhatTheOptionTells) {
  const SampleProject project;
  for (const std::vector<std::string>& about : {std::vector<std::string>{}, {"run"}}) {
    std::vector<std::string> by_command = {"help"};
    by_command.insert(by_command.end(), about.begin(), about.end());
    std::vector<std::string> by_option = about;
    by_option.emplace_back("--help");
    const ProgramResult result = project.Conform(by_command);
    EXPECT_EQ(result.output, project.Conform(by_option).output);
    EXPECT_EQ(result.exit_code, 0);
  }
}

class Help : public testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Commands, Help,
                         testing::Values("run", "list", "lint", "login", "mock", "self-check",
                                         "report", "replay", "import", "diff", "export", "judge",
                                         "verify", "history", "watch", "completion", "manual"),
                         [](const auto& info) {
                           std::string name = info.param;
                           return name.erase(std::min(name.find('-'), name.size()), 1);
                         });

TEST_P(Help, FitsATerminal) {
  constexpr int kRows = 40;
  std::istringstream help(HelpOf(GetParam()));
  int rows = 0;
  for (std::string row; std::getline(help, row); ++rows) EXPECT_LE(row.size(), kHelpColumns) << row;
  EXPECT_LE(rows, kRows);
}

TEST_P(Help, EndsWithAnExampleThatIsAnInvocation) {
  const std::string help = HelpOf(GetParam());
  const std::size_t example = help.rfind("\nExample");
  ASSERT_NE(example, std::string::npos) << help;
  EXPECT_NE(help.find(std::string(": conform ") + GetParam(), example), std::string::npos) << help;
}

TEST(HelpOfHistory, NamesTheOptionsOfAGroupOnce) {
  const std::string help = HelpOf("history");
  for (const char* option : {"--case ID ", "--html FILE ", "--check ", "--prune AGE ", "--help "}) {
    const std::size_t first = help.find(option);
    EXPECT_NE(first, std::string::npos) << option;
    EXPECT_EQ(help.find(option, first + 1), std::string::npos) << option;
  }
}

}  // namespace
}  // namespace conform
