// What tests of the heap need to know of the machine.
#pragma once

#include <sys/mman.h>
#include <sys/resource.h>

#include <cstddef>
#include <cstdint>

#include "testing/sanitizer.h"

namespace conform {

/// Whether who asks for a large page gets one now: some kernels have none, some machines none left,
/// and a sanitizer's heap asks for none.
inline bool HasLargePages() {
  if (kSanitized) return false;
  constexpr std::size_t kLargePage = std::size_t{2} << 20;
  constexpr std::size_t kPage = 4'096;
  void* const room =
      ::mmap(nullptr, 2 * kLargePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return false;
  auto* const page = static_cast<volatile char*>(room) +
                     (kLargePage - reinterpret_cast<std::uintptr_t>(room) % kLargePage);
  ::madvise(const_cast<char*>(page), kLargePage, MADV_HUGEPAGE);
  const auto faults = [] {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_minflt;
  };
  const long before = faults();
  for (std::size_t at = 0; at < kLargePage; at += kPage) page[at] = 1;
  constexpr long kFew = 64;  // of 512 small pages
  const bool is_large = faults() - before < kFew;
  ::munmap(room, 2 * kLargePage);
  return is_large;
}

}  // namespace conform
