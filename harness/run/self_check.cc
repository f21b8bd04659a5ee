#include "run/self_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "mock/fault.h"
#include "run/session.h"

namespace conform {
namespace {

constexpr std::string_view kAbout = "about:";
constexpr std::string_view kSuccess = "responses.success";
constexpr std::string_view kSuccessStatus = "responses.success_status";
constexpr std::string_view kContent = "responses.content";
constexpr std::string_view kAnyResponse = "responses";

/// Whether what a fault says it breaks is this clause.
bool Selects(std::string_view selector, const ClauseKey& key, const Catalog& catalog) {
  if (selector.substr(0, kAbout.size()) != kAbout)
    return key.operation.empty() && key.id == selector;
  const Contract* contract = catalog.Find(key.operation, key.edition);
  const Clause* clause = contract == nullptr ? nullptr : contract->FindClause(key.id);
  if (clause == nullptr) return false;
  std::string_view fact = selector.substr(kAbout.size());
  if (const std::size_t colon = fact.find(':'); colon != std::string_view::npos) {
    if (fact.substr(0, colon) != key.operation) return false;
    fact.remove_prefix(colon + 1);
  }
  const bool by_status = fact == kSuccessStatus;
  if (by_status && !contract->Success().range.empty()) return false;
  if (by_status || fact == kSuccess) return clause->about == AboutOf(contract->Success());
  if (fact == kAnyResponse) return clause->about.starts_with("responses.");
  if (fact != kContent) return clause->about == fact;
  return std::any_of(contract->responses.begin(), contract->responses.end(),
                     [&](const ResponseRule& rule) {
                       return !rule.content.empty() && clause->about == AboutOf(rule);
                     });
}

bool IsBrokenBy(const Fault& fault, const ClauseKey& key, const Catalog& catalog) {
  return std::any_of(fault.breaks.begin(), fault.breaks.end(),
                     [&](std::string_view each) { return Selects(each, key, catalog); });
}

std::string Describe(const ClauseKey& key) {
  return key.operation.empty() ? key.id : fmt::format("{} ({})", key.id, key.edition);
}

Expected<std::vector<TestRecord>> RunWith(const Workspace& workspace, Clock& clock,
                                          const CheckTable& checks,
                                          const std::set<std::string, std::less<>>& faults) {
  // Of the mock's own tokens, and of a run that nothing is written of.
  Redactor redactor(RandomUuid());
  const auto session = Session::Open(workspace, clock, redactor, checks, {}, false, faults);
  if (!session) return Fail(session.error().message);
  std::vector<TestRecord> records;
  for (const Test& test : workspace.tests) records.push_back((*session)->runner().Run(test));
  return records;
}

/// Those that steps of the tests are judged by.
std::set<const Contract*> ContractsOf(const Workspace& workspace) {
  std::set<const Contract*> used;
  for (const Test& test : workspace.tests) {
    used.insert(test.plan->contracts.begin(), test.plan->contracts.end());
  }
  used.erase(nullptr);  // a wait is judged by none
  return used;
}

/// The clauses that a judge of these tests may name: of their contracts, and of every protocol set.
std::vector<ClauseKey> ClausesOf(const Workspace& workspace) {
  std::vector<ClauseKey> keys;
  for (const Contract* contract : ContractsOf(workspace)) {
    for (const Clause& clause : contract->clauses) {
      if (IsJudged(clause)) keys.push_back({clause.id, contract->operation, contract->edition});
    }
  }
  for (const ProtocolSet& set : workspace.catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      if (IsJudged(each.clause)) keys.push_back({each.clause.id, "", ""});
    }
  }
  return keys;
}

/// Of what the fault says it breaks, what somebody promises here.
std::vector<std::string_view> FindPromised(const Fault& fault, const std::vector<ClauseKey>& known,
                                           const Catalog& catalog) {
  std::vector<std::string_view> promised;
  for (const std::string_view selector : fault.breaks) {
    const bool selects = std::any_of(known.begin(), known.end(), [&](const ClauseKey& key) {
      return Selects(selector, key, catalog);
    });
    if (selects) promised.push_back(selector);
  }
  return promised;
}

/// `judged` are the clauses that tests judge whose answers it changes: with a finding at all, what
/// none of them judges is not missed but lacks a case.
FaultResult Compare(const Fault& fault, const std::vector<std::string_view>& selectors,
                    const std::vector<TestRecord>& records, const std::set<ClauseKey>& judged,
                    const Catalog& catalog) {
  FaultResult result;
  result.fault = fault.name;
  for (const TestRecord& record : records) {
    if (!record.verdict.findings.empty()) ++result.tests;
    for (const Finding& finding : record.verdict.findings) result.found.insert(finding.clause);
  }
  for (const ClauseKey& key : result.found) {
    if (!IsBrokenBy(fault, key, catalog)) result.strays.push_back(Describe(key));
  }
  for (const std::string_view selector : selectors) {
    const auto selects = [&](const ClauseKey& key) { return Selects(selector, key, catalog); };
    const bool answered = std::any_of(result.found.begin(), result.found.end(), selects);
    const bool is_due = result.found.empty() || std::any_of(judged.begin(), judged.end(), selects);
    if (is_due && !answered) result.missed.push_back(selector);
  }
  return result;
}

/// Of a text what is the same in every run: ids and times are digits and hex letters.
std::string Steady(std::string text, const std::string& sent_id) {
  if (!sent_id.empty()) {
    for (std::size_t at = 0; (at = text.find(sent_id, at)) != std::string::npos;) {
      text.replace(at, sent_id.size(), "(sent)");
    }
  }
  for (char& c : text) c = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? '0' : c;
  return text;
}

/// What a test was answered, as far as it is the same in every run: a change of digits is not seen.
std::string AnswersOf(const TestRecord& record) {
  std::string text;
  for (const ExchangeRecord& exchange : record.exchanges) {
    const auto add = [&](const MessageRecord& answer) {
      text += answer.start_line + '\n';
      for (const FieldRecord& field : answer.fields) {
        text += field.name + ": " + Steady(field.value, exchange.client_request_id) + '\n';
      }
      text += Steady(answer.body, exchange.client_request_id) + '\n';
    };
    for (const AttemptRecord& attempt : exchange.attempts) {
      for (const MessageRecord& each : attempt.interim) add(each);
      for (const MessageRecord& each : attempt.response) add(each);
      for (const ObservationRecord& each : attempt.observations) text += each.name + '\n';
      text += attempt.trouble + '\n';
    }
  }
  return text;
}

void AddJudged(const TestRecord& record, std::set<ClauseKey>& judged) {
  for (const JudgedClause& each : record.verdict.judged) judged.insert(each.clause);
}

/// The tests where nothing is planted, what they are answered and what they judge.
struct Sound {
  std::vector<TestRecord> records;
  std::vector<std::string> answers;
  std::set<ClauseKey> judged;
};

/// Those of them whose answers a fault changes, or that find it.
std::vector<const TestRecord*> ChangedBy(const std::vector<TestRecord>& faulty,
                                         const Sound& sound) {
  std::vector<const TestRecord*> changed;
  for (std::size_t i = 0; i < faulty.size(); ++i) {
    const bool same =
        faulty[i].verdict.findings.empty() && AnswersOf(faulty[i]) == sound.answers[i];
    if (!same) changed.push_back(&sound.records[i]);
  }
  return changed;
}

/// Service clauses of strength must or should that no fault broke. `tried` are those that some
/// fault was to break, in a test that judges them.
void FindUnbroken(const Workspace& workspace, const std::set<ClauseKey>& judged,
                  const std::set<ClauseKey>& tried, const std::set<ClauseKey>& broken,
                  SelfCheck& result) {
  const auto look = [&](const Clause& clause, const ClauseKey& key) {
    if (!IsJudged(clause) || broken.count(key) > 0) return;
    if (!clause.untested.empty()) {
      result.stated_untested.push_back(fmt::format("{}: {}", Describe(key), clause.untested));
      return;
    }
    const bool has_fault =
        std::any_of(FaultCatalogue().begin(), FaultCatalogue().end(),
                    [&](const Fault& fault) { return IsBrokenBy(fault, key, workspace.catalog); });
    const bool lacks_case = judged.count(key) == 0 || (has_fault && tried.count(key) == 0);
    (lacks_case ? result.without_case : result.unbreakable).push_back(key);
  };
  std::set<const Contract*> used;
  for (const Test& test : workspace.tests) used.insert(test.contract);
  for (const Contract& contract : workspace.catalog.contracts) {
    if (used.count(&contract) == 0) continue;
    for (const Clause& clause : contract.clauses) {
      look(clause, {clause.id, contract.operation, contract.edition});
    }
  }
  for (const ProtocolSet& set : workspace.catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) look(each.clause, {each.clause.id, "", ""});
  }
}

}  // namespace

bool SelfCheck::Holds() const {
  return CatchesAll() && without_case.empty() && unbreakable.empty();
}

bool SelfCheck::CatchesAll() const {
  return broken_without_fault.empty() &&
         std::all_of(faults.begin(), faults.end(),
                     [](const FaultResult& fault) { return fault.IsCaught(); });
}

Expected<SelfCheck> RunSelfCheck(const Workspace& workspace, Clock& clock, const CheckTable& checks,
                                 const std::function<void(const FaultResult&)>& tell,
                                 const std::set<std::string_view>& only) {
  SelfCheck result;
  auto unspoilt = RunWith(workspace, clock, checks, {});
  if (!unspoilt) return Fail(unspoilt.error().message);
  Sound sound{*std::move(unspoilt), {}, {}};
  for (const TestRecord& record : sound.records) {
    sound.answers.push_back(AnswersOf(record));
    AddJudged(record, sound.judged);
    if (record.verdict.outcome != Outcome::kPass)
      result.broken_without_fault.push_back(record.Id());
  }
  std::set<ClauseKey> tried;
  std::set<ClauseKey> broken;
  const std::vector<ClauseKey> known = ClausesOf(workspace);
  for (const Fault& fault : FaultCatalogue()) {
    if (!only.empty() && only.count(fault.name) == 0) continue;
    const auto promised = FindPromised(fault, known, workspace.catalog);
    if (promised.empty()) {
      result.not_planted.push_back(fault.name);
      continue;
    }
    const auto records = RunWith(workspace, clock, checks, {std::string(fault.name)});
    if (!records) return Fail(records.error().message);
    const std::vector<const TestRecord*> changed = ChangedBy(*records, sound);
    if (changed.empty()) {
      result.without_effect.push_back(fault.name);
      continue;
    }
    std::set<ClauseKey> judged;
    for (const TestRecord* record : changed) AddJudged(*record, judged);
    for (const ClauseKey& key : judged) {
      if (IsBrokenBy(fault, key, workspace.catalog)) tried.insert(key);
    }
    FaultResult compared = Compare(fault, promised, *records, judged, workspace.catalog);
    broken.insert(compared.found.begin(), compared.found.end());
    tell(compared);
    result.faults.push_back(std::move(compared));
  }
  if (only.empty()) FindUnbroken(workspace, sound.judged, tried, broken, result);
  return result;
}

}  // namespace conform
