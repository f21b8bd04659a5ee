// The built program asks for large pages from its first allocations on.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>

#include "run/sample_project.h"
#include "testing/large_pages.h"

namespace conform {
namespace {

/// Of the mappings with large pages that are the process's first heap.
struct LargeHeap {
  long kilobytes = 0;       ///< in use.
  long of_large_pages = 0;  ///< of these.
  std::string flags;        ///< of all mappings of the heap.
};

LargeHeap HeapOf(const std::string& process) {
  std::ifstream maps("/proc/" + process + "/smaps");
  LargeHeap told;
  long in_use = 0;
  long large = 0;
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    if (line.find('-') < line.find(':')) inside = line.ends_with("[heap]");
    if (!inside) continue;
    std::sscanf(line.c_str(), "Rss: %ld", &in_use);
    std::sscanf(line.c_str(), "AnonHugePages: %ld", &large);
    if (!line.starts_with("VmFlags:")) continue;
    told.flags += line + " \n";
    if ((line + ' ').find(" hg ") == std::string::npos) continue;
    told.kilobytes += in_use;
    told.of_large_pages += large;
  }
  return told;
}

TEST(Heap, OfTheProgramIsOfLargePages) {
  if (!HasLargePages()) GTEST_SKIP() << "no large pages here";
  // Where the heap begins is another place each time: a page of it was of small ones in one of two.
  constexpr int kStarts = 4;
  for (int i = 0; i < kStarts; ++i) {
    const SampleProject project;
    ProgramCall call = project.Call({});
    call.arguments = {"sh", "-c", fmt::format("echo $$; exec {} mock --port 0", CONFORM_PROGRAM)};
    StartedProgram mock(call);
    const std::string process = mock.ReadLine();
    ASSERT_NE(mock.ReadLine(), "");
    const LargeHeap heap = HeapOf(process);
    EXPECT_NE(heap.flags.find(" hg "), std::string::npos) << heap.flags;
    EXPECT_GT(heap.of_large_pages, 0);
    EXPECT_EQ(heap.of_large_pages, heap.kilobytes);
  }
}

}  // namespace
}  // namespace conform
