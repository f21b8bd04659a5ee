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

}  // namespace
}  // namespace conform
