// What tests of the heap need to know of the machine.
#pragma once

#include <filesystem>

#include "testing/sanitizer.h"

namespace conform {

/// Some kernels have none, and a sanitizer's heap asks for none.
inline bool HasLargePages() {
  return !kSanitized && std::filesystem::exists("/sys/kernel/mm/transparent_hugepage/enabled");
}

}  // namespace conform
