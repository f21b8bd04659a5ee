#include "base/child_program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A variable that is another one while the object lives.
class VariableSet {
 public:
  VariableSet(const char* name, const std::string& value) : name_(name) {
    if (const char* const before = std::getenv(name); before != nullptr) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~VariableSet() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }
  VariableSet(const VariableSet&) = delete;
  VariableSet& operator=(const VariableSet&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

/// What a program prints, at most as much as a pipe holds.
std::string OutputOf(const std::vector<std::string>& words, std::vector<std::string> variables) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return "no pipe";
  const auto child = StartChild(words, {-1, pipe[1], -1}, std::move(variables));
  ::close(pipe[1]);
  if (child) ::waitpid(*child, nullptr, 0);
  std::array<char, 65'536> bytes{};
  const ssize_t size = ::read(pipe[0], bytes.data(), bytes.size());
  ::close(pipe[0]);
  return {bytes.data(), size < 0 ? 0 : static_cast<std::size_t>(size)};
}

TEST(StartChild, AVariableStandsInPlaceOfTheInheritedOne) {
  const VariableSet stale("CONFORM_CHILD", "stale");
  const VariableSet longer("CONFORM_CHILDREN", "kept");
  EXPECT_EQ(OutputOf({"sh", "-c", "env | grep ^CONFORM_CHILD | sort"}, {"CONFORM_CHILD=given=1"}),
            "CONFORM_CHILD=given=1\nCONFORM_CHILDREN=kept\n");
}

TEST(IsProgram, LooksWhereStartChildDoes) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("is_program." + std::to_string(::getpid()));
  fs::create_directories(folder / "folder");
  for (const char* const name : {"program", "text"}) std::ofstream(folder / name) << "#!/bin/sh\n";
  fs::permissions(folder / "program", fs::perms::owner_all);
  const VariableSet path("PATH", "/no/such/folder:" + folder.string() + "::/bin");
  const struct {
    std::string word;
    bool found;
  } rows[] = {
      {"program", true},   {"text", false}, {"folder", false},          {"nothing", false},
      {"", false},         {"sh", true},    {folder / "program", true}, {folder / "text", false},
      {"./program", false}};
  for (const auto& row : rows) EXPECT_EQ(IsProgram(row.word), row.found) << row.word;
  fs::remove_all(folder);
}

}  // namespace
}  // namespace conform
