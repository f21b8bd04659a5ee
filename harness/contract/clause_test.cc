#include "contract/clause.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(DescribeClauseSource, NamesEditionHeadingAndSentences) {
  ClauseSource source;
  source.heading = "Response";
  source.sentences = {"bbfb6-130"};
  EXPECT_EQ(Describe(source, "2019-01"), "edition 2019-01, Response, sentence bbfb6-130");
  source.sentences = {"bbfb6-123", "bbfb6-124"};
  EXPECT_EQ(Describe(source, "2019-01"),
            "edition 2019-01, Response, sentences bbfb6-123, bbfb6-124");
}

TEST(DescribeClauseSource, NamesLinesWhereThereAreNoSentences) {
  ClauseSource source;
  source.heading = "HTTP Request";
  source.lines = {38};
  EXPECT_EQ(Describe(source, "2024-08"), "edition 2024-08, HTTP Request, line 38");
  source.lines = {19, 51};
  EXPECT_EQ(Describe(source, "2024-08"), "edition 2024-08, HTTP Request, lines 19, 51");
}

TEST(DescribeClauseSource, NamesTheSectionOfAStandard) {
  ClauseSource source;
  source.document = "RFC 9110";
  source.section = "15.5.6";
  EXPECT_EQ(Describe(source, "2024-08"), "RFC 9110 §15.5.6");
  source.document = "Graph errors page";
  source.section = "HTTP status codes";
  EXPECT_EQ(Describe(source, ""), "Graph errors page, HTTP status codes");
}

TEST(DescribeClauseSource, NamesThePlaceInAnApiDescription) {
  ClauseSource source;
  source.document = "loans.yaml";
  source.version = "1.2.0";
  source.pointer = "/paths/~1loans/get";
  EXPECT_EQ(Describe(source, "2024-08"), "loans.yaml 1.2.0, /paths/~1loans/get");
}

TEST(IsJudged, HoldsForServiceClausesOfMustAndShould) {
  for (const Binds binds : {Binds::kService, Binds::kClient, Binds::kTenant, Binds::kNobody}) {
    for (const Strength strength : {Strength::kMust, Strength::kShould, Strength::kObserve}) {
      Clause clause;
      clause.binds = binds;
      clause.strength = strength;
      EXPECT_EQ(IsJudged(clause), binds == Binds::kService && strength != Strength::kObserve)
          << NameOf(binds) << " " << NameOf(strength);
    }
  }
}

TEST(ClauseWords, AreThoseOfTheFiles) {
  EXPECT_EQ(NameOf(Strength::kMust), "must");
  EXPECT_EQ(NameOf(Strength::kShould), "should");
  EXPECT_EQ(NameOf(Strength::kObserve), "observe");
  EXPECT_EQ(NameOf(Binds::kService), "service");
  EXPECT_EQ(NameOf(Binds::kClient), "client");
  EXPECT_EQ(NameOf(Binds::kTenant), "tenant");
  EXPECT_EQ(NameOf(Binds::kNobody), "nobody");
}

}  // namespace
}  // namespace conform
