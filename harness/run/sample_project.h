// A folder with contracts and cases of its own, and the built program called in it, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "testing/program.h"
#include "verdict/sample_bench.h"

namespace conform {

/// Removed with the object. Has the bundled protocol sets, the sample contract, a case that
/// expects its success and one that expects a refusal.
class SampleProject {
 public:
  SampleProject() {
    namespace fs = std::filesystem;
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string(test->test_suite_name()) + "." + test->name();
    for (char& c : name) c = c == '/' ? '_' : c;
    folder_ = fs::path(testing::TempDir()) / (name + "." + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "specs");
    fs::copy(CONFORM_SOURCE "/specs/protocol", folder_ / "specs/protocol");
    Write("specs/things/sync/2024-08.yaml", kSampleContract);
    Write("cases/things/documented.yaml",
          SampleCase("[sync.204]", "delegated_work", kWithToken, "  status: 204\n  body: none\n"));
    Write("cases/things/without_token.yaml",
          SampleCase("[sync.authorization, graph.refusal.no_token]", "none", kWithoutToken,
                     "  status: 401\n"));
  }
  ~SampleProject() { std::filesystem::remove_all(folder_); }
  SampleProject(const SampleProject&) = delete;
  SampleProject& operator=(const SampleProject&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  void Write(const std::string& path, const std::string& text) const {
    std::filesystem::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path, std::ios::binary) << text;
  }
  void Remove(const std::string& path) const { std::filesystem::remove(folder_ / path); }
  /// Empty where there is no such file.
  std::string Read(const std::string& path) const {
    std::ifstream file(folder_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  ProgramCall Call(std::vector<std::string> arguments,
                   std::vector<std::string> variables = {}) const {
    arguments.insert(arguments.begin(), CONFORM_PROGRAM);
    return {std::move(arguments), "", folder_, std::move(variables)};
  }
  ProgramResult Conform(std::vector<std::string> arguments,
                        std::vector<std::string> variables = {}) const {
    return RunProgram(Call(std::move(arguments), std::move(variables)));
  }

 private:
  std::filesystem::path folder_;
};

/// `conform mock` with these faults, until the object ends; its address is its first line.
class SampleMock {
 public:
  SampleMock(const SampleProject& project, const std::vector<std::string>& faults)
      : program_(project.Call(Arguments(faults))), address_(program_.ReadLine()) {}

  const std::string& address() const { return address_; }

 private:
  static std::vector<std::string> Arguments(const std::vector<std::string>& faults) {
    std::vector<std::string> arguments = {"mock", "--port", "0"};
    for (const std::string& fault : faults) arguments.insert(arguments.end(), {"--fault", fault});
    return arguments;
  }

  StartedProgram program_;
  std::string address_;
};

/// The last line of a text that ends with a line end.
inline std::string LastLine(const std::string& text) {
  if (text.empty()) return "";
  const std::size_t before = text.rfind('\n', text.size() - 2);
  return text.substr(before + 1, text.size() - before - 2);
}

}  // namespace conform
