#include "mock/route_table.h"

#include <gtest/gtest.h>

#include "mock/sample_contracts.h"

namespace conform {
namespace {

class RouteTableTest : public testing::Test {
 protected:
  std::string Found(std::string_view path, const std::set<std::string, std::less<>>& faults = {}) {
    std::string found;
    for (const Route& route : table_.Find(path, Faults::Plant(faults).value())) {
      found += route.contract->operation + " " + std::string(route.path_template) + " " +
               std::string(route.path_below) + ";";
    }
    return found;
  }

  const Contract action_ = SampleAction();
  const Contract update_ = SampleUpdate();
  const RouteTable table_{{&action_, &update_}};
};

TEST_F(RouteTableTest, FindsWholePathsExactly) {
  EXPECT_EQ(Found("/beta/things/sync"), "things.sync /things/sync /things/sync;");
  EXPECT_EQ(Found("/beta/things/7"), "things.update /things/{id} /things/7;");
  EXPECT_EQ(Found("/beta/me/things/7"), "things.update /me/things/{id} /me/things/7;");
  for (const char* path : {"/beta/things/sync/", "/beta/Things/sync", "/things/sync", "/beta/me/",
                           "/v1.0/things/sync", "/beta/things/", "/beta", "/", "", "*"}) {
    EXPECT_EQ(Found(path), "") << path;
  }
}

TEST_F(RouteTableTest, ASlashAtTheEndIsOfThePath) {
  Contract root = SampleAction();
  root.operation = "things.root";
  root.paths = {"/", "/things/"};
  Contract item = SampleUpdate();
  item.operation = "things.item";
  item.paths = {"/things/{id}/"};
  const RouteTable table({&root, &item});
  const auto found = [&](std::string_view path) {
    const std::vector<Route> routes = table.Find(path, Faults());
    return routes.empty() ? "" : routes.front().contract->operation;
  };
  EXPECT_EQ(found("/beta/"), "things.root");
  EXPECT_EQ(found("/beta/things/"), "things.root");
  EXPECT_EQ(found("/beta/things/7/"), "things.item");
  for (const char* path : {"/beta", "/beta/things", "/beta/things/7", "/beta/things//"}) {
    EXPECT_EQ(found(path), "") << path;
  }
  EXPECT_EQ(PathParameters("/things/{id}/", "/things/7/").front().second, "7");
}

TEST_F(RouteTableTest, APathOfOtherLettersIsFoundAsItIsSent) {
  Contract contract = SampleAction();
  contract.paths = {"/ü/ñ"};
  const RouteTable table({&contract});
  for (const char* path : {"/beta/%C3%BC/%C3%B1", "/beta/%c3%bc/ñ"}) {
    EXPECT_EQ(table.Find(path, Faults()).size(), 1U) << path;
  }
  EXPECT_TRUE(table.Find("/beta/%C3%BC%2F%C3%B1", Faults()).empty());
}

TEST_F(RouteTableTest, FaultsFindMore) {
  EXPECT_EQ(Found("/v1.0/things/sync", {"version_ignored"}),
            "things.sync /things/sync /things/sync;things.update /things/{id} /things/sync;");
  EXPECT_EQ(Found("/v/me/things/7", {"version_ignored"}),
            "things.update /me/things/{id} /me/things/7;");
  EXPECT_EQ(Found("/v1.0/elsewhere", {"version_ignored"}), "");
  EXPECT_EQ(Found("/beta/elsewhere/x/y", {"path_ignored"}),
            "things.update /me/things/{id} /elsewhere/x/y;"
            "things.sync /things/sync /elsewhere/x/y;"
            "things.update /things/{id} /elsewhere/x/y;");
  EXPECT_EQ(Found("/v1.0/things/sync", {"path_ignored"}), "");
}

TEST(PathParameters, AreDecodedSegments) {
  const auto parameters = PathParameters("/users/{user}/things/{id}", "/users/a%40b/things/7");
  ASSERT_EQ(parameters.size(), 2u);
  EXPECT_EQ(parameters[0].first, "user");
  EXPECT_EQ(parameters[0].second, "a@b");
  EXPECT_EQ(parameters[1].first, "id");
  EXPECT_EQ(parameters[1].second, "7");
}

TEST(PathParameters, AreAlsoPartsOfSegments) {
  const auto parameters = PathParameters("/on(day='{day}',of={who})/x", "/on(day='D7',of=a%20b)/x");
  ASSERT_EQ(parameters.size(), 2u);
  EXPECT_EQ(parameters[0], (std::pair<std::string, std::string>("day", "D7")));
  EXPECT_EQ(parameters[1], (std::pair<std::string, std::string>("who", "a b")));
}

}  // namespace
}  // namespace conform
