// One statement a case makes about a response, with its place in the file.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/source_text.h"
#include "case/text_template.h"

namespace re2 {
class RE2;
}

namespace conform {

/// What a value must be.
struct ValueRule {
  enum class Kind { kEquals, kMatches, kExists, kAbsent };
  Kind kind = Kind::kExists;
  nlohmann::json equals;                    ///< may hold ${…}.
  std::shared_ptr<const re2::RE2> pattern;  ///< must match somewhere in the text.
};

struct Expectation {
  enum class Subject {
    kStatus,       ///< `status:`
    kHeader,       ///< `headers: {name: …}`
    kNoBody,       ///< `body: none`
    kBodyJson,     ///< `body: {json: {/pointer: …}}`
    kErrorMember,  ///< `body: {error: {code: …}}`
  };
  Subject subject = Subject::kStatus;
  std::string name;                    ///< field name, JSON pointer or member.
  std::vector<TextTemplate> statuses;  ///< of kStatus: `204`, `4xx`; any of them.
  ValueRule value;
  Span span;
};

}  // namespace conform
