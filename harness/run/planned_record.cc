#include "run/planned_record.h"

#include "base/duration.h"

namespace conform {

TestRecord PlannedRecord(const Test& test) {
  TestRecord record;
  record.suite = test.Suite();
  record.name = test.Name();
  record.case_id = test.test_case->id;
  record.title = test.test_case->title;
  record.operation = test.contract->operation;
  record.edition = test.contract->edition;
  record.path = test.Path();
  record.line = test.Line();
  record.identity = NameOf(test.test_case->identity.kind);
  record.expects_success = test.plan->expects_success;
  return record;
}

std::vector<StepRecord> PlannedSteps(const Case& test_case) {
  std::vector<StepRecord> records;
  if (test_case.steps.size() < 2) return records;
  records.reserve(test_case.steps.size());
  for (const Step& step : test_case.steps) {
    StepRecord& record = records.emplace_back();
    record.name = step.name;
    record.does = step.wait ? "wait " + FormatDuration(*step.wait) : "request";
    record.cleanup = step.cleans_up;
  }
  return records;
}

}  // namespace conform
