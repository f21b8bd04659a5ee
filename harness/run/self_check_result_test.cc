#include "run/self_check_result.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/date.h"

namespace conform {
namespace {

class SelfCheckResult : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path(testing::TempDir()) / ("self_check_" + std::to_string(::getpid()));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Environment State() const {
    return [this](std::string_view name) -> std::optional<std::string> {
      return name == "XDG_STATE_HOME" ? std::optional(folder_.string()) : std::nullopt;
    };
  }

  /// `92 planted, 91 caught`, or nothing.
  std::string Find(const ToolRecord& tool, const std::vector<FileRecord>& files) const {
    const auto found = FindSelfCheck(tool, files, State());
    if (!found) return "";
    return std::to_string(found->planted) + " planted, " + std::to_string(found->caught) +
           " caught";
  }

  const ToolRecord tool_ = {"1.0", "abc", "GNU 12, Release"};
  const Redactor redactor_{"key"};
  const std::vector<FileRecord> files_ = {{"case", "cases/a.yaml", "11"},
                                          {"case", "cases/b.yaml", "22"},
                                          {"profile", "profiles/mock.yaml", "33"}};
  std::filesystem::path folder_;
};

TEST_F(SelfCheckResult, IsFoundForTheSameBuildAndFiles) {
  EXPECT_EQ(Find(tool_, files_), "");
  ASSERT_TRUE(KeepSelfCheck({{}, 92, 91}, tool_, files_, State(), redactor_));
  EXPECT_EQ(Find(tool_, files_), "92 planted, 91 caught");
}

TEST_F(SelfCheckResult, CountsForAPartOfTheCasesAndAnyProfile) {
  ASSERT_TRUE(KeepSelfCheck({{}, 92, 91}, tool_, files_, State(), redactor_));
  EXPECT_EQ(Find(tool_, {files_[0], {"profile", "profiles/global.yaml", "44"}}),
            "92 planted, 91 caught");
}

TEST_F(SelfCheckResult, SaysNothingOfAnotherBuildOrOfChangedFiles) {
  ASSERT_TRUE(KeepSelfCheck({{}, 92, 91}, tool_, files_, State(), redactor_));
  EXPECT_EQ(Find({"1.0", "abd", "GNU 12, Release"}, files_), "");
  EXPECT_EQ(Find(tool_, {{"case", "cases/a.yaml", "12"}}), "");
  EXPECT_EQ(Find(tool_, {{"case", "cases/c.yaml", "11"}}), "");
}

TEST_F(SelfCheckResult, CannotBeKeptNowhere) {
  const auto nowhere = [](std::string_view) { return std::optional<std::string>(); };
  const auto kept = KeepSelfCheck({{}, 92, 91}, tool_, files_, nowhere, redactor_);
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().message, "cannot keep the result: set XDG_STATE_HOME or HOME");
  EXPECT_FALSE(FindSelfCheck(tool_, files_, nowhere));
}

}  // namespace
}  // namespace conform
