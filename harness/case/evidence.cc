#include "case/evidence.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/nearest_name.h"
#include "case/broken_facts.h"
#include "case/expected_answer.h"
#include "case/refusal_reason.h"
#include "case/required_clauses.h"
#include "case/unfilled_parameter.h"

namespace conform {
namespace {

struct FoundClause {
  const Clause* clause = nullptr;
  const Contract* contract = nullptr;  // null for a protocol's
  bool judged_everywhere = false;      // a protocol clause with a check of its own
};

class Planner {
 public:
  Planner(const Case& test_case, const Row* row, const Contract& contract, const Catalog& catalog,
          Diagnostics& diagnostics)
      : case_(test_case),
        row_(row),
        contract_(contract),
        catalog_(catalog),
        diagnostics_(diagnostics) {}

  EvidencePlan Plan() {
    for (const Step& step : case_.steps) ViewStep(step);
    unseen_ = complained_;
    for (const ListedClause& listed : case_.clauses) PlanClause(listed);
    // An expectation whose clause is mistaken would be told as one that has none.
    if (!complained_) {
      for (std::size_t i = 0; i < views_.size(); ++i) {
        RequireClauses(*case_.source, views_[i], i, plan_, diagnostics_);
      }
    }
    for (const StepView& view : views_) {
      if (view.broken.IsRefused()) plan_.refused.insert(plan_.contracts.size());
      plan_.contracts.push_back(view.contract);
      const bool counts = !view.step->cleans_up && plan_.expects_success.empty();
      if (counts && view.ExpectsSuccess()) plan_.expects_success = view.contract->operation;
    }
    return std::move(plan_);
  }

 private:
  void Complain(const Span& span, std::string message, std::string advice = "") {
    complained_ = true;
    diagnostics_.Add(*case_.source, span, std::move(message), std::move(advice));
  }

  void ViewStep(const Step& step) {
    StepView view;
    view.step = &step;
    if (!step.wait) {
      view.contract = step.operation.empty()
                          ? &contract_
                          : catalog_.InForce(step.operation, contract_.page.date);
      if (view.contract == nullptr) {
        foreign_ = true;
        Complain(step.span, fmt::format("no contract of operation '{}'", step.operation),
                 DidYouMean(step.operation, catalog_.Operations()));
      } else {
        view.broken = FindBrokenFacts(case_, row_, step, *view.contract);
        WarnOfPath(step.request.path, *view.contract);
      }
      for (const Expectation& expectation : step.expectations) {
        for (const TextTemplate& status : expectation.statuses) AddStatus(status, view.statuses);
      }
    }
    views_.push_back(std::move(view));
  }

  /// It may be a value by right, so that it is no error.
  void WarnOfPath(const TextTemplate& path, const Contract& contract) {
    const auto unfilled = FindUnfilledParameter(contract, path.text);
    if (!unfilled) return;
    diagnostics_.Warn(*case_.source, path.span,
                      fmt::format("'{}' is sent as it stands, where the contract's path has the "
                                  "parameter '{}'",
                                  unfilled->written, unfilled->name),
                      "write a value, or what a step captured, such as ${capture.id}");
  }

  void AddStatus(const TextTemplate& status, StatusSet& set) {
    const std::string text = Preview(status, case_, row_);
    if (!set.Add(text))
      Complain(status.span,
               fmt::format("'{}' becomes '{}', which is no status", status.text, text));
  }

  FoundClause FindListed(std::string_view id) const {
    if (const Clause* clause = contract_.FindClause(id)) return {clause, &contract_};
    for (const StepView& view : views_) {
      if (view.contract == nullptr) continue;
      if (const Clause* clause = view.contract->FindClause(id)) return {clause, view.contract};
    }
    const ProtocolClause* protocol = catalog_.FindProtocolClause(id);
    if (protocol == nullptr) return {};
    return {&protocol->clause, nullptr, !protocol->check.empty()};
  }

  void PlanClause(const ListedClause& listed) {
    const FoundClause found = FindListed(listed.id);
    if (found.clause == nullptr) {
      if (!foreign_) ComplainUnknown(listed);
      return;
    }
    if (found.judged_everywhere) {
      Complain(listed.span, fmt::format("clause '{}' is judged on every exchange", listed.id),
               "leave it out of 'clauses'");
      return;
    }
    if (!IsJudged(*found.clause)) {
      Complain(listed.span,
               fmt::format("clause '{}' binds {}: no answer can break it", listed.id,
                           found.clause->binds == Binds::kNobody
                               ? "nobody"
                               : fmt::format("the {}", NameOf(found.clause->binds))),
               "leave it out of 'clauses'");
      return;
    }
    const std::size_t before = plan_.evidence.size();
    for (std::size_t i = 0; i < views_.size(); ++i) {
      if (views_[i].step->cleans_up) continue;
      if (const auto role = RoleIn(i, found)) plan_.evidence.push_back({found.clause, *role, i});
    }
    if (plan_.evidence.size() == before && !unseen_) ComplainNoEvidence(listed, found);
  }

  std::optional<Role> RoleIn(std::size_t index, const FoundClause& found) const {
    if (views_[index].contract == nullptr) return std::nullopt;
    if (found.contract == nullptr) return RefusalRole(*found.clause, views_[index]);
    return ShowsEffect(found, index) ? std::optional(Role::kEffect)
                                     : ContractRole(found, views_[index]);
  }

  std::optional<Role> RefusalRole(const Clause& clause, const StepView& view) const {
    for (const Refusal refusal : view.broken.refusals) {
      const bool named = clause.id == fmt::format("graph.refusal.{}", NameOf(refusal));
      if (named && view.statuses.Single() == catalog_.RefusalStatus(refusal)) {
        return refusal == Refusal::kPrecondition ? Role::kPrecondition : Role::kRefusalStatus;
      }
    }
    return std::nullopt;
  }

  /// Whether the clause is about the effect of an operation that succeeded in a step before, and
  /// this one asks another operation what has become of it.
  bool ShowsEffect(const FoundClause& found, std::size_t index) const {
    const StepView& view = views_[index];
    if (found.clause->about != "effect" || view.contract == found.contract) return false;
    if (view.contract->method != "GET" || !view.broken.facts.empty()) return false;
    const auto end = views_.begin() + static_cast<std::ptrdiff_t>(index);
    return view.statuses.Single().has_value() &&
           std::any_of(views_.begin(), end, [&](const StepView& before) {
             return before.contract == found.contract && before.ExpectsSuccess();
           });
  }

  std::optional<Role> ContractRole(const FoundClause& found, const StepView& view) const {
    const std::string& about = found.clause->about;
    if (found.contract != view.contract) return std::nullopt;
    if (IsOfAnswer(about)) {
      const bool answers = ExpectsAnswer(view.statuses, about) && KeptRule(view).empty() &&
                           !view.IsImproperSuccess();
      return answers ? std::optional(Role::kAnswer) : std::nullopt;
    }
    // Evidence for one fact needs a request that breaks that one alone.
    const auto& facts = view.broken.facts;
    if (facts.size() == 1 && facts.count(about) == 1 && view.statuses.IsRefusal()) {
      return Role::kRefusal;
    }
    const bool grant = facts.empty() && view.statuses.HasSuccess() &&
                       about == fmt::format("permissions.{}", NameOf(case_.identity.kind));
    return grant ? std::optional(Role::kGrant) : std::nullopt;
  }

  /// What the request would have to break for the status that is expected.
  std::string_view KeptRule(const StepView& view) const {
    const auto single = view.statuses.Single();
    if (!single || view.contract == nullptr) return "";
    return RuleKept(*single, case_, row_, *view.step, *view.contract, view.broken);
  }

  void ComplainUnknown(const ListedClause& listed) {
    std::vector<std::string_view> known;
    for (const Clause& clause : contract_.clauses) known.push_back(clause.id);
    for (const Contract* edition : catalog_.Editions(case_.operation)) {
      if (edition->FindClause(listed.id) == nullptr) continue;
      Complain(listed.span,
               fmt::format("edition {} has no clause '{}'; edition {} has", contract_.edition,
                           listed.id, edition->edition),
               fmt::format("add editions: [{}]", edition->edition));
      return;
    }
    Complain(listed.span,
             fmt::format("edition {} has no clause '{}'", contract_.edition, listed.id),
             DidYouMean(listed.id, known));
  }

  void ComplainNoEvidence(const ListedClause& listed, const FoundClause& found) {
    const Mending mending = MendingFor(listed, found);
    Complain(mending.span.value_or(listed.span),
             fmt::format("the case is no evidence for clause '{}'{}", listed.id,
                         OtherFacts(found.clause->about)),
             mending.advice);
  }

  Mending MendingFor(const ListedClause& listed, const FoundClause& found) const {
    const std::string& about = found.clause->about;
    const auto improper = std::find_if(views_.begin(), views_.end(), [&](const StepView& view) {
      return view.contract == found.contract && view.IsImproperSuccess();
    });
    if (IsOfAnswer(about) && improper != views_.end())
      return MendingOf(improper->broken, *improper->step, *improper->contract);
    for (std::size_t i = 0; i < views_.size(); ++i) {
      if (!views_[i].step->cleans_up || !RoleIn(i, found)) continue;
      return {listed.span, "a step under 'finally' is no evidence: put it under 'steps'"};
    }
    if (found.contract == nullptr) {
      return {
          listed.span,
          fmt::format("send a request that is refused for this reason and expect its status: {}",
                      found.clause->says)};
    }
    if (about == "effect") {
      return {listed.span,
              "after its success ask another operation, with GET, what has become of it"};
    }
    if (!IsOfAnswer(about)) {
      return {listed.span,
              "send a request that breaks this one fact and expect a refusal, such as status: 4xx"};
    }
    const bool kept = std::any_of(views_.begin(), views_.end(),
                                  [this](const StepView& view) { return !KeptRule(view).empty(); });
    return {listed.span, kept ? "send a request that breaks that rule" : AdviceOnStatus(about)};
  }

  /// What is to be expected for a clause about an answer.
  std::string AdviceOnStatus(std::string_view about) const {
    if (IsOfFailures(about)) return "leave it out of 'clauses': no 5xx can be brought about";
    const bool failure = std::any_of(views_.begin(), views_.end(), [](const StepView& view) {
      return HasFailure(view.statuses);
    });
    const bool untold = failure && StandsForMany(about);
    return fmt::format("expect status: {}{}", StatusToExpect(about),
                       untold ? ": no 5xx is evidence for it" : "");
  }

  /// Why a request that breaks the fact still does not count.
  std::string OtherFacts(const std::string& about) const {
    for (const StepView& view : views_) {
      if (IsOfAnswer(about) && !KeptRule(view).empty()) return fmt::format(": {}", KeptRule(view));
      std::vector<std::string_view> others;
      for (const std::string& fact : view.broken.facts) {
        if (fact == about) continue;
        const bool slipped = fact == "method" && !view.broken.method_slip.empty();
        others.push_back(slipped ? view.broken.method_slip : fact);
      }
      if (view.broken.breaks_body) others.emplace_back("requestBody");
      if (!others.empty()) return fmt::format(": its request breaks {}", fmt::join(others, ", "));
    }
    return "";
  }

  const Case& case_;
  const Row* row_;
  const Contract& contract_;
  const Catalog& catalog_;
  Diagnostics& diagnostics_;
  std::vector<StepView> views_;
  bool complained_ = false;
  bool unseen_ = false;   // of a step that is mistaken nobody knows what it is evidence for,
  bool foreign_ = false;  // nor of one of an unknown operation which clauses it may list
  EvidencePlan plan_;
};

}  // namespace

EvidencePlan PlanEvidence(const Case& test_case, const Row* row, const Contract& contract,
                          const Catalog& catalog, Diagnostics& diagnostics) {
  return Planner(test_case, row, contract, catalog, diagnostics).Plan();
}

}  // namespace conform
