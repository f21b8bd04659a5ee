#include <gtest/gtest.h>

#include <algorithm>

#include "mock/fault_tables.h"

namespace conform {
namespace {

struct ContentRow {
  const char* name;
  const char* fault;
  const char* before;
  const char* after;
};

const std::vector<ContentRow>& ContentRows() {
  static const std::vector<ContentRow> kRows = {
      {"NextLinkMissing", "next_link_missing", R"({"@odata.nextLink":"http://h/2","value":[]})",
       R"({"value":[]})"},
      {"NextLinkElsewhere", "next_link_elsewhere", R"({"@odata.nextLink":"http://h/2","value":[]})",
       R"({"@odata.nextLink":"https://elsewhere.example/next","value":[]})"},
      {"LastPageStays", "next_link_elsewhere", R"({ "value":[] })", R"({ "value":[] })"},
      {"TypeOfAnItem", "wrong_member_type", R"({"description":"d","id":"a"})",
       R"({"description":7,"id":"a"})"},
      {"TypeInAList", "wrong_member_type", R"({"value":[{"description":null},7,{"id":"a"}]})",
       R"({"value":[{"description":7},7,{"id":"a"}]})"},
      {"MemberOfAnItem", "member_missing", R"({"id":"a","roleScopeTagIds":[]})", R"({"id":"a"})"},
      {"MemberInAList", "member_missing", R"({"value":[{"roleScopeTagIds":[]}]})",
       R"({"value":[{}]})"},
      {"MemberOfTheSettings", "member_missing", R"({"lastSyncDateTime":null})", "{}"},
      {"SyncStatus", "unknown_sync_status", R"({"syncStatus":"unknown"})",
       R"({"syncStatus":"maybe"})"},
      {"OtherSyncStatusStays", "unknown_sync_status", R"({ "syncStatus":"failed" })",
       R"({ "syncStatus":"failed" })"},
      {"SyncStatusThatIsNoTextStays", "unknown_sync_status", R"({ "syncStatus":7 })",
       R"({ "syncStatus":7 })"},
      {"WhatIsNoJsonStays", "member_missing", "roleScopeTagIds", "roleScopeTagIds"},
  };
  return kRows;
}

class ResourceFaultSpoils : public testing::TestWithParam<ContentRow> {};

TEST_P(ResourceFaultSpoils, TheContentOfASuccessAlone) {
  const Faults faults = Faults::Plant({GetParam().fault}).value();
  Answer answer;
  answer.body = GetParam().before;
  faults.Spoil(answer, MockRequest{});
  EXPECT_EQ(answer.body, GetParam().after);
  Answer refusal;
  refusal.status = 404;
  refusal.body = GetParam().before;
  faults.Spoil(refusal, MockRequest{});
  EXPECT_EQ(refusal.body, GetParam().before);
}

INSTANTIATE_TEST_SUITE_P(Table, ResourceFaultSpoils, testing::ValuesIn(ContentRows()),
                         [](const testing::TestParamInfo<ContentRow>& row) {
                           return row.param.name;
                         });

TEST(ResourceFaults, NoLocationLeavesTheOtherFields) {
  Answer answer;
  answer.status = 201;
  answer.fields = {{"Location", "http://h/1"}, {"ETag", "W/\"1\""}};
  Faults::Plant({"no_location"}).value().Spoil(answer, MockRequest{});
  ASSERT_EQ(answer.fields.size(), 1U);
  EXPECT_EQ(answer.fields.front().name, "ETag");
}

TEST(ResourceFaults, AreAllTested) {
  for (const Fault& fault : ResourceFaults()) {
    const bool has_row =
        std::any_of(ContentRows().begin(), ContentRows().end(),
                    [&](const ContentRow& row) { return row.fault == fault.name; });
    EXPECT_TRUE(has_row || fault.name == "no_location") << fault.name;
  }
}

}  // namespace
}  // namespace conform
