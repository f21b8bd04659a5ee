#include "mock/promised_answer.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "mock/mock_service.h"
#include "mock/sample_contracts.h"

namespace conform {
namespace {

struct PromisedRow {
  const char* name;
  nlohmann::json schema;
  std::string value;  ///< of the field; empty: it is not sent.
};

class PromisedFields : public testing::TestWithParam<PromisedRow> {};

TEST_P(PromisedFields, AreAddedWithValuesThatCanBeSent) {
  ResponseRule rule;
  rule.headers = {{"X-Field", true, GetParam().schema}};
  Answer answer;
  AddPromisedFields(rule, answer);
  const Field* value = FindField(answer.fields, "X-Field");
  EXPECT_EQ(value == nullptr ? "" : value->value, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PromisedFields,
    testing::Values(PromisedRow{"Example", {{"example", "a b"}}, "a b"},
                    PromisedRow{"Number", {{"example", 7}}, "7"},
                    PromisedRow{
                        "AnotherLine", {{"example", "a\r\nX-Injected: yes"}}, "a  X-Injected: yes"},
                    PromisedRow{"LineFeed", {{"example", "a\nb"}}, "a b"},
                    PromisedRow{"Nul", {{"example", std::string("a\0b", 3)}}, "a b"},
                    PromisedRow{"NoUtf8", {{"example", {"\xff"}}}, "[\"\xEF\xBF\xBD\"]"}),
    [](const testing::TestParamInfo<PromisedRow>& row) { return row.param.name; });

// Whatever a contract promises, an answer has one field of each name, and its framing is its own.
TEST(PromisedFields, DoNotRepeatTheServicesOwn) {
  Contract contract = SampleAction();
  contract.headers.clear();
  contract.permissions.clear();
  ResponseRule& success = contract.responses.back();
  success.status = 200;
  success.content = {{"application/json", {}, {{"id", "a"}}}};
  for (const char* name :
       {"Content-Length", "transfer-encoding", "Connection", "content-type", "Date", "Request-Id",
        "client-request-id", "Strict-Transport-Security", "x-ms-ags-diagnostic", "Trailer",
        "Upgrade", "Keep-Alive", "Cache-Control", "Vary", "X-Own"}) {
    success.headers.push_back({name, true, {{"example", "promised"}}});
  }
  const ManualClock clock{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  MockService service({&contract}, {}, clock);
  MockRequest request;
  request.method = "POST";
  request.path = "/beta/things/sync";
  const WireAnswer answer = service.Serve(request, {});
  std::vector<std::string> names;
  std::string promised;
  for (const std::string& line : answer.field_lines) {
    std::string name = line.substr(0, line.find(':'));
    if (line.ends_with(": promised\r\n")) promised += name + " ";
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_EQ(promised, "Cache-Control Vary X-Own ");
}

}  // namespace
}  // namespace conform
