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

}  // namespace
}  // namespace conform
