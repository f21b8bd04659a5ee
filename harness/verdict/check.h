// The table of checks: what is done for each kind of expectation and each protocol clause.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "case/expectation.h"
#include "case/text_template.h"
#include "contract/contract.h"
#include "exchange/exchange.h"

namespace conform {

/// How an answer differs from what was promised.
struct Mismatch {
  std::string subject;   ///< path first: `status`, `headers.Allow`, `body/error/code`.
  std::string expected;  ///< one line, reads after "promises".
  std::string actual;    ///< one line, reads after "is".
  std::vector<std::string> diff =
      {};                  ///< of a JSON value that differs in several places; else empty.
  std::string place = {};  ///< `at byte 40`, for the message alone: another answer's is another.

  bool operator==(const Mismatch&) const = default;
};

/// What a check found: nothing to judge, kept, or how it was broken.
struct CheckResult {
  bool judged = true;
  std::vector<Mismatch> mismatches = {};  ///< none: kept, where it was judged.

  std::string why = {};  ///< it was not judged; empty: the content was not read.

  static CheckResult NotJudged(std::string why = {}) { return {false, {}, std::move(why)}; }
  static CheckResult Kept() { return {}; }
  static CheckResult Broken(Mismatch mismatch) { return {true, {std::move(mismatch)}}; }
  static CheckResult BrokenAt(std::vector<Mismatch> mismatches) {
    return {true, std::move(mismatches)};
  }
};

/// Holds one expectation against a whole answer.
using ExpectationCheck =
    std::function<CheckResult(const Expectation&, const Response&, const Scope&)>;

/// What a clause gives its check under `with:`; none may be left out.
struct CheckArgument {
  enum class Kind {
    kText,          ///< not empty.
    kObservations,  ///< a list, each one of ObservationNames().
  };
  std::string name;
  Kind kind = Kind::kText;
};

/// Holds one protocol clause against an attempt.
struct ProtocolCheck {
  std::function<CheckResult(const Attempt&, const nlohmann::json& with)> judge;
  std::vector<CheckArgument> takes = {};

  CheckResult operator()(const Attempt& attempt, const nlohmann::json& with) const {
    return judge(attempt, with);
  }
};

/// Holds the bytes that were sent against what a client clause asks.
using ClientCheck = std::function<bool(const Request&, const Contract&, const Clause&)>;

/// Handed to the judge, so that a test can take a check out.
struct CheckTable {
  std::map<Expectation::Subject, ExpectationCheck> expectations;
  std::map<std::string, ProtocolCheck, std::less<>> protocol;
  ClientCheck client;
};

/// Every check there is.
CheckTable StandardChecks();

}  // namespace conform
