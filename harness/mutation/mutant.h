// Chooses which of the faults that mutate.py compiled in is alive. See README.md.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <set>

namespace conform {

/// CONFORM_MUTANT's number; 0: none is alive.
inline int LivingMutant() {
  static const int living = [] {
    const char* const text = std::getenv("CONFORM_MUTANT");
    return text == nullptr ? 0 : std::atoi(text);
  }();
  return living;
}

/// Written at the end, a number a line, to the file that CONFORM_MUTANTS_REACHED names.
class ReachedMutants {
 public:
  ReachedMutants() : path_(std::getenv("CONFORM_MUTANTS_REACHED")) {}
  ~ReachedMutants() {
    std::FILE* const file = path_ == nullptr ? nullptr : std::fopen(path_, "a");
    if (file == nullptr) return;
    for (int i = 0; i < kMost; ++i) {
      if (seen_[i]) std::fprintf(file, "%d\n", i);
    }
    std::fclose(file);
  }
  void Note(int number) {
    if (path_ != nullptr) seen_[number] = true;
  }

 private:
  static constexpr int kMost = 20'000;
  const char* path_;
  bool seen_[kMost] = {};
};

inline bool Mutant(int number) {
  static ReachedMutants reached;
  reached.Note(number);
  return number == LivingMutant();
}

/// `a < b`, or where the mutant lives `a <= b`; and so on.
template <typename A, typename B>
bool MutantLess(int number, const A& a, const B& b) {
  return Mutant(number) ? a <= b : a < b;
}
template <typename A, typename B>
bool MutantLessEqual(int number, const A& a, const B& b) {
  return Mutant(number) ? a < b : a <= b;
}
template <typename A, typename B>
bool MutantGreater(int number, const A& a, const B& b) {
  return Mutant(number) ? a >= b : a > b;
}
template <typename A, typename B>
bool MutantGreaterEqual(int number, const A& a, const B& b) {
  return Mutant(number) ? a > b : a >= b;
}

}  // namespace conform
