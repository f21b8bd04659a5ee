#include "base/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <utility>

namespace conform {
namespace {

/// What glibc sets aside for a heap of a thread, aligned to its own size.
constexpr std::size_t kHeapSize = std::size_t{64} << 20;
constexpr std::size_t kLargePage = std::size_t{2} << 20;

char* AlignDown(char* address, std::size_t alignment) {
  return address - reinterpret_cast<std::uintptr_t>(address) % alignment;
}

char* ProgramBreak() { return static_cast<char*>(sbrk(0)); }

bool IsLimited(decltype(RLIMIT_AS) resource) {
  rlimit limit{};
  return ::getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

/// More than is free among what the thread's heap gave before.
constexpr std::size_t kMoreThanIsFree = std::size_t{1} << 20;

using Unused = std::unique_ptr<char, decltype(&std::free)>;

/// Where nothing of the heap was used so far.
Unused FindUnused() { return {static_cast<char*>(std::malloc(kMoreThanIsFree)), &std::free}; }

/// The first large page behind it: one of which a byte was touched has small pages, and keeps them.
/// The heap notes what comes behind a piece at its end.
char* FirstLargePage(char* unused) {
  constexpr std::size_t kNote = 2 * sizeof(std::size_t);
  return AlignDown(unused + kMoreThanIsFree + kNote, kLargePage) + kLargePage;
}

/// Has the heap go on at `begin`: what is never used takes no room. What is left out is never
/// freed, and names what was before, so that none is taken for lost.
void LeaveOut(Unused unused, const char* begin) {
  static std::atomic<void*> last = nullptr;
  const auto bytes = static_cast<std::size_t>(begin - unused.get());
  unused.reset();
  auto** left_out = static_cast<void**>(std::malloc(bytes));
  if (left_out != nullptr) *left_out = last.exchange(left_out);
}

/// Of the heap's next step, all but what comes before its first large page, which is left out.
void UseLargePages() {
  Unused unused = FindUnused();
  if (unused == nullptr) return;
  char* begin = FirstLargePage(unused.get());
  char* end = ProgramBreak();
  if (begin >= end || end >= begin + 2 * kHeapSize) return;
  madvise(begin, static_cast<std::size_t>(end - begin), MADV_HUGEPAGE);
  LeaveOut(std::move(unused), begin);
}

}  // namespace

bool IsMemoryLimited() {
  static const bool kLimited = [] {
    constexpr char kStrictly = '2';
    std::ifstream overcommit("/proc/sys/vm/overcommit_memory");
    return overcommit.get() == kStrictly || IsLimited(RLIMIT_AS) || IsLimited(RLIMIT_DATA);
  }();
  return kLimited;
}

void PrepareHeap() {
  // Each step of a heap is one call to the kernel, for which threads wait.
  constexpr std::size_t kSmallStep = std::size_t{4} << 20;
  mallopt(M_TOP_PAD, static_cast<int>(IsMemoryLimited() ? kSmallStep : kHeapSize));
  if (IsMemoryLimited()) return;
  // What is large comes from the heap too, of which most pages are there already.
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(kHeapSize));
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(kHeapSize / 2));
  // Small pieces set aside unjoined would all be looked through with each larger one.
  mallopt(M_MXFAST, 0);
  UseLargePages();
}

void PrepareThreadHeap() {
  if (IsMemoryLimited()) return;
  Unused unused = FindUnused();
  if (unused == nullptr || unused.get() < ProgramBreak()) return;  // that of main
  char* heap = AlignDown(unused.get(), kHeapSize);
  madvise(heap, kHeapSize, MADV_HUGEPAGE);
  // Joining the small pages that are there has all threads wait for it.
  const char* begin = FirstLargePage(unused.get());
  if (begin > heap + kLargePage) return;  // another thread had it, and left them out
  LeaveOut(std::move(unused), begin);
}

}  // namespace conform
