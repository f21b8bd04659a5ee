#include "base/no_proxy.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct NoProxyRow {
  const char* origin;
  const char* list;
  bool direct;
};

TEST(GoesDirect, IsByHostSuffixPortAddressAndBlock) {
  const NoProxyRow rows[] = {
      {"https://graph.example", "", false},
      {"https://graph.example", "*", true},
      {"https://graph.example", "graph.example", true},
      {"https://graph.example", "GRAPH.Example", true},
      {"https://a.graph.example", "graph.example", true},
      {"https://agraph.example", "graph.example", false},
      {"https://graph.example", "a.graph.example", false},
      {"https://graph.example", ".graph.example", true},
      {"https://a.graph.example", ".graph.example", true},
      {"https://agraph.example", ".graph.example", false},
      {"https://graph.example.", "graph.example", true},
      {"https://graph.example", "graph.example.", true},
      {"https://graph.example", "other.example,graph.example", true},
      {"https://graph.example", "other.example, graph.example", true},
      {"https://graph.example", "other.example graph.example", true},
      {"https://graph.example", ",, ,", false},
      {"https://graph.example", ".", false},
      {"https://graph.example", "graph.example:443", true},
      {"https://graph.example", "graph.example:8443", false},
      {"https://graph.example:8443", "graph.example:8443", true},
      {"https://graph.example:8443", "graph.example", true},
      {"https://graph.example", "graph.example:x", false},
      {"https://graph.example", "graph.example:", false},
      {"https://graph.example", ":443", false},
      {"https://127.0.0.1", "127.0.0.1", true},
      {"https://127.0.0.1:8443", "127.0.0.1:8443", true},
      {"https://127.0.0.1:8443", "127.0.0.1:8444", false},
      {"https://127.0.0.1", "0.0.1", false},
      {"https://127.0.0.1", "127.0.0.0/8", true},
      {"https://127.0.0.1", "127.0.0.0/31", true},
      {"https://127.0.0.2", "127.0.0.0/31", false},
      {"https://127.0.0.1", "0.0.0.0/0", true},
      {"https://127.0.0.1", "127.0.0.0/33", false},
      {"https://127.0.0.1", "127.0.0.0/", false},
      {"https://127.0.0.1", "::/0", false},
      {"https://graph.example", "0.0.0.0/0", false},
      {"https://[::1]", "::1", true},
      {"https://[::1]", "[::1]", true},
      {"https://[::1]:8443", "[::1]:8443", true},
      {"https://[::1]:8443", "[::1]:8444", false},
      {"https://[fd00::7]", "fd00::/8", true},
      {"https://[fe00::7]", "fd00::/8", false},
  };
  for (const NoProxyRow& row : rows) {
    EXPECT_EQ(GoesDirect(ParseOrigin(row.origin).value(), row.list), row.direct)
        << row.origin << " with '" << row.list << "'";
  }
}

}  // namespace
}  // namespace conform
