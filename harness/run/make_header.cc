#include "run/make_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/date.h"
#include "base/digest.h"
#include "base/permission.h"
#include "run/build.h"
#include "run/self_check_result.h"
#include "run/token_origin.h"
#include "token/claims.h"
#include "token/jwt.h"
#include "verdict/breach.h"

namespace conform {
namespace {

ClauseRecord RecordClause(const Clause& clause, const std::string& operation,
                          const std::string& edition) {
  return {
      {clause.id, operation, edition},  clause.about,   clause.binds, clause.strength, clause.says,
      Describe(clause.source, edition), clause.untested};
}

/// Of each operation the edition that a service is judged by, where no case tests it: what it
/// promises is not judged, and to leave that out would hide it. Who chose cases by path asked for
/// these alone.
void AddUntested(const Workspace& workspace, std::set<const Contract*>& used) {
  if (workspace.chosen_by_path) return;
  for (const Contract* contract : workspace.catalog.Serving(workspace.profile.as_of)) {
    used.insert(contract);
  }
}

/// Of every contract that a test of the run is judged by or none tests, and of the protocols.
std::vector<ClauseRecord> RecordClauses(const Workspace& workspace) {
  std::set<const Contract*> used;
  for (const Test& test : workspace.tests) {
    used.insert(test.contract);
    for (const Contract* contract : test.plan->contracts) {
      if (contract != nullptr) used.insert(contract);
    }
  }
  AddUntested(workspace, used);
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

std::vector<DeviationRecord> RecordDeviations(const Workspace& workspace,
                                              std::chrono::system_clock::time_point started) {
  std::vector<DeviationRecord> records;
  const auto today = std::chrono::floor<std::chrono::days>(started);
  for (const Deviation& each : workspace.deviations.items) {
    const auto& profiles = each.profiles;
    if (std::find(profiles.begin(), profiles.end(), workspace.profile.name) == profiles.end()) {
      continue;
    }
    records.push_back({each.clause, each.case_id, each.actual, each.reason, each.approver,
                       each.issue, FormatDate(each.review), today > each.review, each.place,
                       each.subject});
  }
  return records;
}

/// Texts of a claim that is a text of words or a list of texts.
std::vector<std::string> WordsOf(const nlohmann::json& claims, const char* name) {
  const std::string words = TextClaim(claims, name);
  return words.empty() ? TextsClaim(claims, name) : PermissionNames(words);
}

/// Who asks in some test, with what is known of each before a token is asked for.
std::vector<IdentityRecord> RecordIdentities(const Workspace& workspace,
                                             const Environment& environment) {
  std::set<IdentityKind> used;
  for (const Test& test : workspace.tests) used.insert(test.test_case->identity.kind);
  std::vector<IdentityRecord> records;
  for (const IdentityKind kind : used) {
    IdentityRecord& record = records.emplace_back();
    record.identity = NameOf(kind);
    record.source = TokenOrigin(workspace.profile, kind, environment);
    if (record.source.empty()) record.source = "none";
    if (kind == IdentityKind::kNone) continue;
    const auto jwt = ReadJwt(TokenAtHand(workspace.profile, kind, environment));
    if (!jwt) continue;
    record.tenant = TextClaim(jwt->claims, "tid");
    record.application = TextClaim(jwt->claims, "appid");
    if (record.application.empty()) record.application = TextClaim(jwt->claims, "azp");
    record.scopes = WordsOf(jwt->claims, "scp");
    record.roles = WordsOf(jwt->claims, "roles");
  }
  return records;
}

}  // namespace

std::vector<FileRecord> RecordFiles(const Workspace& workspace) {
  std::vector<FileRecord> files;
  const auto add = [&](const char* kind, const std::shared_ptr<const SourceText>& source) {
    if (source) files.push_back({kind, source->path(), source->Digest()});
  };
  for (const Contract& contract : workspace.catalog.contracts) {
    if (!contract.source) continue;
    add("spec", contract.source);
    files.back().operation = contract.operation;
    files.back().edition = contract.edition;
  }
  for (const ProtocolSet& set : workspace.catalog.protocols) add("spec", set.source);
  for (const Case& each : workspace.cases) {
    add("case", each.source);
    for (const auto& file : each.beside) add("beside", file);
  }
  add("deviations", workspace.deviations.source);
  add("profile", workspace.profile.source);
  return files;
}

RunHeader MakeHeader(const Workspace& workspace, const Target& target,
                     std::chrono::system_clock::time_point started, const Environment& environment,
                     bool strict) {
  RunHeader header;
  header.tool = ThisTool();
  header.started = std::chrono::floor<std::chrono::milliseconds>(started);
  header.time_zone = TimeZoneOffset(header.started);
  header.host = HostName();
  header.ci_run = CiRunAddress(environment);
  header.profile = workspace.profile.name;
  header.target = target.name();
  header.mock = target.is_mock();
  header.strict = strict;
  header.identities = RecordIdentities(workspace, environment);
  for (const PlacedText& each : workspace.profile.requires_clauses) {
    header.requires_clauses.push_back(each.text);
  }
  header.clauses = RecordClauses(workspace);
  header.deviations = RecordDeviations(workspace, started);
  header.files = RecordFiles(workspace);
  if (const auto result = FindSelfCheck(header.tool, header.files, environment)) {
    header.self_check = {*result};
  }
  header.population = workspace.tests.size();
  return header;
}

}  // namespace conform
