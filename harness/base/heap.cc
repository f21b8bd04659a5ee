#include "base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace conform {
namespace {

/// What glibc sets aside for a heap of a thread, aligned to its own size.
constexpr std::size_t kHeapSize = std::size_t{64} << 20;
constexpr std::size_t kLargePage = std::size_t{2} << 20;
/// Linux 6.1; not in the headers of Debian 12.
constexpr int kCollapse = 25;

char* AlignDown(const void* address, std::size_t alignment) {
  const auto number = reinterpret_cast<std::uintptr_t>(address);
  return reinterpret_cast<char*>(number / alignment * alignment);
}

void* ProgramBreak() { return sbrk(0); }

}  // namespace

void PrepareHeap() {
  // Each step of a heap is one call to the kernel, for which threads wait; and what is large comes
  // from the heap too, of which most pages are there already, and not each time from new ones.
  mallopt(M_TOP_PAD, static_cast<int>(kHeapSize));
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(kHeapSize));
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(kHeapSize / 2));
  // Small pieces set aside unjoined would all be looked through with each larger one.
  mallopt(M_MXFAST, 0);
  constexpr std::size_t kMoreThanIsThere = std::size_t{1} << 20;
  auto* first = static_cast<char*>(std::malloc(kMoreThanIsThere));
  char* begin = AlignDown(first, kLargePage) + kLargePage;
  char* end = static_cast<char*>(ProgramBreak());
  const bool grew = first != nullptr && first < begin && begin < end;
  const std::size_t before = grew ? static_cast<std::size_t>(begin - first) : 0;
  if (grew) madvise(begin, static_cast<std::size_t>(end - begin), MADV_HUGEPAGE);
  std::free(first);
  // What comes before the first large page is left out: never used, it takes no room. A compiler
  // would leave the call out if nobody could see what it gives.
  [[maybe_unused]] static void* const volatile kLeftOut = std::malloc(before);
}

void PrepareThreadHeap() {
  void* own = std::malloc(1);
  char* heap = own < ProgramBreak() ? nullptr : AlignDown(own, kHeapSize);
  std::free(own);
  if (heap == nullptr) return;  // that of main
  madvise(heap, kHeapSize, MADV_HUGEPAGE);
  madvise(heap, kLargePage, kCollapse);  // its first page is in use already
}

}  // namespace conform
