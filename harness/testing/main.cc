// Runs a test program in a temporary folder of its own, which goes when the program ends.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

namespace {

namespace fs = std::filesystem;

/// testing::TempDir() from here on; removed with all that tests left in it.
class OwnTempFolder {
 public:
  OwnTempFolder() {
    std::string name = fs::temp_directory_path() / "conform_test.XXXXXX";
    if (mkdtemp(name.data()) == nullptr) return;
    chmod(name.c_str(), 0755);  // a server that gave up its rights reads what a test wrote
    folder_ = name;
    setenv("TEST_TMPDIR", name.c_str(), /*overwrite=*/1);
  }
  OwnTempFolder(const OwnTempFolder&) = delete;
  OwnTempFolder& operator=(const OwnTempFolder&) = delete;
  ~OwnTempFolder() {
    std::error_code ignored;  // what a test left without rights stays
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }

  bool Exists() const { return !folder_.empty(); }

 private:
  fs::path folder_;
};

}  // namespace

int main(int argc, char** argv) {
  const OwnTempFolder folder;
  if (!folder.Exists()) {
    std::cerr << "no temporary folder can be made below " << fs::temp_directory_path() << '\n';
    return 1;
  }
  testing::InitGoogleTest(&argc, argv);  // tables of tests write files as they are made
  return RUN_ALL_TESTS();
}
