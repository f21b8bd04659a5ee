#include "history/settled_text.h"

#include <re2/re2.h>

namespace conform {
namespace {

/// What is another each time, and the word it is told by.
struct Changing {
  RE2 pattern;
  const char* word;
};

}  // namespace

std::string Settle(std::string text) {
  static const Changing kChanging[] = {
      {RE2("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"), "(id)"},
      {RE2("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{5,8}(\\.[0-9]+)?(Z|[+-][0-9:]{5})?"), "(time)"},
      {RE2("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT"), "(time)"},
      {RE2("\\[([a-z ]+), [0-9]+ bytes, [0-9a-f]+\\]"), "[\\1]"},
  };
  for (const Changing& each : kChanging) RE2::GlobalReplace(&text, each.pattern, each.word);
  return text;
}

}  // namespace conform
