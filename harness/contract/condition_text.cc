#include "contract/condition_text.h"

#include <fmt/format.h>

#include "base/duration.h"

namespace conform {

std::string TextOf(const Condition& when) {
  switch (when.kind) {
    case Condition::Kind::kWhile:
      return "while " + when.state;
    case Condition::Kind::kWithin:
      return fmt::format("within {} of a success", FormatDuration(when.window));
    case Condition::Kind::kStated:
      return "if " + when.state;
    case Condition::Kind::kSuccess:
      break;
  }
  return "on success";
}

}  // namespace conform
