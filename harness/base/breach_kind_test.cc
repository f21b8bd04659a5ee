#include "base/breach_kind.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(BreachKind, HasNoPlaceInAList) {
  const std::pair<const char*, const char*> rows[] = {
      {"", ""},
      {"status", "status"},
      {"headers.Allow", "headers.Allow"},
      {"body", "body"},
      {"body/value/3/id", "body/value/*/id"},
      {"body/0", "body/*"},
      {"body/12/0/x1", "body/*/*/x1"},
      {"body//a", "body//a"},
      {"body/", "body/"},
      {"1/2", "1/*"},
  };
  for (const auto& [subject, kind] : rows) EXPECT_EQ(BreachKind(subject), kind) << subject;
}

}  // namespace
}  // namespace conform
