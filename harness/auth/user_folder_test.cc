#include "auth/user_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <map>
#include <string>

namespace conform {
namespace {

namespace fs = std::filesystem;

struct FolderRow {
  std::map<std::string, std::string, std::less<>> environment;
  std::string state;
  std::string config;
};

class UserFolder : public testing::TestWithParam<FolderRow> {};

TEST_P(UserFolder, IsTheOneOfTheBaseDirectorySpecification) {
  const auto environment = [](std::string_view name) -> std::optional<std::string> {
    const auto variable = GetParam().environment.find(name);
    if (variable == GetParam().environment.end()) return std::nullopt;
    return variable->second;
  };
  EXPECT_EQ(StateFolder(environment), GetParam().state);
  EXPECT_EQ(ConfigFolder(environment), GetParam().config);
}

const FolderRow kFolderRows[] = {
    {{{"XDG_STATE_HOME", "/s"}, {"XDG_CONFIG_HOME", "/c"}, {"HOME", "/home/a"}},
     "/s/conform",
     "/c/conform"},
    {{{"XDG_STATE_HOME", "s"}, {"XDG_CONFIG_HOME", ""}, {"HOME", "/home/a"}},
     "/home/a/.local/state/conform",
     "/home/a/.config/conform"},
    {{{"HOME", "/home/a"}}, "/home/a/.local/state/conform", "/home/a/.config/conform"},
    {{{"HOME", "a"}}, "", ""},
    {{}, "", ""},
};

INSTANTIATE_TEST_SUITE_P(Variables, UserFolder, testing::ValuesIn(kFolderRows));

class MakeStateFolderTest : public testing::Test {
 protected:
  ~MakeStateFolderTest() override { fs::remove_all(above_); }

  const fs::path above_ = fs::path(testing::TempDir()) / "state_of_a_user";
};

TEST_F(MakeStateFolderTest, MakesItForItsUserAloneAndLeavesOneThatIsThere) {
  const fs::path folder = above_ / "state" / "conform";
  ASSERT_TRUE(MakeStateFolder(folder));
  struct stat about {};
  ASSERT_EQ(::stat(folder.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0700U);
  std::ofstream(folder / "kept") << "x";
  EXPECT_TRUE(MakeStateFolder(folder));
  EXPECT_TRUE(fs::exists(folder / "kept"));
}

TEST_F(MakeStateFolderTest, TellsWhyItCannot) {
  fs::create_directories(above_);
  std::ofstream(above_ / "file") << "x";
  const auto made = MakeStateFolder(above_ / "file" / "conform");
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().message, "Not a directory");
}

}  // namespace
}  // namespace conform
