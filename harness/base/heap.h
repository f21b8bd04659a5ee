// How the heap takes its memory from the system: in large steps and, where Linux leaves that to
// the program, by large pages. Only advice: nothing but the time it takes depends on it.
#pragma once

namespace conform {

/// Once, at the begin of main. Needs glibc's heap; with any other it changes nothing.
void PrepareHeap();

/// At the begin of a thread that will allocate much.
void PrepareThreadHeap();

}  // namespace conform
