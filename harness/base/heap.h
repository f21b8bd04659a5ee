// How the heap takes its memory from the system: in large steps and, where Linux leaves that to the
// program, by large pages. What is taken and not used is no memory, but it counts as such where
// that is limited (RLIMIT_AS, RLIMIT_DATA, overcommit 2): there steps are small, and pages too.
#pragma once

namespace conform {

/// Whether what is taken and not used is counted, and bounded.
bool IsMemoryLimited();

/// Once, at the begin of main, before other threads. Made for glibc's heap; others pass it over.
void PrepareHeap();

/// At the begin of a thread that will allocate much.
void PrepareThreadHeap();

}  // namespace conform
