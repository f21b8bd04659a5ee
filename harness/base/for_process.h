// What goes with the process, since to take it apart would cost time for nothing.
#pragma once

#include <vector>

namespace conform {

/// A new one, which is never destroyed. To be called on one thread.
template <typename T>
T& MakeForProcess() {
  static std::vector<T*>& all = *new std::vector<T*>;
  return *all.emplace_back(new T);
}

}  // namespace conform
