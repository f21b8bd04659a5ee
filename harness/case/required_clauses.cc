#include "case/required_clauses.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

using Subject = Expectation::Subject;

/// The roles that some listed clause has in a step.
struct Roles {
  bool answer = false;
  bool refusal_status = false;
  bool refusal = false;
  bool grant = false;
};

Roles RolesIn(std::size_t index, const EvidencePlan& plan) {
  Roles roles;
  for (const Evidence& evidence : plan.evidence) {
    if (evidence.step != index) continue;
    roles.answer |= evidence.role == Role::kAnswer || evidence.role == Role::kEffect;
    roles.refusal_status |=
        evidence.role == Role::kRefusalStatus || evidence.role == Role::kPrecondition;
    roles.refusal |= evidence.role == Role::kRefusal;
    roles.grant |= evidence.role == Role::kGrant;
  }
  return roles;
}

bool HasAnswer(std::size_t index, int status, const EvidencePlan& plan) {
  const std::string about = fmt::format("responses.{}", status);
  return std::any_of(plan.evidence.begin(), plan.evidence.end(), [&](const Evidence& each) {
    return each.step == index && (each.role == Role::kEffect || each.clause->about == about);
  });
}

}  // namespace

void RequireClauses(const SourceText& source, const StepView& view, std::size_t index,
                    const EvidencePlan& plan, Diagnostics& diagnostics) {
  for (const Expectation& expectation : view.step->expectations) {
    const bool of_contract = expectation.subject == Subject::kContractSchema;
    if (!of_contract || ExpectsSchema(view.statuses, *view.contract)) continue;
    diagnostics.Add(
        source, expectation.span,
        fmt::format("edition {} states no schema of JSON for {}", view.contract->edition,
                    view.statuses.Describe()),
        fmt::format("state it in {}, or leave 'schema' out", view.contract->source->path()));
  }
  if (view.step->cleans_up) return;
  const Roles roles = RolesIn(index, plan);
  for (const int status : NamedSuccesses(view.statuses)) {
    // Else nothing would be judged where that one comes.
    if (!roles.answer || HasAnswer(index, status, plan)) continue;
    diagnostics.Add(source, view.step->expectations.front().span,
                    fmt::format("no listed clause is about {}, which is expected too", status),
                    "list the clause of each, or take its status out");
  }
  const bool exact = view.statuses.Single().has_value();
  for (const Expectation& expectation : view.step->expectations) {
    const bool status = expectation.subject == Subject::kStatus;
    const bool refused = roles.refusal_status || ((roles.refusal || roles.grant) && !exact);
    if (roles.answer || (status && refused)) continue;
    diagnostics.Add(source, expectation.span, "no listed clause is about this expectation",
                    status && (roles.refusal || roles.grant)
                        ? "an exact status needs its own clause beside it, or expect a class such "
                          "as 4xx"
                        : "list the clause that promises it, or record it under observe:");
  }
}

}  // namespace conform
