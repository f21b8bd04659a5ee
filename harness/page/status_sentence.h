// Reads sentences that promise an answer: "If X, this method returns a `409 Conflict` response
// code", in any language that keeps the code.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"

namespace conform {

struct StatusMention {
  int status = 0;
  std::string about;    ///< the part of the sentence that is about this status.
  bool denied = false;  ///< "it never returns 404": the sentence says that it is no answer.
};

/// `text` at its full stops; those inside back-ticks end nothing.
std::vector<std::string> SplitSentences(std::string_view text);

/// Numbers from 200 to 599 count only beside their reason phrase, in back-ticks, or near a word
/// such as "code" or "returns".
std::vector<StatusMention> FindStatuses(std::string_view sentence);

/// What the sentence says of when: `while: in_progress`, `within: 10m, of: success`, else its
/// words. Never the success itself. Of several lengths the one that "within" is said of
/// counts; one whose number is written in parts (`10,500`) is none.
Condition ReadCondition(std::string_view about);

}  // namespace conform
