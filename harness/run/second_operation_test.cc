// Another operation, made up, is served by the mock and tested by its YAML files alone.
#include <gtest/gtest.h>

#include <filesystem>

#include "testing/program.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A working directory with the second operation's specs and cases beside the shipped protocols.
class SecondOperation : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "conform-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    const auto all = fs::copy_options::recursive;
    fs::copy(CONFORM_TESTDATA "/second_operation", folder_, all);
    fs::copy(CONFORM_SOURCE "/specs/protocol", folder_ / "specs" / "protocol", all);
  }

  void TearDown() override { fs::remove_all(folder_); }

  ProgramResult Conform(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), CONFORM_PROGRAM);
    return RunProgram({arguments, "", folder_, {}});
  }

  fs::path folder_;
};

TEST_F(SecondOperation, IsServedAndTestedByYamlAlone) {
  const ProgramResult result = Conform({"run", "--out", "reports"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_NE(result.output.find("\n15 tests in "), std::string::npos) << result.output;
  EXPECT_NE(result.output.find(": 15 pass\n"), std::string::npos) << result.output;
}

TEST_F(SecondOperation, HasNoMistakes) {
  const ProgramResult result = Conform({"lint"});
  EXPECT_EQ(result.exit_code, 0) << result.errors;
  EXPECT_EQ(result.output, "no mistakes in 1 contract, 4 protocol sets and 13 cases\n");
}

}  // namespace
}  // namespace conform
