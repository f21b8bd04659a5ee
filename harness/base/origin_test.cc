#include "base/origin.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(ParseOrigin, ReadsSchemeHostAndPort) {
  struct Row {
    std::string_view text;
    Origin origin;
    std::string_view formatted;
    std::string_view host_field;
  };
  const Row rows[] = {
      {"https://graph.microsoft.com",
       {"https", "graph.microsoft.com", 443},
       "https://graph.microsoft.com",
       "graph.microsoft.com"},
      {"http://127.0.0.1:8080/",
       {"http", "127.0.0.1", 8080},
       "http://127.0.0.1:8080",
       "127.0.0.1:8080"},
      {"HTTP://LocalHost:80", {"http", "localhost", 80}, "http://localhost", "localhost"},
      {"http://[::1]:81", {"http", "::1", 81}, "http://[::1]:81", "[::1]:81"},
      {"https://[2001:DB8::1]",
       {"https", "2001:db8::1", 443},
       "https://[2001:db8::1]",
       "[2001:db8::1]"},
      {"http://a.example:443", {"http", "a.example", 443}, "http://a.example:443", "a.example:443"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto origin = ParseOrigin(row.text);
    ASSERT_TRUE(origin.has_value()) << origin.error().message;
    EXPECT_EQ(*origin, row.origin);
    EXPECT_EQ(FormatOrigin(*origin), row.formatted);
    EXPECT_EQ(HostField(*origin), row.host_field);
  }
}

TEST(ParseOrigin, SaysWhatIsWrong) {
  struct Row {
    std::string_view text;
    std::string_view message;
  };
  const Row rows[] = {
      {"", "'' does not begin with http:// or https://"},
      {"127.0.0.1:80", "'127.0.0.1:80' does not begin with http:// or https://"},
      {"ftp://a", "'ftp://a' does not begin with http:// or https://"},
      {"file:///etc/passwd", "'file:///etc/passwd' does not begin with http:// or https://"},
      {"http://", "'http://' has no host name or address after its scheme"},
      {"http:///", "'http:///' has no host name or address after its scheme"},
      {"https://.", "'https://.' has no host name or address after its scheme"},
      {"http://:80", "'http://:80' has no host name or address after its scheme"},
      {"http://[::1", "'http://[::1' has no host name or address after its scheme"},
      {"http://[1]", "'http://[1]' has no host name or address after its scheme"},
      {"http://a b", "'http://a b' has no host name or address after its scheme"},
      {"http://a:", "'http://a:' has no port between 1 and 65535 after its host"},
      {"http://a:0", "'http://a:0' has no port between 1 and 65535 after its host"},
      {"http://a:65536", "'http://a:65536' has no port between 1 and 65535 after its host"},
      {"http://a:8x", "'http://a:8x' has no port between 1 and 65535 after its host"},
      {"http://[::1]80", "'http://[::1]80' has no port between 1 and 65535 after its host"},
      {"http://a/beta", "'http://a/beta' has more than scheme, host and port"},
      {"http://a?x", "'http://a?x' has more than scheme, host and port"},
      {"http://me:secret@a",
       "an origin holds no user name or password; leave out what is before the '@'"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto origin = ParseOrigin(row.text);
    ASSERT_FALSE(origin.has_value());
    EXPECT_EQ(origin.error().message, row.message);
  }
}

TEST(IsLoopback, IsTrueOfThisMachineAlone) {
  for (const char* host : {"127.0.0.1", "127.1.2.3", "::1", "localhost"}) {
    EXPECT_TRUE(IsLoopback({"http", host, 80})) << host;
  }
  for (const char* host :
       {"128.0.0.1", "::2", "localhost.example", "127.0.0.1.example", "10.0.0.1"}) {
    EXPECT_FALSE(IsLoopback({"http", host, 80})) << host;
  }
}

TEST(WithoutLastDot, TakesOneAlone) {
  EXPECT_EQ(WithoutLastDot("graph.microsoft.com."), "graph.microsoft.com");
  EXPECT_EQ(WithoutLastDot("graph.microsoft.com"), "graph.microsoft.com");
  EXPECT_EQ(WithoutLastDot(""), "");
}

}  // namespace
}  // namespace conform
