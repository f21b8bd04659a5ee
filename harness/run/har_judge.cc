#include "run/har_judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/http_text.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "exchange/json_body.h"
#include "run/exchange_record.h"
#include "run/har_exchange.h"
#include "run/planned_record.h"

namespace conform {
namespace {

/// Reads what the strict reader observed of bytes, of which a recording has none.
constexpr std::string_view kWireCheck = "not_observed";
constexpr std::array<std::string_view, 4> kContentChecks = {"error_object", "error_member",
                                                            "error_media_type", "json_content"};

bool HoldsContent(const HarEntry& entry) {
  return entry.content.has_value() && !entry.content_spoilt;
}

/// Every check that this entry holds enough for.
CheckTable ChecksFor(const HarEntry& entry) {
  CheckTable checks = StandardChecks();
  checks.client = nullptr;  // what the client owes was not ours to send
  checks.protocol.erase(checks.protocol.find(kWireCheck));
  if (!HoldsContent(entry)) {
    for (const std::string_view name : kContentChecks) {
      checks.protocol.erase(checks.protocol.find(name));
    }
  }
  if (entry.response_fields.empty()) checks.protocol.clear();
  return checks;
}

/// As forms and most clients write it: `%24filter`, `a+b`.
std::string DecodeName(std::string_view spelt) {
  std::string name(spelt);
  std::replace(name.begin(), name.end(), '+', ' ');
  return DecodePercent(name);
}

/// Parameters that a contract does not name may ask for another shape of the answer.
std::string FindForeignParameter(const Contract& contract, std::string_view query) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    const std::string name = DecodeName(pair.substr(0, pair.find('=')));
    const bool named = std::any_of(contract.parameters.begin(), contract.parameters.end(),
                                   [&](const Parameter& each) {
                                     return each.in == Parameter::In::kQuery && each.name == name;
                                   });
    if (!named && !name.empty()) return name;
  }
  return "";
}

/// Why the answer is not held against the contract's success; empty: it is.
std::string WhyOpen(const MatchedEntry& matched) {
  const HarEntry& entry = *matched.entry;
  const Contract& contract = *matched.contract;
  if (entry.status < 100) return "";  // told by the attempt's trouble
  if (const Field* prefer = FindField(entry.request_fields, "Prefer")) {
    return fmt::format("the request asks for another answer: Prefer: {}", ShowLine(prefer->value));
  }
  if (IsSuccessStatus(entry.status) || entry.status / 100 == 5) return "";
  if (contract.FindResponse(entry.status) != nullptr) return "";
  constexpr std::array kOfWhoAsks = {401, 403, 404};
  const bool who =
      std::find(kOfWhoAsks.begin(), kOfWhoAsks.end(), entry.status) != kOfWhoAsks.end();
  return fmt::format("it was answered {}, and a recording does not show {}", entry.status,
                     who ? "whether who asked may" : "what brought that about");
}

/// Why only the status is held against the contract's success; empty: all of it is.
std::string WhyStatusAlone(const MatchedEntry& matched) {
  const bool some = !matched.contract->Success().content.empty();
  if (!some || matched.entry->method == "HEAD") return "";
  if (!matched.entry->content) return "the recording does not hold the content";
  if (matched.entry->content_spoilt) return "the recording does not hold the content as it came";
  const std::string name = FindForeignParameter(*matched.contract, matched.address.query);
  if (name.empty()) return "";
  return fmt::format("the content may have another shape: the query asks for {}", ShowLine(name));
}

/// Status, and the content's schema or that there is none. Media type and header fields are held
/// against the contract besides.
std::vector<Expectation> ExpectationsOf(const Contract& contract) {
  const ResponseRule& success = contract.Success();
  std::vector<Expectation> expectations(2);
  expectations.front().statuses = {{StatusesOf(success), {}}};
  expectations.back().subject = success.content.empty() ? Expectation::Subject::kNoBody
                                                        : Expectation::Subject::kContractSchema;
  return expectations;
}

/// The clause about the success answer: all that a recorded answer can keep. Of several the first
/// is about the answer as a whole, the others about a part, which their own cases try. Null: none.
const Clause* FindAnswerClause(const Contract& contract) {
  const std::string about = AboutOf(contract.Success());
  for (const Clause& clause : contract.clauses) {
    if (clause.about == about && IsJudged(clause) && clause.untested.empty()) return &clause;
  }
  return nullptr;
}

EvidencePlan MakePlan(const Contract& contract) {
  EvidencePlan plan;
  plan.contracts = {&contract};
  if (const Clause* clause = FindAnswerClause(contract)) {
    plan.evidence.push_back({clause, Role::kAnswer, 0});
  }
  return plan;
}

bool IsRefusal(const Clause& clause) { return clause.id.find(".refusal.") != std::string::npos; }

std::string WhyUnshown(const ClauseRecord& clause, const Catalog& catalog) {
  if (clause.binds == Binds::kClient) return "What was sent was not sent by conform.";
  if (clause.binds != Binds::kService || clause.strength == Strength::kObserve) return "";
  if (clause.IsContract()) {
    const Contract* contract = catalog.Find(clause.key.operation, clause.key.edition);
    const Clause* answer = contract == nullptr ? nullptr : FindAnswerClause(*contract);
    if (answer != nullptr && answer->id == clause.key.id) return "";
    if (answer != nullptr && answer->about == clause.about) return "Its own cases try it.";
    return clause.about.starts_with("responses.")
               ? "A recording does not show the state of the tenant."
               : "A recording does not show who asked, nor what the call did.";
  }
  const ProtocolClause* protocol = catalog.FindProtocolClause(clause.key.id);
  if (protocol == nullptr) return "";
  if (protocol->check == kWireCheck) return "A recording does not show the bytes on the wire.";
  return IsRefusal(protocol->clause) ? "A recording does not show who asked." : "";
}

}  // namespace

HarJudge::HarJudge(Workspace& workspace, std::vector<MatchedEntry> matched, std::string path,
                   bool strict)
    : workspace_(workspace),
      matched_(std::move(matched)),
      options_{workspace.profile.softened, workspace.profile.name, strict} {
  // A recording can be one line of a hundred megabytes: findings show no line of it.
  const auto source = std::make_shared<const SourceText>(std::move(path), "");
  workspace_.tests.clear();
  workspace_.cases.clear();
  workspace_.chosen_by_path = true;  // what it does not touch lacks no case
  workspace_.cases.reserve(matched_.size());
  for (const MatchedEntry& each : matched_) {
    workspace_.cases.push_back(MakeCase(each, source));
    workspace_.tests.push_back(
        {&workspace_.cases.back(), nullptr, each.contract, PlanFor(*each.contract)});
  }
}

std::shared_ptr<const EvidencePlan> HarJudge::PlanFor(const Contract& contract) {
  auto& plan = plans_[&contract];
  if (plan == nullptr) plan = std::make_shared<const EvidencePlan>(MakePlan(contract));
  return plan;
}

Case HarJudge::MakeCase(const MatchedEntry& matched,
                        const std::shared_ptr<const SourceText>& source) {
  const HarEntry& entry = *matched.entry;
  Case made;
  made.name = fmt::format("entry_{}", entry.index);
  made.id = fmt::format("{}/{}", source->path(), made.name);
  made.title = fmt::format("Recorded exchange {}: {} {}", entry.index, ShowLine(entry.method),
                           ShowLine(matched.address.path));
  made.operation = matched.contract->operation;
  made.source = source;
  Step& step = made.steps.emplace_back();
  step.name = "request";
  step.span = {entry.line, 1, 1};
  step.expectations = ExpectationsOf(*matched.contract);
  for (Expectation& each : step.expectations) {
    each.span = step.span;
    each.is_contracts = true;
  }
  return made;
}

TestRecord HarJudge::Judge(std::size_t index, const Redactor& redactor) const {
  const MatchedEntry& matched = matched_[index];
  const Test& test = workspace_.tests[index];
  Exchange exchange = MakeExchange(*matched.entry, matched.address);
  const conform::Judge judge(workspace_.catalog, workspace_.deviations, ChecksFor(*matched.entry),
                             options_);
  const std::string open = WhyOpen(matched);
  const std::string status_alone = WhyStatusAlone(matched);
  const Scope scope;
  StepFacts facts;
  facts.exchange = &exchange;
  facts.scope = &scope;
  facts.tolerated = !open.empty();
  facts.recorded = true;
  facts.goes_on = !status_alone.empty();
  TestRecord record = PlannedRecord(test);
  Verdict& verdict = record.verdict;
  judge.JudgeStep(test, facts, verdict);
  if (verdict.reason.empty()) verdict.reason = open.empty() ? status_alone : open;
  judge.Conclude(test, verdict);
  if (matched.entry->response_fields.empty() && exchange.last().response) {
    verdict.observed.push_back({"", "recording", "shows no header fields"});
  }
  record.started = matched.entry->started;
  record.exchanges.push_back(RecordExchange(std::move(exchange), matched.address.origin));
  record.duration = record.exchanges.back().duration;
  RedactRecord(redactor, record);
  record.title = redactor.Redact(record.title);
  return record;
}

std::size_t TellUnshown(const Catalog& catalog, std::vector<ClauseRecord>& clauses) {
  std::size_t count = 0;
  for (ClauseRecord& clause : clauses) {
    if (!clause.untested.empty()) continue;
    clause.untested = WhyUnshown(clause, catalog);
    count += clause.untested.empty() ? 0 : 1;
  }
  return count;
}

}  // namespace conform
