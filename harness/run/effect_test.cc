#include "run/effect.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

bool OfMethods(const std::vector<std::string>& methods) {
  Case loaded;
  loaded.columns = {"method"};
  loaded.rows = {{"row", {"GET"}, {}}};
  for (const std::string& method : methods) {
    Step& step = loaded.steps.emplace_back();
    if (method == "wait") {
      step.wait = std::chrono::minutes(1);
    } else {
      step.request.method.text = method;
    }
  }
  return MayHaveEffect({&loaded, &loaded.rows.front(), nullptr, nullptr});
}

TEST(MayHaveEffect, IsTrueUnlessEveryMethodIsKnownToBeSafe) {
  EXPECT_FALSE(OfMethods({"GET"}));
  EXPECT_FALSE(OfMethods({"HEAD", "wait", "OPTIONS", "TRACE"}));
  EXPECT_FALSE(OfMethods({"${row.method}"}));
  EXPECT_TRUE(OfMethods({"POST"}));
  EXPECT_TRUE(OfMethods({"GET", "DELETE"}));
  EXPECT_TRUE(OfMethods({"get"}));
  EXPECT_TRUE(OfMethods({"BREW"}));
  EXPECT_TRUE(OfMethods({"${capture.method}"}));
}

TEST(TotalWait, IsOfWaitsAndOfAllThatMayBeAskedAgain) {
  Case loaded;
  loaded.steps.emplace_back().wait = std::chrono::minutes(1);
  PollSpec poll;
  poll.limit = std::chrono::minutes(2);
  loaded.steps.emplace_back().poll = std::make_shared<const PollSpec>(poll);
  SettleSpec settle;
  settle.limit = std::chrono::minutes(4);
  loaded.steps.emplace_back().settle = std::make_shared<const SettleSpec>(settle);
  EXPECT_EQ(TotalWait(loaded), std::chrono::minutes(7));
}

struct Framing {
  const char* name;
  BodySpec::Kind kind;
  BodySpec::Length length;
  const char* header;  // that the case writes
  const char* omitted;
  bool effect;
};

class EffectOfAGet : public testing::TestWithParam<Framing> {};

/// A server takes what no length covers for the next request.
TEST_P(EffectOfAGet, IsTrueWhereItsContentMayBeTakenForARequest) {
  RequestSpec request;
  request.method.text = "GET";
  request.body.kind = GetParam().kind;
  request.body.length = GetParam().length;
  if (*GetParam().header != '\0') request.headers = {{GetParam().header, {{"1", {}}}}};
  if (*GetParam().omitted != '\0') request.omit = {GetParam().omitted};
  EXPECT_EQ(RequestMayHaveEffect(request, Scope()), GetParam().effect);
}

using Kind = BodySpec::Kind;
using Length = BodySpec::Length;
INSTANTIATE_TEST_SUITE_P(
    MayHaveEffect, EffectOfAGet,
    testing::Values(Framing{"NoContent", Kind::kNone, Length::kDeclared, "", "", false},
                    Framing{"NoContentWithALengthOfItsOwn", Kind::kNone, Length::kDeclared,
                            "content-length", "", false},
                    Framing{"NoContentAndNoLength", Kind::kNone, Length::kAbsent, "", "", false},
                    Framing{"DeclaredContent", Kind::kText, Length::kDeclared, "X-A", "Host",
                            false},
                    Framing{"ChunkedContent", Kind::kJson, Length::kChunked, "", "", false},
                    Framing{"ContentWithoutLength", Kind::kText, Length::kAbsent, "", "", true},
                    Framing{"ContentWithALengthOfItsOwn", Kind::kRaw, Length::kDeclared,
                            "content-length", "", true},
                    Framing{"ContentWithACodingOfItsOwn", Kind::kMultipart, Length::kChunked,
                            "Transfer-Encoding", "", true},
                    Framing{"ContentWhoseLengthIsOmitted", Kind::kJson, Length::kDeclared, "",
                            "CONTENT-LENGTH", true}),
    [](const auto& param) { return std::string(param.param.name); });

}  // namespace
}  // namespace conform
