#include "mock/resource_answers.h"

#include <gtest/gtest.h>

#include "mock/sample_contracts.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using std::chrono::minutes;

class ResourceAnswersTest : public testing::Test {
 protected:
  Answer Serve(const Contract& contract, MockRequest request, const char* fault = nullptr) {
    std::set<std::string, std::less<>> names;
    if (fault != nullptr) names.insert(fault);
    const Faults faults = Faults::Plant(names).value();
    request.path = request.path.empty() ? "/beta/things" : request.path;
    const Route route{&contract, contract.paths.front(),
                      std::string_view(request.path).substr(std::string_view("/beta").size())};
    return answers_.Serve({route, request, tenant_, ids_, faults}, 412);
  }

  static MockRequest At(const char* path, const char* body = "", const char* if_match = nullptr) {
    MockRequest request;
    request.path = path;
    request.body = body;
    request.fields = {{"Host", "127.0.0.1:8080"}};
    if (if_match != nullptr) request.fields.push_back({"If-Match", if_match});
    return request;
  }

  static MockRequest Query(const char* query) {
    MockRequest request = At("/beta/things");
    request.query = query;
    return request;
  }

  // Creates an item and gives back its id.
  std::string Create(const char* fault = nullptr) {
    ids_.request_id += "x";
    const Answer answer = Serve(create_, At("/beta/things", R"({"name":"new"})"), fault);
    return Json::parse(answer.body)["id"];
  }

  int Read(const std::string& id) {
    return Serve(read_, At(("/beta/things/" + id).c_str())).status;
  }

  const char* tenant_ = "t";
  const Contract create_ = SampleOf(MockResource::Does::kCreate);
  const Contract read_ = SampleOf(MockResource::Does::kRead);
  const Contract update_ = SampleOf(MockResource::Does::kUpdate);
  const Contract delete_ = SampleOf(MockResource::Does::kDelete);
  const Contract list_ = SampleList();
  const Contract action_ = SampleAction();
  const Contract show_ = SampleShow();
  AnswerIds ids_{"r", "c", std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  TenantStates states_;
  ResourceAnswers answers_{{&create_, &read_, &update_, &delete_, &list_, &action_, &show_},
                           states_};
};

TEST_F(ResourceAnswersTest, CreateMakesKeyTagAndAddressAndFillsWhatIsLeftOut) {
  const Answer answer = Serve(create_, At("/beta/things", R"({"id":"mine","name":"new"})"));
  EXPECT_EQ(answer.status, 201);
  const Json body = Json::parse(answer.body);
  const std::string id = body["id"];
  EXPECT_NE(id, "mine");
  EXPECT_EQ(body["name"], "new");
  EXPECT_EQ(body["tags"], Json::array());
  EXPECT_EQ(body["note"], Json());
  EXPECT_EQ(FindField(answer.fields, "ETag")->value, body["@odata.etag"]);
  EXPECT_EQ(FindField(answer.fields, "Location")->value, "http://127.0.0.1:8080/beta/things/" + id);
  EXPECT_EQ(Read(id), 200);
}

TEST_F(ResourceAnswersTest, WhatAnApiDescriptionSaysHasItsTagInTheFieldAlone) {
  Contract read = read_;
  Contract list = list_;
  read.page.document = list.page.document = "things.json";
  const Answer item = Serve(read, At("/beta/things/first"));
  EXPECT_NE(FindField(item.fields, "ETag"), nullptr);
  EXPECT_EQ(Json::parse(item.body)["id"], "first");
  EXPECT_EQ(item.body.find("@odata"), std::string::npos) << item.body;
  const Answer items = Serve(list, At("/beta/things"));
  EXPECT_FALSE(Json::parse(items.body)["value"].empty());
  EXPECT_EQ(items.body.find("@odata.etag"), std::string::npos) << items.body;
}

TEST_F(ResourceAnswersTest, ContentOfAnotherShapeIsRefused) {
  for (const char* body : {"[]", R"({"name":7})", R"({"tags":"a"})"}) {
    EXPECT_EQ(Serve(create_, At("/beta/things", body)).status, 400) << body;
    EXPECT_EQ(Serve(update_, At("/beta/things/first", body)).status, 400) << body;
  }
}

TEST_F(ResourceAnswersTest, ItemsThatAreNotThereAreNotFound) {
  EXPECT_EQ(Read("none"), 404);
  EXPECT_EQ(Serve(update_, At("/beta/things/none", "{}")).status, 404);
  EXPECT_EQ(Serve(delete_, At("/beta/things/none")).status, 404);
}

TEST_F(ResourceAnswersTest, ListLinksToTheNextPageAndKeepsTheQuery) {
  Create();
  Create();
  const Json body = Json::parse(Serve(list_, Query("a=b&$top=1")).body);
  EXPECT_EQ(body["value"].size(), 1U);
  EXPECT_EQ(body["@odata.nextLink"], "http://127.0.0.1:8080/beta/things?a=b&$top=1&$skiptoken=1");
  const Json rest = Json::parse(Serve(list_, Query("%24skiptoken=1")).body);
  EXPECT_EQ(rest["value"].size(), 2U);
  EXPECT_FALSE(rest.contains("@odata.nextLink"));
}

TEST_F(ResourceAnswersTest, ListHasNoPageLargerThanTheContractSays) {
  for (int i = 0; i < 3; ++i) Create();
  EXPECT_EQ(Json::parse(Serve(list_, Query("$top=9")).body)["value"].size(), 2U);
}

TEST_F(ResourceAnswersTest, PageSizesThatAreNoneAreRefused) {
  for (const char* query : {"$top=0", "$top=many", "$top=-1", "$top=", "$skiptoken=x"}) {
    EXPECT_EQ(Serve(list_, Query(query)).status, 400) << query;
  }
}

TEST_F(ResourceAnswersTest, ChangesAreShownAndKept) {
  const std::string path = "/beta/things/" + Create();
  const Answer answer = Serve(update_, At(path.c_str(), R"({"name":"newer"})"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Json::parse(answer.body)["name"], "newer");
  EXPECT_EQ(Json::parse(Serve(read_, At(path.c_str())).body)["name"], "newer");
  EXPECT_EQ(Serve(delete_, At(path.c_str())).status, 204);
  EXPECT_EQ(Serve(read_, At(path.c_str())).status, 404);
}

TEST_F(ResourceAnswersTest, AFalseIfMatchIsRefusedAndChangesNothing) {
  EXPECT_EQ(Serve(update_, At("/beta/things/first", R"({"name":"x"})", "W/\"x\"")).status, 412);
  EXPECT_EQ(Serve(delete_, At("/beta/things/first", "", "W/\"x\"")).status, 412);
  EXPECT_EQ(Json::parse(Serve(read_, At("/beta/things/first")).body)["name"], "The first");
}

TEST_F(ResourceAnswersTest, FaultsLoseWhatTheyShould) {
  EXPECT_EQ(Read(Create("created_not_kept")), 404);
  const MockRequest change = At("/beta/things/first", R"({"name":"x"})");
  EXPECT_EQ(Json::parse(Serve(update_, change, "update_not_kept").body)["name"], "x");
  EXPECT_EQ(Json::parse(Serve(read_, At("/beta/things/first")).body)["name"], "The first");
  EXPECT_EQ(Serve(delete_, At("/beta/things/first"), "delete_keeps").status, 204);
  EXPECT_EQ(Read("first"), 200);
  EXPECT_EQ(Serve(delete_, At("/beta/things/first", "", "W/\"x\""), "etag_ignored").status, 204);
  EXPECT_EQ(Read("first"), 404);
}

TEST_F(ResourceAnswersTest, KeyAndTagAreTheServicesOwnInChangesThatAreNotKeptToo) {
  const MockRequest change =
      At("/beta/things/first", R"({"@odata.etag":7,"id":7,"name":"x","note":null})");
  const std::string before =
      FindField(Serve(read_, At("/beta/things/first")).fields, "ETag")->value;
  const auto expect_changed = [&](const Answer& answer) {
    EXPECT_EQ(answer.status, 200);
    const Json body = Json::parse(answer.body);
    EXPECT_EQ(body["id"], "first");
    EXPECT_EQ(body["name"], "x");
    EXPECT_EQ(body["note"], Json());
    EXPECT_TRUE(body.contains("note"));
    ASSERT_NE(FindField(answer.fields, "ETag"), nullptr);
    EXPECT_EQ(FindField(answer.fields, "ETag")->value, body["@odata.etag"]);
    EXPECT_NE(body["@odata.etag"], before);
  };
  expect_changed(Serve(update_, change, "update_not_kept"));
  tenant_ = "";
  expect_changed(Serve(update_, change));
  tenant_ = "t";
  expect_changed(Serve(update_, change));
}

TEST_F(ResourceAnswersTest, FieldsThatTheContractPromisesAreSentOnce) {
  Contract create = create_;
  create.responses.front().headers = {{"X-Rate", true, {{"type", "integer"}, {"example", 7}}},
                                      {"Location", true, {{"type", "string"}}},
                                      {"X-Maybe", false, {{"type", "string"}}}};
  const Answer answer = Serve(create, At("/beta/things", R"({"name":"new"})"));
  EXPECT_EQ(CombinedValue(answer.fields, "X-Rate"), "7");
  EXPECT_EQ(FieldValues(answer.fields, "Location").size(), 1U);
  EXPECT_TRUE(FindField(answer.fields, "Location")->value.starts_with("http://127.0.0.1:8080/"));
  EXPECT_EQ(FindField(answer.fields, "X-Maybe"), nullptr);
}

TEST_F(ResourceAnswersTest, AllFieldsAndAllTagsOfIfMatchAreRead) {
  MockRequest change = At("/beta/things/first", R"({"name":"x"})", "\"a,*\", W/\"b\"");
  EXPECT_EQ(Serve(update_, change).status, 412);
  const std::string tag = FindField(Serve(read_, At("/beta/things/first")).fields, "ETag")->value;
  change.fields.push_back({"if-match", tag});
  EXPECT_EQ(Serve(update_, change).status, 200);
  EXPECT_EQ(Serve(update_, change).status, 412);
}

TEST_F(ResourceAnswersTest, ShowsHowTheOtherOperationStands) {
  const auto state = [&](const char* fault = nullptr) {
    return Json::parse(Serve(show_, At("/beta/settings"), fault).body)["state"];
  };
  EXPECT_EQ(state(), "idle");
  states_.Try(action_, "t", ids_.now, {});
  EXPECT_EQ(state(), "busy");
  EXPECT_EQ(state("sync_never_starts"), "idle");
  ids_.now += minutes(2);
  EXPECT_EQ(state(), "done");
  EXPECT_EQ(state("sync_status_stuck"), "busy");
}

}  // namespace
}  // namespace conform
