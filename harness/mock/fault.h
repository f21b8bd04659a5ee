// The fault catalogue: deliberate breaches by the mock, so that every check is seen to fail.
#pragma once

#include <bitset>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "mock/answer.h"
#include "mock/lapse.h"
#include "mock/mock_request.h"

namespace conform {

/// Spoils a finished answer.
using AnswerChange = void (*)(Answer&, const MockRequest&);
/// Spoils the bytes of an answer.
using WireChange = void (*)(WireAnswer&);

struct Fault {
  std::string_view name;
  std::string_view meaning;  ///< one sentence: what the mock then does.
  /// Exactly the clauses that it breaks: ids of protocol clauses, or `about:` and a fact of a
  /// contract (`about:method`; `about:responses.success`, the clause about the success answer;
  /// `about:responses.success_status`, that where not any success will do;
  /// `about:responses.content`, those about answers that have content; `about:responses`, those
  /// about any), of every operation or, as in `about:OPERATION:effect`, of one.
  std::vector<std::string_view> breaks;
  std::variant<Lapse, AnswerChange, WireChange> effect;
};

/// Every fault, in the order in which they are listed.
const std::vector<Fault>& FaultCatalogue();
/// Null where there is none of that name.
const Fault* FindFault(std::string_view name);

/// The faults that are planted.
class Faults {
 public:
  /// An error names the fault that the catalogue has not, and the nearest one.
  static Expected<Faults> Plant(const std::set<std::string, std::less<>>& names);

  bool IsNone() const { return lapses_.none() && answer_changes_.empty() && wire_changes_.empty(); }
  bool Has(Lapse lapse) const { return lapses_.test(static_cast<std::size_t>(lapse)); }
  void Spoil(Answer& answer, const MockRequest& request) const;
  void Spoil(WireAnswer& answer) const;

 private:
  std::bitset<kLapseCount> lapses_;
  std::vector<AnswerChange> answer_changes_;
  std::vector<WireChange> wire_changes_;
};

}  // namespace conform
