#include "verdict/breach.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/fields.h"

namespace conform {

ClauseKey KeyOf(const Clause& clause, const Contract* contract) {
  if (contract == nullptr || contract->FindClause(clause.id) != &clause) return {clause.id, "", ""};
  return {clause.id, contract->operation, contract->edition};
}

bool IsAcceptedSuccess(const Finding& finding) {
  return !finding.deviation.empty() && finding.subject == "status" &&
         finding.actual.starts_with('2');
}

void RecordJudged(const ClauseKey& clause, bool kept, Verdict& verdict) {
  for (std::size_t i = 0; i < verdict.judged.size(); ++i) {
    const JudgedClause& judged = std::as_const(verdict.judged)[i];
    if (judged.clause != clause) continue;
    if (judged.kept && !kept) verdict.judged[i].kept = false;
    return;
  }
  verdict.judged.push_back({clause, kept});
}

ClauseKey KeyOf(const Clause& clause, const EvidencePlan& plan) {
  for (const Contract* contract : plan.contracts) {
    if (contract != nullptr && contract->FindClause(clause.id) == &clause) {
      return KeyOf(clause, contract);
    }
  }
  return {clause.id, "", ""};
}

Strength WeighIn(const std::map<std::string, Strength>& softened, const std::string& set,
                 Strength strength) {
  const auto most = softened.find(set);
  return most == softened.end() ? strength : std::max(strength, most->second);
}

Expecter ExpecterOf(const Expectation& expectation, Role role, const ResponseRule* rule) {
  if (role == Role::kEffect) return Expecter::kCase;
  if (expectation.is_contracts || expectation.subject == Expectation::Subject::kStatus ||
      expectation.subject == Expectation::Subject::kContractSchema) {
    return Expecter::kContract;
  }
  if (rule == nullptr) return Expecter::kCase;
  const bool none = expectation.subject == Expectation::Subject::kNoBody && rule->content.empty();
  const bool there = expectation.subject == Expectation::Subject::kHeader &&
                     expectation.value.kind == ValueRule::Kind::kExists &&
                     std::any_of(rule->headers.begin(), rule->headers.end(), [&](const auto& each) {
                       return each.required && SameFieldName(each.name, expectation.name);
                     });
  return none || there ? Expecter::kContract : Expecter::kCase;
}

void RecordBreach(const Test& test, std::size_t step, const Clause& clause, Strength strength,
                  const Mismatch& mismatch, Expecter expecter, const Span& span, Verdict& verdict) {
  const std::vector<Step>& steps = test.test_case->steps;
  const ClauseKey key = KeyOf(clause, *test.plan);
  RecordJudged(key, false, verdict);
  Finding finding;
  finding.clause = key;
  finding.strength = strength;
  finding.says = clause.says;
  finding.source = Describe(clause.source, key.edition);
  if (steps.size() > 1) finding.step = steps[step].name;
  finding.subject = mismatch.subject;
  finding.expected = mismatch.expected;
  finding.actual = mismatch.actual;
  finding.diff = mismatch.diff;
  const std::string who = key.operation.empty() ? fmt::format("{} asks for", clause.source.document)
                          : expecter == Expecter::kCase ? "the case expects"
                                                        : "the contract promises";
  const std::string place = mismatch.place.empty() ? "" : fmt::format(" ({})", mismatch.place);
  finding.message = fmt::format("{} is {}{}, {} {}", mismatch.subject, mismatch.actual, place, who,
                                mismatch.expected);
  finding.path = test.test_case->source->path();
  finding.span = span;
  finding.excerpt = test.test_case->source->Line(span.line);
  verdict.findings.push_back(std::move(finding));
}

}  // namespace conform
