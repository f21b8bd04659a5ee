#include "base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>

namespace conform {
namespace {

/// What glibc sets aside for a heap of a thread, aligned to its own size.
constexpr std::size_t kHeapSize = std::size_t{64} << 20;
constexpr std::size_t kLargePage = std::size_t{2} << 20;
/// Linux 6.1; not in the headers of Debian 12.
constexpr int kCollapse = 25;

char* AlignDown(char* address, std::size_t alignment) {
  return address - reinterpret_cast<std::uintptr_t>(address) % alignment;
}

char* ProgramBreak() { return static_cast<char*>(sbrk(0)); }

bool IsLimited(decltype(RLIMIT_AS) resource) {
  rlimit limit{};
  return ::getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

/// Whether nothing counts what is taken and not used.
bool HasRoom() {
  static const bool kRoom = [] {
    constexpr char kStrictly = '2';
    std::ifstream overcommit("/proc/sys/vm/overcommit_memory");
    return overcommit.get() != kStrictly && !IsLimited(RLIMIT_AS) && !IsLimited(RLIMIT_DATA);
  }();
  return kRoom;
}

/// Of the heap's next step, all but what comes before its first large page, which is left out.
void UseLargePages() {
  constexpr std::size_t kMoreThanIsThere = std::size_t{1} << 20;
  auto* first = static_cast<char*>(std::malloc(kMoreThanIsThere));
  if (first == nullptr) return;
  char* begin = AlignDown(first, kLargePage) + kLargePage;
  char* end = ProgramBreak();
  const bool grew = begin < end && end < begin + 2 * kHeapSize;
  const std::size_t before = grew ? static_cast<std::size_t>(begin - first) : 0;
  if (grew) madvise(begin, static_cast<std::size_t>(end - begin), MADV_HUGEPAGE);
  std::free(first);
  if (before == 0) return;
  // Never used, it takes no room. A compiler leaves a call out of which nobody sees what it gives.
  [[maybe_unused]] static void* const volatile kLeftOut = std::malloc(before);
}

}  // namespace

void PrepareHeap() {
  // Each step of a heap is one call to the kernel, for which threads wait.
  constexpr std::size_t kSmallStep = std::size_t{4} << 20;
  mallopt(M_TOP_PAD, static_cast<int>(HasRoom() ? kHeapSize : kSmallStep));
  if (!HasRoom()) return;
  // What is large comes from the heap too, of which most pages are there already.
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(kHeapSize));
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(kHeapSize / 2));
  // Small pieces set aside unjoined would all be looked through with each larger one.
  mallopt(M_MXFAST, 0);
  UseLargePages();
}

void PrepareThreadHeap() {
  if (!HasRoom()) return;
  auto* own = static_cast<char*>(std::malloc(1));
  char* heap = own < ProgramBreak() ? nullptr : AlignDown(own, kHeapSize);
  std::free(own);
  if (heap == nullptr) return;  // that of main
  madvise(heap, kHeapSize, MADV_HUGEPAGE);
  madvise(heap, kLargePage, kCollapse);  // its first page is in use already
}

}  // namespace conform
