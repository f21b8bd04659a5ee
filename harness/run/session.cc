#include "run/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "auth/environment_tokens.h"
#include "auth/made_up_tokens.h"
#include "auth/test_tokens.h"
#include "base/date.h"
#include "base/digest.h"
#include "run/version.h"
#include "verdict/breach.h"

namespace conform {
namespace {

std::optional<std::string> ReadEnvironment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::unique_ptr<TokenSource> MakeTokens(const Profile& profile, const Clock& clock) {
  std::vector<std::unique_ptr<TokenSource>> sources;
  sources.push_back(std::make_unique<EnvironmentTokens>(ReadEnvironment));
  sources.push_back(std::make_unique<MadeUpTokens>());
  if (profile.mock) sources.push_back(std::make_unique<TestTokens>(clock));
  return std::make_unique<FirstOf>(std::move(sources));
}

ClauseRecord RecordClause(const Clause& clause, const std::string& operation,
                          const std::string& edition) {
  return {
      {clause.id, operation, edition},  clause.about,   clause.binds, clause.strength, clause.says,
      Describe(clause.source, edition), clause.untested};
}

/// Of every contract that a test of the run is judged by, and of the protocols.
std::vector<ClauseRecord> RecordClauses(const Workspace& workspace) {
  std::set<const Contract*> used;
  for (const Test& test : workspace.tests) {
    used.insert(test.contract);
    for (const Contract* contract : test.plan->contracts) {
      if (contract != nullptr) used.insert(contract);
    }
  }
  std::vector<ClauseRecord> records;
  for (const Contract& contract : workspace.catalog.contracts) {
    if (used.count(&contract) == 0) continue;
    for (const Clause& clause : contract.clauses) {
      records.push_back(RecordClause(clause, contract.operation, contract.edition));
    }
  }
  for (const ProtocolSet& set : workspace.catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      ClauseRecord record = RecordClause(each.clause, "", "");
      record.strength = WeighIn(workspace.profile.softened, set.name, record.strength);
      records.push_back(std::move(record));
    }
  }
  return records;
}

std::vector<DeviationRecord> RecordDeviations(const Workspace& workspace, const Clock& clock) {
  std::vector<DeviationRecord> records;
  const auto today = std::chrono::floor<std::chrono::days>(clock.Now());
  for (const Deviation& each : workspace.deviations.items) {
    const auto& profiles = each.profiles;
    if (std::find(profiles.begin(), profiles.end(), workspace.profile.name) == profiles.end()) {
      continue;
    }
    records.push_back({each.clause, each.case_id, each.actual, each.reason, each.approver,
                       FormatDate(each.review), today > each.review,
                       fmt::format("{}:{}:{}", workspace.deviations.source->path(), each.span.line,
                                   each.span.column)});
  }
  return records;
}

}  // namespace

Expected<std::unique_ptr<Session>> Session::Open(const Workspace& workspace, Clock& clock,
                                                 CheckTable checks, const RunLimits& limits,
                                                 bool strict,
                                                 const std::set<std::string, std::less<>>& faults) {
  std::unique_ptr<Session> session(new Session());
  auto target = Target::Open(workspace, clock, faults);
  if (!target) return Fail(target.error().message);
  session->target_ = std::move(*target);
  session->judge_ = std::make_unique<Judge>(
      workspace.catalog, workspace.deviations, std::move(checks),
      JudgeOptions{workspace.profile.softened, workspace.profile.name, strict});
  session->tokens_ = MakeTokens(workspace.profile, clock);
  session->redactor_ = std::make_unique<Redactor>(RandomUuid());
  session->runner_ =
      std::make_unique<TestRunner>(*session->target_, *session->judge_, *session->tokens_,
                                   *session->redactor_, clock, limits, workspace.profile.variables);
  return session;
}

RunHeader MakeHeader(const Workspace& workspace, const Target& target, const Clock& clock,
                     bool strict) {
  RunHeader header;
  header.tool_version = kVersion;
  header.started = clock.Now();
  header.profile = workspace.profile.name;
  header.target = target.name();
  header.mock = target.is_mock();
  header.strict = strict;
  header.requires_clauses = workspace.profile.requires_clauses;
  header.clauses = RecordClauses(workspace);
  header.deviations = RecordDeviations(workspace, clock);
  header.population = workspace.tests.size();
  return header;
}

}  // namespace conform
