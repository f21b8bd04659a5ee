#include "run/page_link.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct LinkRow {
  const char* link;
  const char* told;
};

TEST(TargetOfLink, StaysOnTheTarget) {
  const Origin origin{"https", "graph.example", 443};
  const LinkRow rows[] = {
      {"https://graph.example/beta/things?$skiptoken=a", "/beta/things?$skiptoken=a"},
      {"https://GRAPH.example:443/beta", "/beta"},
      {"https://graph.example", "/"},
      {"https://graph.example?a=b", "/?a=b"},
      {"/beta/things?a=b#c", "/beta/things?a=b"},
      {"//graph.example/beta", "/beta"},
      {"?page=2", "/beta/things?page=2"},
      {"p2", "/beta/p2"},
      {"./p2?a=../b", "/beta/p2?a=../b"},
      {"../x/p2", "/x/p2"},
      {"../../..", "/"},
      {"a/./b/../c", "/beta/a/c"},
      {"a:b/c", "no: an address on https://graph.example"},
      {"./a:b/c", "/beta/a:b/c"},
      {"#c", "/beta/things?page=1"},
      {"http://graph.example/beta", "no: an address on https://graph.example"},
      {"https://graph.example:444/beta", "no: an address on https://graph.example"},
      {"https://graph.example.evil/beta", "no: an address on https://graph.example"},
      {"https://graph.example@evil/beta", "no: an address on https://graph.example"},
      {"https://evil/https://graph.example", "no: an address on https://graph.example"},
      {"//graph.example.evil/beta", "no: an address on https://graph.example"},
      {"https://graph.example\\.evil/beta", "no: an address on https://graph.example"},
      {"mailto:a@graph.example", "no: an address on https://graph.example"},
      {"/beta HTTP/1.1\r\nHost: evil", "no: an address"},
  };
  for (const LinkRow& row : rows) {
    const auto target = TargetOfLink(row.link, origin, "/beta/things?page=1");
    EXPECT_EQ(target ? *target : "no: " + target.error().message, row.told) << row.link;
  }
  EXPECT_EQ(*TargetOfLink("p2", origin, "*"), "/p2");
}

}  // namespace
}  // namespace conform
