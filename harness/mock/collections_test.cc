#include "mock/collections.h"

#include <gtest/gtest.h>

#include "mock/sample_contracts.h"

namespace conform {
namespace {

using Json = nlohmann::json;

class CollectionsTest : public testing::Test {
 protected:
  Json Add(const char* id, const char* tenant = "t") {
    return collections_.Create(tenant, resource_, {{"id", id}, {"name", "of " + std::string(id)}});
  }

  std::vector<std::string> Ids(std::size_t begin, std::size_t size, const char* tenant = "t") {
    std::vector<std::string> ids;
    for (const Json& item : collections_.List(tenant, resource_, begin, size).items) {
      ids.push_back(item["id"]);
    }
    return ids;
  }

  using Strings = std::vector<std::string>;

  Contract list_ = SampleList();
  MockResource resource_ = *list_.resource;
  Collections collections_{{&list_}};
};

TEST_F(CollectionsTest, BeginWithTheItemsOfTheListsExample) {
  EXPECT_EQ(Ids(0, 10), Strings{"first"});
}

TEST(Collections, PassOverItemsWhoseKeyIsNoText) {
  Contract list = SampleList();
  list.responses.front().content.front().example = {
      {"value", {{{"id", 7}}, {{"id", Json::array()}}, 7, {{"id", "last"}}}}};
  Collections collections({&list});
  EXPECT_EQ(collections.Find("t", *list.resource, "none"), std::nullopt);
  EXPECT_NE(collections.Find("t", *list.resource, "last"), std::nullopt);
}

TEST_F(CollectionsTest, KeepWhatIsCreatedInOrderForItsTenantAlone) {
  Add("b");
  Add("a");
  EXPECT_EQ(Ids(0, 10), (Strings{"first", "b", "a"}));
  EXPECT_EQ(Ids(0, 10, "other"), Strings{"first"});
}

TEST_F(CollectionsTest, ForgetTheOldestWhereThereAreTooMany) {
  for (std::size_t i = 0; i < kMostItems; ++i) Add("more");
  Add("last");
  EXPECT_EQ(collections_.Find("t", resource_, "first"), std::nullopt);
  EXPECT_EQ(Ids(0, kMostItems + 1).size(), kMostItems);
  EXPECT_EQ(Ids(0, kMostItems + 1).back(), "last");
}

TEST_F(CollectionsTest, BeginAgainForATenantThatIsForgotten) {
  Add("a");
  Add("a", "other");
  collections_.Forget("t");
  EXPECT_EQ(Ids(0, 10), Strings{"first"});
  EXPECT_EQ(Ids(0, 10, "other"), (Strings{"first", "a"}));
}

TEST_F(CollectionsTest, KeepNothingForNobody) {
  Add("a", "");
  EXPECT_EQ(Ids(0, 10, ""), Strings{"first"});
}

TEST_F(CollectionsTest, ListsAPageAndWhereTheNextBegins) {
  Add("a");
  Add("b");
  EXPECT_EQ(Ids(0, 2), (Strings{"first", "a"}));
  EXPECT_EQ(collections_.List("t", resource_, 0, 2).next, std::optional<std::size_t>(2));
  EXPECT_EQ(Ids(2, 2), Strings{"b"});
  EXPECT_EQ(collections_.List("t", resource_, 2, 2).next, std::nullopt);
  EXPECT_EQ(collections_.List("t", resource_, 1, 2).next, std::nullopt);
  EXPECT_EQ(Ids(99, 2), Strings{});
}

TEST_F(CollectionsTest, FindsAnItemByItsKey) {
  const Json added = Add("a");
  EXPECT_EQ(collections_.Find("t", resource_, "a"), added);
  EXPECT_EQ(collections_.Find("t", resource_, "b"), std::nullopt);
}

TEST_F(CollectionsTest, UpdateSetsMembersAndGivesANewTagButKeepsTheKey) {
  const Json before = Add("a");
  const Json change = {{"id", "z"}, {"name", "new"}};
  EXPECT_EQ(collections_.Update("t", resource_, "a", change, "*"), ItemChange::kDone);
  const Json after = *collections_.Find("t", resource_, "a");
  EXPECT_EQ(after["name"], "new");
  EXPECT_NE(after["@odata.etag"], before["@odata.etag"]);
}

TEST_F(CollectionsTest, ChangeNeedsOneOfTheTagsNamed) {
  const std::string tag = Add("a")["@odata.etag"];
  const Json change = {{"name", "new"}};
  EXPECT_EQ(collections_.Update("t", resource_, "a", change, "W/\"x\""), ItemChange::kOtherTag);
  EXPECT_EQ(collections_.Delete("t", resource_, "a", ""), ItemChange::kOtherTag);
  EXPECT_EQ((*collections_.Find("t", resource_, "a"))["name"], "of a");
  EXPECT_EQ(collections_.Update("t", resource_, "a", change, "W/\"x\", " + tag), ItemChange::kDone);
  EXPECT_EQ(collections_.Delete("t", resource_, "a", tag), ItemChange::kOtherTag);
}

TEST_F(CollectionsTest, DeleteTakesTheItemOut) {
  Add("a");
  EXPECT_EQ(collections_.Delete("t", resource_, "a", "*"), ItemChange::kDone);
  EXPECT_EQ(collections_.Delete("t", resource_, "a", "*"), ItemChange::kUnknown);
  EXPECT_EQ(Ids(0, 10), Strings{"first"});
}

}  // namespace
}  // namespace conform
