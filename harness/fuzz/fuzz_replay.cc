// Calls each target with every input that is kept of it: fuzz_replay FOLDER, which holds
// corpus/TARGET and crashes/TARGET. A crash ends it; its last line names the input.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>

#include "fuzz/fuzz_target.h"

namespace fs = std::filesystem;

namespace {

/// Inputs below `folder`, in one order everywhere.
std::set<fs::path> InputsBelow(const fs::path& folder) {
  std::set<fs::path> inputs;
  std::error_code absent;
  for (const auto& each : fs::recursive_directory_iterator(folder, absent)) {
    if (each.is_regular_file()) inputs.insert(each.path());
  }
  return inputs;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: fuzz_replay FOLDER\n";
    return 2;
  }
  bool all = true;
  for (const conform::FuzzTarget& target : conform::kFuzzTargets) {
    std::set<fs::path> inputs = InputsBelow(fs::path(arguments[1]) / "corpus" / target.name);
    if (inputs.empty()) {
      std::cerr << target.name << ": no input is kept of it\n";
      all = false;
    }
    inputs.merge(InputsBelow(fs::path(arguments[1]) / "crashes" / target.name));
    for (const fs::path& input : inputs) {
      std::cout << input.string() << std::endl;  // before the call: a crash is its last line
      std::ifstream file(input, std::ios::binary);
      target.run(std::string(std::istreambuf_iterator<char>(file), {}));
    }
  }
  return all ? 0 : 1;
}
