#include "verdict/refusal_cause.h"

#include <gtest/gtest.h>

#include "verdict/sample_judging.h"

namespace conform {
namespace {

/// GET /things with a key and a query, and answers for all kinds of conditions.
Contract OfRefusals() {
  const auto rule = [](int status, Condition::Kind kind, const char* range = "") {
    ResponseRule made;
    made.status = status;
    made.when.kind = kind;
    made.range = range;
    return made;
  };
  Contract contract;
  contract.parameters = {{"q", Parameter::In::kQuery, true, {}, false},
                         {"X-Key", Parameter::In::kHeader, true, {}, true}};
  for (const int status : {400, 401, 404, 422}) {
    contract.responses.push_back(rule(status, Condition::Kind::kStated));
  }
  contract.responses.push_back(rule(409, Condition::Kind::kWhile));
  contract.responses.push_back(rule(0, Condition::Kind::kStated, "4XX"));
  contract.responses.push_back(rule(200, Condition::Kind::kSuccess));
  return contract;
}

struct CauseRow {
  std::string name;
  int status;
  std::string fact;
  std::string cause;
  TenantKnowledge known = kTenant;
};

class OtherCauseOf : public testing::TestWithParam<CauseRow> {};

TEST_P(OtherCauseOf, IsTold) {
  const CauseRow& row = GetParam();
  EXPECT_EQ(FindOtherCause(row.status, row.fact, OfRefusals(), row.known), row.cause);
}

std::string Beside(int status, const std::string& fact) {
  return fmt::format("status is {}, which may have another cause than {}", status, fact);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, OtherCauseOf,
    testing::Values(
        CauseRow{"BadRequest", 400, "parameters.q", ""},
        CauseRow{"BadContent", 422, "parameters.q", ""},
        CauseRow{"OfTheClass", 418, "parameters.q", ""},
        CauseRow{"Unauthorized", 401, "parameters.q", Beside(401, "parameters.q")},
        CauseRow{"Forbidden", 403, "parameters.q", Beside(403, "parameters.q")},
        CauseRow{"OfAProxy", 407, "path", Beside(407, "path")},
        CauseRow{"TooSlow", 408, "method", Beside(408, "method"), kIdle},
        CauseRow{"TooMany", 429, "parameters.q", Beside(429, "parameters.q")},
        CauseRow{"OfTheToken", 401, "headers.Authorization", ""},
        CauseRow{"OfTheKey", 401, "parameters.X-Key", ""},
        CauseRow{"OfThePermission", 403, "permissions.delegated_work", ""},
        CauseRow{"NotThere", 404, "parameters.q", DescribePromise(404)},
        CauseRow{"NotThereForNobody", 404, "headers.Authorization", DescribePromise(404)},
        CauseRow{"NotThereOnAMock", 404, "parameters.q", "", kIdle},
        CauseRow{"NotThereAtThatPath", 404, "path", ""},
        CauseRow{"NotThereForThatMethod", 404, "method", ""},
        CauseRow{"GoneWithoutAPromise", 410, "parameters.q", ""},
        CauseRow{"NoTag", 404, "headers.If-Match", Beside(404, "headers.If-Match"), kIdle},
        CauseRow{"AnotherTag", 412, "headers.If-Match", ""},
        CauseRow{"Busy", 409, "path", DescribePromise(409)},
        CauseRow{"NotBusy", 409, "path", "", kIdle}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
