#include "base/heap.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "testing/large_pages.h"

namespace conform {
namespace {

/// The line of /proc/self/smaps that tells the flags of the mapping in which `address` lies.
std::string FlagsAt(const void* address) {
  const auto searched = reinterpret_cast<std::uintptr_t>(address);
  std::ifstream maps("/proc/self/smaps");
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &begin, &end) == 2) {
      inside = begin <= searched && searched < end;
    } else if (inside && line.starts_with("VmFlags:")) {
      return line + ' ';
    }
  }
  return "";
}

TEST(PrepareThreadHeap, AsksForLargePagesWhereTheThreadAllocates) {
  if (!HasLargePages()) GTEST_SKIP() << "no large pages here";
  std::string flags;
  std::thread([&flags] {
    PrepareThreadHeap();
    constexpr std::size_t kSize = 100'000;
    void* block = std::malloc(kSize);
    flags = FlagsAt(block);
    std::free(block);
  }).join();
  EXPECT_NE(flags.find(" hg "), std::string::npos) << flags;
}

}  // namespace
}  // namespace conform
