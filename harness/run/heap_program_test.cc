// The built program asks for large pages from its first allocations on.
#include <fmt/format.h>

#include <fstream>

#include "run/sample_project.h"
#include "testing/large_pages.h"

namespace conform {
namespace {

/// The sizes and flags of the mappings that are the process's first heap.
std::string HeapOf(const std::string& process) {
  std::ifstream maps("/proc/" + process + "/smaps");
  std::string told;
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(':')) inside = line.ends_with("[heap]");
    if (inside && line.starts_with("VmFlags:")) told += line + " \n";
  }
  return told;
}

TEST(Heap, OfTheProgramIsOfLargePages) {
  if (!HasLargePages()) GTEST_SKIP() << "no large pages here";
  const SampleProject project;
  ProgramCall call = project.Call({});
  call.arguments = {"sh", "-c", fmt::format("echo $$; exec {} mock --port 0", CONFORM_PROGRAM)};
  StartedProgram mock(call);
  const std::string process = mock.ReadLine();
  ASSERT_NE(mock.ReadLine(), "");
  EXPECT_NE(HeapOf(process).find(" hg "), std::string::npos) << HeapOf(process);
}

}  // namespace
}  // namespace conform
