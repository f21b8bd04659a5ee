// Regular expressions that a case brings: RE2, in bounded memory.
#pragma once

#include <re2/re2.h>

namespace conform {

/// A stranger's pattern: nothing is logged, and it compiles to at most 1 MiB.
inline re2::RE2::Options PatternOptions() {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(1 << 20);
  return options;
}

}  // namespace conform
