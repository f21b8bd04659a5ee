#include "record/accepted_deviation.h"

#include <gtest/gtest.h>

#include "record/example_record.h"

namespace conform {
namespace {

DeviationRecord DeviationAt(const std::string& place, const std::string& case_id = "*") {
  DeviationRecord deviation;
  deviation.clause = ExampleFinding().clause.id;
  deviation.case_id = case_id;
  deviation.reason = "known";
  deviation.place = place;
  return deviation;
}

struct Breach {
  const char* name;
  const char* accepted_for;              ///< the reason.
  std::vector<std::string> accepted_at;  ///< places.
  DeviationRecord deviation;
  bool happened;
};

TEST(Happened, GoesByThePlaceOfWhatTheJudgeSaidThatItAccepts) {
  const std::string id = ExampleFailure().case_id;
  const Breach rows[] = {
      {"by this one", "known", {"d.yaml:1:3"}, DeviationAt("d.yaml:1:3"), true},
      {"by another of the same reason", "known", {"d.yaml:1:3"}, DeviationAt("d.yaml:9:3"), false},
      {"by both", "known", {"d.yaml:1:3", "d.yaml:9:3"}, DeviationAt("d.yaml:9:3"), true},
      {"of this case", "known", {"d.yaml:1:3"}, DeviationAt("d.yaml:1:3", id), true},
      {"of a row that is another",
       "known",
       {"d.yaml:1:3"},
       DeviationAt("d.yaml:1:3", id + "/b"),
       false},
      {"of another case", "known", {"d.yaml:1:3"}, DeviationAt("d.yaml:1:3", "other"), false},
      {"in a record that tells the reason alone", "known", {}, DeviationAt("d.yaml:1:3"), true},
      {"in such a record by another reason", "broken", {}, DeviationAt("d.yaml:1:3"), false},
      {"accepted by none", "", {}, DeviationAt("d.yaml:1:3"), false},
  };
  for (const Breach& row : rows) {
    TestRecord test = ExampleFailure();
    test.verdict.findings[0].deviation = row.accepted_for;
    test.verdict.findings[0].accepted_at = row.accepted_at;
    EXPECT_EQ(Happened(row.deviation, test), row.happened) << row.name;
  }
}

TEST(IsOf, ACasesDeviationIsOneOfEachOfItsRows) {
  TestRecord test = ExampleFailure();
  test.name = "documented_request/row_a";
  EXPECT_TRUE(IsOf(DeviationAt("", test.case_id), test));
  EXPECT_TRUE(IsOf(DeviationAt("", test.case_id + "/row_a"), test));
  EXPECT_FALSE(IsOf(DeviationAt("", test.case_id + "/row_b"), test));
}

}  // namespace
}  // namespace conform
