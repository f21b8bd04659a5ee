#include "base/folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace conform {
namespace {

namespace fs = std::filesystem;

/// `inside/` with files and links, and a secret beside it.
class Folder : public testing::Test {
 protected:
  Folder() : root_(fs::path(testing::TempDir()) / ("folder." + std::to_string(::getpid()))) {
    fs::remove_all(root_);
    fs::create_directories(root_ / "inside/deeper");
    for (const char* const name :
         {"secret.yaml", "inside/b.yaml", "inside/deeper/a.yaml", "inside/c.yml"}) {
      std::ofstream(root_ / name) << "x\n";
    }
  }
  ~Folder() override { fs::remove_all(root_); }

  std::vector<std::string> Find(Diagnostics& diagnostics) const {
    std::vector<std::string> names;
    for (const fs::path& each : FindYamlFiles(root_ / "inside", diagnostics).files) {
      names.push_back(each.lexically_relative(root_ / "inside").string());
    }
    return names;
  }

  fs::path root_;
};

TEST(StandsBefore, IsTheOrderOfPaths) {
  const fs::path paths[] = {"a", "a.b", "a/b", "a/b.c", "a/b/c", "a-b", "b", "", "\xC3\xA4", "a/"};
  for (const fs::path& a : paths) {
    for (const fs::path& b : paths) EXPECT_EQ(StandsBefore(a, b), a < b) << a << ' ' << b;
  }
}

TEST_F(Folder, GivesFilesOfTheExtensionInOrder) {
  Diagnostics diagnostics;
  EXPECT_EQ(Find(diagnostics), (std::vector<std::string>{"b.yaml", "deeper/a.yaml"}));
  EXPECT_EQ(diagnostics.RenderAll(), "");
}

TEST_F(Folder, TellsLinksThatLeadOutAndTakesThoseThatDoNot) {
  fs::create_symlink(root_ / "inside/b.yaml", root_ / "inside/d.yaml");
  for (const char* const target : {"../secret.yaml", "/proc/self/environ"}) {
    fs::remove(root_ / "inside/e.yaml");
    fs::create_symlink(target, root_ / "inside/e.yaml");
    Diagnostics diagnostics;
    EXPECT_EQ(Find(diagnostics), (std::vector<std::string>{"b.yaml", "d.yaml", "deeper/a.yaml"}));
    EXPECT_NE(diagnostics.RenderAll().find("e.yaml: error: is a link that leads out of"),
              std::string::npos)
        << diagnostics.RenderAll();
  }
}

TEST_F(Folder, DoesNotEnterFoldersThatAreLinksAndSaysSo) {
  fs::create_directory_symlink(root_, root_ / "inside/up");
  Diagnostics diagnostics;
  EXPECT_EQ(Find(diagnostics), (std::vector<std::string>{"b.yaml", "deeper/a.yaml"}));
  EXPECT_NE(diagnostics.RenderAll().find("up: error: is a link to a folder, which is not entered"),
            std::string::npos)
      << diagnostics.RenderAll();
}

TEST_F(Folder, ThatIsNoneIsTold) {
  Diagnostics diagnostics;
  EXPECT_TRUE(FindYamlFiles(root_ / "nowhere", diagnostics).files.empty());
  EXPECT_TRUE(diagnostics.HasErrors());
}

TEST_F(Folder, HoldsWhatLiesBelowItAlone) {
  fs::create_directory_symlink(root_, root_ / "inside/up");
  EXPECT_TRUE(LiesBelow(root_ / "inside", root_ / "inside/b.yaml"));
  EXPECT_TRUE(LiesBelow(root_ / "inside", root_ / "inside/deeper/../not_there"));
  EXPECT_FALSE(LiesBelow(root_ / "inside", root_ / "inside/../secret.yaml"));
  EXPECT_FALSE(LiesBelow(root_ / "inside", root_ / "inside/up/secret.yaml"));
  EXPECT_FALSE(LiesBelow(root_ / "inside", root_ / "inside_other"));
}

/// Behind a link `..` leads elsewhere than it looks.
TEST_F(Folder, OpensWhatItLookedAt) {
  const fs::path inside = root_ / "inside";
  fs::create_directories(inside / "a/b/c");
  fs::create_directory_symlink(inside / "a/b/c", inside / "link");
  EXPECT_EQ(ResolveBelow(inside, inside / "link/../../../../secret.yaml"), std::nullopt);
  EXPECT_EQ(ResolveBelow(inside, inside / "link/../../../secret.yaml"), inside / "secret.yaml");
  EXPECT_EQ(ResolveBelow(inside, inside / "link/x"), inside / "a/b/c/x");
  EXPECT_EQ(ResolveBelow(inside / "link/..", inside / "link/x"), inside / "link/.." / "c/x");
  EXPECT_EQ(ResolveBelow("", "./x/../y"), fs::path("y"));
}

}  // namespace
}  // namespace conform
