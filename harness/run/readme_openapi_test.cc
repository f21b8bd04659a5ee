// Every line of README.md's "Your own API in five minutes" does what it says.
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "run/sample_import_folder.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOwnAddress = "http://127.0.0.1:8080";  // in the page, of the reader's API

/// The lines in the section's code blocks, without what follows a `#`.
std::vector<std::string> CommandsOfTheSection() {
  std::vector<std::string> commands;
  std::istringstream lines(ReadTestFile(CONFORM_SOURCE "/README.md"));
  bool inside = false;
  bool code = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) inside = line == "## Your own API in five minutes";
    if (line.starts_with("```")) {
      code = !code;
    } else if (inside && code && !line.empty()) {
      commands.push_back(line);
    }
  }
  return commands;
}

class ReadmeOpenApi : public ImportFolder {
 protected:
  ProgramResult Shell(const std::string& line) const {
    const std::string folder = fs::path(CONFORM_PROGRAM).parent_path().string();
    return RunProgram(
        ProgramCall{{"sh", "-c", "PATH=\"" + folder + ":$PATH\"; " + line}, "", folder_});
  }
};

TEST_F(ReadmeOpenApi, EveryLineOfItRuns) {
  fs::copy_file(fs::path(CONFORM_TESTDATA) / "openapi/notes.json", folder_ / "openapi.json");
  const std::vector<std::string> commands = CommandsOfTheSection();
  ASSERT_EQ(commands.size(), 8U);
  ASSERT_EQ(Shell(commands.front()).exit_code, 0);
  StartedProgram api(ProgramCall{{CONFORM_PROGRAM, "mock", "--port", "0"}, "", folder_});
  const std::string address = api.ReadLine();
  for (std::string line : commands) {
    const bool differs = line.starts_with("conform diff");
    const std::size_t at = line.find(kOwnAddress);
    if (at != std::string::npos) line.replace(at, std::string_view(kOwnAddress).size(), address);
    const ProgramResult result = Shell(line);
    EXPECT_EQ(result.exit_code, differs ? 1 : 0) << line << result.output << result.errors;
  }
  EXPECT_TRUE(fs::exists(folder_ / "reports/report.html"));
  EXPECT_TRUE(fs::exists(folder_ / "promised.json"));
}

}  // namespace
}  // namespace conform
