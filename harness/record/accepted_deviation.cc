#include "record/accepted_deviation.h"

#include <algorithm>
#include <string_view>

#include "case/deviation.h"

namespace conform {

bool IsOf(const DeviationRecord& deviation, const TestRecord& test) {
  const std::string_view name = test.name;
  const std::size_t row = name.find('/');
  return NamesTest(deviation.case_id, test.case_id,
                   row == std::string_view::npos ? "" : name.substr(row + 1));
}

bool IsAcceptedBy(const Finding& finding, const DeviationRecord& deviation) {
  if (finding.clause.id != deviation.clause) return false;
  const auto& places = finding.accepted_at;
  return places.empty() ? finding.deviation == deviation.reason
                        : std::find(places.begin(), places.end(), deviation.place) != places.end();
}

bool Happened(const DeviationRecord& deviation, const TestRecord& test) {
  const auto& findings = test.verdict.findings;
  return IsOf(deviation, test) &&
         std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return IsAcceptedBy(finding, deviation); });
}

}  // namespace conform
