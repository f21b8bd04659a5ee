#include "run/answer_state.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

TEST(TakeCaptures, LearnsEachValueOfASecret) {
  CaptureSpec capture;
  capture.name = "keys";
  capture.from = CaptureSpec::From::kBody;
  capture.source = "/keys";
  capture.secret = true;
  Step step;
  step.name = "one";
  step.captures = {capture};
  Response response;
  response.fields = {{"Content-Type", "application/json"}};
  response.decoded_body =
      R"({"keys":["listed-77",{"inner":"nested-88"},123456,2026,true,null],"other":"shown-99"})";
  Redactor redactor("key");
  Scope scope;
  ASSERT_TRUE(TakeCaptures(step, response, redactor, scope));
  for (const char* const secret : {"listed-77", "nested-88", "123456"}) {
    EXPECT_TRUE(redactor.Holds(secret)) << secret;
  }
  for (const char* const shown : {"shown-99", "2026", "true", "null"}) {
    EXPECT_FALSE(redactor.Holds(shown)) << shown;
  }
  EXPECT_EQ(scope.captures["keys"].size(), 6U);
}

TEST(TakeCaptures, LearnsEachLineOfASecretField) {
  Step step;
  for (const char* source : {"X-Nonce", "Set-Cookie"}) {
    CaptureSpec& capture = step.captures.emplace_back();
    capture.name = capture.source = source;
    capture.from = CaptureSpec::From::kHeader;
    capture.secret = true;
  }
  Response response;
  response.fields = {{"X-Nonce", "first-secret-77"},
                     {"X-Nonce", "second-secret-88"},
                     {"Set-Cookie", "sid=third-secret-99; Path=/"}};
  Redactor redactor("key");
  Scope scope;
  ASSERT_TRUE(TakeCaptures(step, response, redactor, scope));
  for (const char* const secret : {"first-secret-77", "second-secret-88", "third-secret-99"}) {
    EXPECT_TRUE(redactor.Holds(secret)) << secret;
  }
}

struct RefusalRow {
  int status;
  std::vector<const char*> expected;
  bool taken;
};

TEST(TakeCaptures, TakesNothingOfARefusalThatIsNotExpected) {
  for (const RefusalRow& row : std::vector<RefusalRow>{{201, {"201"}, true},
                                                       {200, {"201"}, true},
                                                       {500, {"201"}, true},
                                                       {409, {"201"}, false},
                                                       {404, {}, true},
                                                       {409, {"409"}, true},
                                                       {409, {"4xx"}, true}}) {
    Step step;
    step.name = "make";
    step.captures.resize(2);
    for (std::size_t i = 0; i < step.captures.size(); ++i) {
      CaptureSpec& capture = step.captures[i];
      capture.name = capture.source = i == 0 ? "/id" : "/key";
      capture.from = CaptureSpec::From::kBody;
      capture.secret = i == 1;
    }
    Expectation& status = step.expectations.emplace_back();
    for (const char* each : row.expected) status.statuses.push_back({each, {}});
    Response response;
    response.status = row.status;
    response.decoded_body = R"({"id":"q","key":"hidden-77"})";
    Redactor redactor("key");
    Scope scope;
    const auto taken = TakeCaptures(step, response, redactor, scope);
    EXPECT_EQ(scope.captures.size(), row.taken ? 2U : 0U) << row.status;
    EXPECT_TRUE(redactor.Holds("hidden-77")) << row.status;
    const std::string refused =
        "step 'make' captures nothing of a refusal that it does not expect (" +
        std::to_string(row.status) + ")";
    EXPECT_EQ(taken ? "" : taken.error().message, row.taken ? "" : refused);
  }
}

TEST(TakeCaptures, KnowsASecretAlsoWhereAnotherCaptureIsMissing) {
  Step step;
  step.name = "make";
  step.captures.resize(2);
  for (CaptureSpec& capture : step.captures) {
    capture.name = capture.source = &capture == &step.captures[0] ? "/id" : "/key";
    capture.from = CaptureSpec::From::kBody;
  }
  step.captures[1].secret = true;
  Response response;
  response.status = 409;
  response.decoded_body = R"({"key":"hidden-77"})";
  Redactor redactor("key");
  Scope scope;
  EXPECT_FALSE(TakeCaptures(step, response, redactor, scope));
  EXPECT_TRUE(redactor.Holds("hidden-77"));
}

TEST(TakeCaptures, TakesWhatIsThereAlsoWhereAnotherIsMissing) {
  Step step;
  step.name = "make";
  for (const char* source : {"ETag", "X-A", "id"}) {
    CaptureSpec& capture = step.captures.emplace_back();
    capture.name = source;
    const bool of_body = capture.name == "id";
    capture.from = of_body ? CaptureSpec::From::kBody : CaptureSpec::From::kHeader;
    capture.source = of_body ? "/id" : source;
  }
  Response response;
  response.status = 201;
  response.decoded_body = R"({"id":"t1"})";
  Redactor redactor("key");
  Scope scope;
  const auto taken = TakeCaptures(step, response, redactor, scope);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().message,
            "the answer of step 'make' has no headers.ETag, no headers.X-A to capture");
  EXPECT_EQ(scope.captures["id"], "t1");
}

struct FieldRow {
  const char* source;
  Fields fields;
  const char* taken;
};

TEST(TakeCaptures, TakesAFieldAsTheOneValueThatItsLinesStandFor) {
  for (const FieldRow& row :
       std::vector<FieldRow>{{"link", {{"Link", "</a>; rel=prev"}}, "</a>; rel=prev"},
                             {"Link",
                              {{"Link", "</a>; rel=prev"}, {"X", "b"}, {"link", "</b>; rel=next"}},
                              "</a>; rel=prev, </b>; rel=next"},
                             {"Set-Cookie", {{"Set-Cookie", "sid=a1; Path=/; HttpOnly"}}, "sid=a1"},
                             {"set-cookie",
                              {{"Set-Cookie", "sid=a1; Path=/"}, {"Set-Cookie", "csrf=b2"}},
                              "sid=a1; csrf=b2"}}) {
    Step step;
    CaptureSpec& capture = step.captures.emplace_back();
    capture.name = "c";
    capture.from = CaptureSpec::From::kHeader;
    capture.source = row.source;
    Response response;
    response.fields = row.fields;
    Redactor redactor("key");
    Scope scope;
    ASSERT_TRUE(TakeCaptures(step, response, redactor, scope)) << row.source;
    EXPECT_EQ(scope.captures["c"], row.taken) << row.source;
  }
}

}  // namespace
}  // namespace conform
