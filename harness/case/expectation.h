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

class JsonSchema;

/// What a value must be.
struct ValueRule {
  enum class Kind {
    kEquals,     ///< numbers by their value, exactly.
    kUnordered,  ///< `equals` is a list, whose items may come in any order.
    kMatches,
    kExists,
    kAbsent,
  };
  Kind kind = Kind::kExists;
  nlohmann::json equals;                    ///< may hold ${…}.
  std::shared_ptr<const re2::RE2> pattern;  ///< must match somewhere in the text.
};

struct Expectation {
  enum class Subject {
    kStatus,          ///< `status:`
    kHeader,          ///< `headers: {name: …}`
    kNoBody,          ///< `body: none`
    kBodyJson,        ///< `body: {json: {/pointer: …}}`
    kErrorMember,     ///< `body: {error: {code: …}}`
    kBodySchema,      ///< `body: {schema: …}`
    kContractSchema,  ///< `body: {schema: contract}`: the one that the contract states.
    kBodyText,        ///< `body: {text: …}`: the content as it is, JSON or not.
    kClosedBody,      ///< `body: {closed: true}`: no members but those under json.
  };
  Subject subject = Subject::kStatus;
  bool is_contracts = false;           ///< made of the contract: no case says it.
  std::string name;                    ///< field name, JSON pointer or member.
  std::vector<TextTemplate> statuses;  ///< of kStatus: `204`, `4xx`; any of them.
  ValueRule value;
  std::shared_ptr<const JsonSchema> schema;  ///< of kBodySchema.
  std::vector<std::string> documented;       ///< of kClosedBody: the pointers under json.
  Span span;
};

}  // namespace conform
