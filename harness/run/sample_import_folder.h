// An empty folder that the built program runs in, for tests of what it imports.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "testing/golden.h"
#include "testing/program.h"

namespace conform {

class ImportFolder : public testing::Test {
 protected:
  ImportFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string name = std::string(test->test_suite_name()) + "_" + test->name();
    folder_ = std::filesystem::path(testing::TempDir()) / (name + "_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  ~ImportFolder() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  ProgramResult Conform(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), CONFORM_PROGRAM);
    return RunProgram(ProgramCall{std::move(arguments), "", folder_});
  }

  void WriteFile(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file, std::ios::trunc) << text;
  }

  std::string Read(const std::string& file) const { return ReadTestFile(folder_ / file); }

  std::filesystem::path folder_;
};

}  // namespace conform
