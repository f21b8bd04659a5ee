#include "verdict/step_judge.h"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "base/http_text.h"
#include "case/expected_answer.h"
#include "case/expected_statuses.h"
#include "verdict/answer_promises.h"
#include "verdict/breach.h"
#include "verdict/expectation_checks.h"
#include "verdict/observed_fact.h"
#include "verdict/other_promise.h"
#include "verdict/protocol_judge.h"
#include "verdict/refusal_cause.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;

/// Judges one step of one test; its members are what every judgement needs.
class StepJudge {
 public:
  StepJudge(const ProtocolJudge& protocols, const CheckTable& checks, const JudgeOptions& options,
            const Test& test, const StepFacts& facts, Verdict& verdict)
      : protocols_(protocols),
        checks_(checks),
        options_(options),
        test_(test),
        facts_(facts),
        step_(test.test_case->steps[facts.step]),
        contract_(*test.plan->contracts[facts.step]),
        attempt_(facts.exchange->last()),
        verdict_(verdict) {}

  void Judge() {
    protocols_.Judge(test_, facts_, verdict_);
    RecordClientClauses(checks_, test_, facts_, verdict_);
    if (!facts_.goes_on && !facts_.tolerated) RecordObserved(step_, attempt_, verdict_);
    if (attempt_.trouble || !attempt_.response) {
      CannotTell(attempt_.trouble ? Describe(*attempt_.trouble) : "no answer came");
    } else if (!facts_.tolerated && !IsThrottled()) {
      JudgeExpectations();
      if (step_.cleans_up) HoldApart();
    }
  }

  void BreakWhole(const StepBreach& breach) {
    bool told = false;
    for (const Evidence& evidence : test_.plan->evidence) {
      const bool whole = evidence.role == Role::kAnswer || evidence.role == Role::kEffect;
      if (evidence.step != facts_.step || !whole) continue;
      Break(*evidence.clause, evidence.clause->strength, breach.mismatch, Expecter::kCase,
            breach.span);
      told = true;
    }
    if (!told) CannotTell(Differs(breach.mismatch));
  }

 private:
  static std::string Differs(const Mismatch& mismatch) {
    return fmt::format("{} is {}, expected {}", mismatch.subject, mismatch.actual,
                       mismatch.expected);
  }

  /// A step of finally needs no clause: what it expected and did not get is told as the reason.
  void HoldApart() {
    for (const Expectation& expectation : step_.expectations) {
      const std::optional<CheckResult> result = Hold(expectation);
      if (!result || result->mismatches.empty()) continue;
      CannotTell(Differs(result->mismatches.front()));
      return;
    }
  }

  void CannotTell(std::string reason) {
    if (verdict_.reason.empty()) verdict_.reason = std::move(reason);
  }

  void Break(const Clause& clause, Strength strength, const Mismatch& mismatch, Expecter expecter,
             const Span& span) {
    RecordBreach(test_, facts_.step, clause, strength, mismatch, expecter, span, verdict_);
  }

  StatusSet Expected() const { return ExpectedStatuses(step_, *facts_.scope); }

  bool IsThrottled() {
    std::string why = WhyThrottled(test_, facts_);
    if (why.empty()) return false;
    CannotTell(std::move(why));
    return true;
  }

  /// The step's evidence that its answer can keep or break. One that is promised for a condition
  /// that may hold is no answer to what the step expects; of a refusal, and of whether a thing is
  /// there, it tells all the same.
  std::vector<const Evidence*> FindTold(int status) {
    const bool promised = IsPromisedOtherwise(test_, facts_, status);
    std::vector<const Evidence*> told;
    bool aside = false;
    for (const Evidence& evidence : test_.plan->evidence) {
      if (evidence.step != facts_.step) continue;
      const bool answer = evidence.role == Role::kAnswer || evidence.role == Role::kGrant;
      if (evidence.role == Role::kEffect && !TellsOfAThing(contract_, status)) continue;
      aside = aside || (promised && answer);
      if (!promised || !answer) told.push_back(&evidence);
    }
    if (promised && (aside || told.empty())) CannotTell(DescribePromise(status));
    return told;
  }

  /// How the answer keeps one expectation; nothing where no check is known of it.
  std::optional<CheckResult> Hold(const Expectation& expectation) const {
    if (expectation.subject == Subject::kContractSchema) {
      return HoldToPromisedSchema(contract_, attempt_);
    }
    const auto check = checks_.expectations.find(expectation.subject);
    if (check == checks_.expectations.end()) return std::nullopt;
    return check->second(expectation, *attempt_.response, *facts_.scope);
  }

  void JudgeExpectations() {
    const int status = attempt_.response->status;
    const StatusSet expected = Expected();
    const bool reached = Covers(contract_.Success(), status) ||
                         (IsSuccessStatus(status) && ExpectsSuccess(expected, contract_));
    if (!facts_.goes_on && reached && expected.Contains(status)) {
      verdict_.reached_success.push_back(contract_.operation);
    }
    const std::vector<const Evidence*> told = FindTold(status);
    const bool refused_grant = status == 401 || status == 403;
    // A refused permission, and a request that was to be refused and was let in, is one breach,
    // told once: by its own clause.
    bool told_once = false;
    for (const Evidence* evidence : told) {
      told_once = told_once || (evidence->role == Role::kGrant && refused_grant) ||
                  (evidence->role == Role::kRefusal && IsSuccessStatus(status));
      JudgeRole(*evidence, status, refused_grant);
    }
    for (const Evidence* evidence : told) {
      if (told_once) break;
      if (evidence->role == Role::kAnswer || evidence->role == Role::kEffect) {
        JudgeAnswer(*evidence);
      }
    }
  }

  const Expectation* StatusExpectation() const {
    for (const Expectation& expectation : step_.expectations) {
      if (expectation.subject == Subject::kStatus) return &expectation;
    }
    return nullptr;
  }

  /// Whether a refusal can be for the fact that the request breaks.
  bool IsOf(std::string_view fact, int status) {
    std::string other = FindOtherCause(status, fact, contract_, facts_.known);
    if (other.empty()) return true;
    CannotTell(std::move(other));
    return false;
  }

  void JudgeRole(const Evidence& evidence, int status, bool refused_grant) {
    const Clause& clause = *evidence.clause;
    const ClauseKey key = KeyOf(clause, &contract_);
    const Expectation* expectation = StatusExpectation();
    const Span span = expectation == nullptr ? step_.span : expectation->span;
    const bool refused = status >= 400 && status <= 499;
    const bool succeeded = IsSuccessStatus(status);
    switch (evidence.role) {
      case Role::kRefusal:
        if (refused && IsOf(clause.about, status)) RecordJudged(key, true, verdict_);
        if (succeeded) {
          Break(clause, clause.strength, {"status", "a refusal (4xx)", std::to_string(status)},
                Expecter::kContract, span);
        }
        break;
      case Role::kGrant:
        if (succeeded) RecordJudged(key, true, verdict_);
        if (refused_grant) {
          Break(clause, clause.strength, {"status", "a success (2xx)", std::to_string(status)},
                Expecter::kContract, span);
        }
        break;
      case Role::kRefusalStatus:
        // A request that was not refused breaks the operation's clause, not the refusal's status.
        if (refused) JudgeRefusalStatus(clause, span);
        break;
      case Role::kPrecondition:
        if (succeeded || (refused && IsOf(kIfMatch, status))) JudgeRefusalStatus(clause, span);
        break;
      case Role::kAnswer:
      case Role::kEffect:
        break;
    }
  }

  void JudgeRefusalStatus(const Clause& clause, const Span& span) {
    const Strength strength = WeighIn(options_.softened, "graph", clause.strength);
    const std::optional<CheckResult> result = Hold(*StatusExpectation());
    if (strength == Strength::kObserve || !result) return;
    for (const Mismatch& mismatch : result->mismatches) {
      Break(clause, strength, mismatch, Expecter::kContract, span);
    }
    if (result->mismatches.empty()) RecordJudged(KeyOf(clause, &contract_), true, verdict_);
  }

  /// A case for `4XX` or `default` expects every refusal, also one that has a rule of its own.
  bool IsPromisedApart(const Evidence& evidence, const ResponseRule* rule) {
    const Clause& clause = *evidence.clause;
    const int status = attempt_.response->status;
    const bool apart = evidence.role == Role::kAnswer && rule != nullptr &&
                       AboutOf(*rule) != clause.about && Expected().Contains(status);
    if (apart) {
      CannotTell(fmt::format("status is {}, which has a promise of its own beside {}", status,
                             clause.about));
    }
    return apart;
  }

  void JudgeAnswer(const Evidence& evidence) {
    const Clause& clause = *evidence.clause;
    const int status = attempt_.response->status;
    const ResponseRule* rule = contract_.FindResponse(status);
    const bool answer = evidence.role == Role::kAnswer;
    if (answer && IsOfOtherSuccess(clause.about, Expected(), status)) return;
    if (IsPromisedApart(evidence, rule)) return;
    bool judged = true;
    bool kept = true;
    bool content_told = false;
    bool hidden = false;
    std::string why;
    std::vector<Mismatch> told;
    for (const Expectation& expectation : step_.expectations) {
      if (facts_.goes_on && expectation.subject != Subject::kStatus) continue;
      const std::optional<CheckResult> result = Hold(expectation);
      if (!result) continue;
      judged = judged && result->judged;
      if (why.empty()) why = result->why;
      if (result->mismatches.empty() || result->mismatches == told) continue;
      kept = false;
      told = result->mismatches;
      content_told = content_told || told.front().subject.starts_with("body");
      for (const Mismatch& mismatch : told) {
        Break(clause, clause.strength, mismatch, ExpecterOf(expectation, evidence.role, rule),
              expectation.span);
      }
      // With another status than promised, header fields and body are those of another answer.
      if (expectation.subject == Subject::kStatus) return;
    }
    if (facts_.goes_on) return;
    if (evidence.role == Role::kAnswer && rule != nullptr && clause.about == AboutOf(*rule)) {
      const Expectation* expectation = StatusExpectation();
      hidden = HidesPromises(*rule, attempt_, facts_.recorded);
      for (const Mismatch& broken :
           FindBrokenPromises(*rule, attempt_, step_.expectations, facts_.recorded)) {
        // Of content that is missed the case's own expectation told already.
        if (content_told && broken.subject == "body") continue;
        kept = false;
        Break(clause, clause.strength, broken, Expecter::kContract,
              expectation == nullptr ? step_.span : expectation->span);
      }
    }
    if (kept && judged && !hidden) RecordJudged(KeyOf(clause, *test_.plan), true, verdict_);
    if (kept && !judged) CannotTell(why.empty() ? DescribeUnread(attempt_.observations) : why);
    if (kept && hidden) CannotTell("the recording does not hold the header fields");
  }

  const ProtocolJudge& protocols_;
  const CheckTable& checks_;
  const JudgeOptions& options_;
  const Test& test_;
  const StepFacts& facts_;
  const Step& step_;
  const Contract& contract_;
  const Attempt& attempt_;
  Verdict& verdict_;
};

}  // namespace

void JudgeStep(const ProtocolJudge& protocols, const CheckTable& checks,
               const JudgeOptions& options, const Test& test, const StepFacts& facts,
               Verdict& verdict) {
  StepJudge(protocols, checks, options, test, facts, verdict).Judge();
}

void BreakStep(const ProtocolJudge& protocols, const CheckTable& checks,
               const JudgeOptions& options, const Test& test, const StepFacts& facts,
               const StepBreach& breach, Verdict& verdict) {
  StepJudge(protocols, checks, options, test, facts, verdict).BreakWhole(breach);
}

}  // namespace conform
