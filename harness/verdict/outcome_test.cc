#include "verdict/outcome.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(Outcome, HasANameThatFindsIt) {
  std::string names;
  for (const Outcome outcome : kOutcomes) {
    names += (names.empty() ? "" : " ") + std::string(NameOf(outcome));
    EXPECT_EQ(FindOutcome(NameOf(outcome)), outcome);
  }
  EXPECT_EQ(names, "pass deviation warn inconclusive fail skip not_run");
}

TEST(Outcome, IsFoundByNoOtherName) {
  for (const char* name : {"", "PASS", "passed", "not run"}) {
    EXPECT_EQ(FindOutcome(name), std::nullopt) << name;
  }
}

TEST(Passes, WhateverBreaksNoMust) {
  std::string passing;
  for (const Outcome outcome : kOutcomes) {
    if (Passes(outcome)) passing += std::string(NameOf(outcome)) + " ";
  }
  EXPECT_EQ(passing, "pass deviation warn ");
}

}  // namespace
}  // namespace conform
