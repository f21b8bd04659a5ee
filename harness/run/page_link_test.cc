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
      {"http://graph.example/beta", "no: an address on https://graph.example"},
      {"https://graph.example:444/beta", "no: an address on https://graph.example"},
      {"https://graph.example.evil/beta", "no: an address on https://graph.example"},
      {"https://graph.example@evil/beta", "no: an address on https://graph.example"},
      {"https://evil/https://graph.example", "no: an address on https://graph.example"},
      {"//graph.example/beta", "no: an address on https://graph.example"},
      {"https://graph.example\\.evil/beta", "no: an address on https://graph.example"},
      {"things", "no: an address on https://graph.example"},
      {"/beta HTTP/1.1\r\nHost: evil", "no: an address"},
      {"", "no: an address"},
  };
  for (const LinkRow& row : rows) {
    const auto target = TargetOfLink(row.link, origin);
    EXPECT_EQ(target ? *target : "no: " + target.error().message, row.told) << row.link;
  }
}

}  // namespace
}  // namespace conform
