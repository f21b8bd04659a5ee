#include "report/sarif_result.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/breach_kind.h"
#include "base/digest.h"
#include "base/percent.h"
#include "base/utf8.h"

namespace conform {
namespace {

using nlohmann::ordered_json;

/// Of the path of a URI (RFC 3986 §3.3).
std::string EscapePath(std::string_view path) {
  constexpr std::string_view kAllowed = "-._~/!$&'()*+,;=@";
  return EncodePercent(path, kAllowed);
}

ordered_json MakeArtifact(std::string_view path) {
  const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
  ordered_json artifact;
  if (normal.is_absolute()) {
    artifact["uri"] = "file://" + EscapePath(normal.generic_string());
  } else {
    artifact["uri"] = EscapePath(normal.generic_string());
    artifact["uriBaseId"] = kSarifRoot;
  }
  return artifact;
}

/// 32 hexadecimal digits.
std::string Fingerprint(const TestRecord& test, const Finding& finding) {
  const std::size_t slash = test.name.find('/');
  const std::string row = slash == std::string::npos ? "" : test.name.substr(slash);
  const std::string text =
      fmt::format("{}\n{}\n{}\n{}{}\n{}\n{}", finding.clause.operation, finding.clause.edition,
                  finding.clause.id, test.case_id, row, finding.step, BreachKind(finding.subject));
  return Sha256Hex(text).substr(0, 32);
}

std::string Describe(const TestRecord& test, const Finding& finding) {
  return fmt::format("{} — {} Expected {}, got {}.", ShowLine(finding.message, 600),
                     ShowLine(finding.says, 600), ShowLine(finding.expected, 300),
                     ShowLine(finding.actual, 300)) +
         fmt::format(" Test {}{}{}.", ShowLine(test.Id(), 300),
                     finding.step.empty() ? "" : ", step ", ShowLine(finding.step));
}

}  // namespace

std::string_view SarifLevel(Strength strength) {
  switch (strength) {
    case Strength::kMust:
      return "error";
    case Strength::kShould:
      return "warning";
    case Strength::kObserve:
      break;
  }
  return "note";
}

std::string SarifRuleId(const ClauseKey& clause) {
  return clause.edition.empty() ? clause.id : fmt::format("{}/{}", clause.id, clause.edition);
}

ordered_json MakeSarifLocation(std::string_view path, const Span& span, std::string_view excerpt) {
  ordered_json location;
  ordered_json& physical = location["physicalLocation"];
  physical["artifactLocation"] = MakeArtifact(path);
  if (span.line < 1) return location;
  ordered_json& region = physical["region"];
  region["startLine"] = span.line;
  if (span.column > 0) {
    region["startColumn"] = span.column;
    region["endColumn"] = span.column + std::max(span.length, 1);
  }
  if (!excerpt.empty()) region["snippet"]["text"] = ShowLine(excerpt, 1'000);
  return location;
}

ordered_json MakeSarifResult(const TestRecord& test, const Finding& finding,
                             std::optional<std::size_t> rule_index) {
  ordered_json result;
  result["ruleId"] = SarifRuleId(finding.clause);
  if (rule_index) result["ruleIndex"] = *rule_index;
  result["kind"] = "fail";
  result["level"] = SarifLevel(finding.strength);
  result["message"]["text"] = Describe(test, finding);
  ordered_json location = MakeSarifLocation(finding.path, finding.span, finding.excerpt);
  ordered_json logical;
  logical["fullyQualifiedName"] = test.Id();
  logical["kind"] = "member";
  location["logicalLocations"] = ordered_json::array({std::move(logical)});
  result["locations"] = ordered_json::array({std::move(location)});
  result["partialFingerprints"]["conformBreach/v1"] = Fingerprint(test, finding);
  if (!finding.deviation.empty()) {
    ordered_json suppression;
    suppression["kind"] = "external";
    suppression["status"] = "accepted";
    suppression["justification"] = finding.deviation;
    result["suppressions"] = ordered_json::array({std::move(suppression)});
  }
  result["properties"] = {{"subject", finding.subject},
                          {"expected", finding.expected},
                          {"actual", finding.actual},
                          {"source", finding.source}};
  return result;
}

}  // namespace conform
