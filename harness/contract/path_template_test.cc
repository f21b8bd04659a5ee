#include "contract/path_template.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(PathTemplate, IsASlashAndWholeSegments) {
  for (const char* text :
       {"/a", "/a/b", "/{id}", "/a/{id}/b", "/a/{id}/b/{other}",
        "/deviceManagement/windowsAutopilotSettings/sync", "/a/b.c(1)", "/a/x{id}",
        "/a/on(day='{day}')", "/root:/{path}:/items", "/a/{b}-{c}", "/", "/a/", "/a/{id}/"}) {
    EXPECT_TRUE(IsPathTemplate(text)) << text;
  }
  for (const char* text :
       {"", "a", "a/b", "a/", "//", "//a", "/a//", "/a//b", "/a/{}", "/a/{id", "/a/id}",
        "/a/{b}{c}", "/a/{i{d}", "/a?b", "/a#b", "/a b", "/a%20b", "/{id}/{id}"}) {
    EXPECT_FALSE(IsPathTemplate(text)) << text;
  }
}

TEST(PathTemplate, NamesItsPlaceholdersInWrittenOrder) {
  EXPECT_EQ(PlaceholdersOf("/a/b"), std::vector<std::string>{});
  EXPECT_EQ(PlaceholdersOf("/{z}/b/{a}"), (std::vector<std::string>{"z", "a"}));
  EXPECT_EQ(PlaceholdersOf("/x({z},{y})"), (std::vector<std::string>{"z", "y"}));
  EXPECT_EQ(PlaceholdersOf(""), std::vector<std::string>{});
}

}  // namespace
}  // namespace conform
