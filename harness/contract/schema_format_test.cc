#include "contract/schema_format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform {
namespace {

using nlohmann::json;

struct FormatRow {
  const char* name;
  std::vector<json> kept;
  std::vector<json> broken;
};

TEST(KeepsFormat, JudgesTheFormatsThatItKnows) {
  const std::vector<FormatRow> rows = {
      {"date",
       {"2024-02-29", "0001-01-01"},
       {"2023-02-29", "2024-02-30", "2024-02", "24-02-01", ""}},
      {"time",
       {"23:59:60Z", "00:00:00.123z", "15:59:60-08:00", "05:29:60.5+05:30"},
       {"00:00:60Z", "23:59:60+01:00", "24:00:00Z", "12:00:00", "12:00Z"}},
      {"date-time",
       {"2024-02-29T10:00:00Z", "2024-12-01t00:00:00.5+02:00"},
       {"2024-02-30T10:00:00Z", "2024-02-29 10:00:00Z", "2024-02-29", "2024-02-29T10:00:60Z"}},
      {"email", {"a@b.example", "\"a b\"@c", "ü@b.example"}, {"a", "@b", "a@", "a b@c", "a@b@c"}},
      {"ipv4", {"127.0.0.1"}, {"127.0.0", "256.0.0.1", "::1", std::string("127.0.0.1\0x", 11)}},
      {"ipv6", {"::1", "2001:db8::192.0.2.1"}, {"127.0.0.1", "1::2::3", "[::1]"}},
      {"uri",
       {"https://a.example/b?c=%20#d", "urn:x", "a:"},
       {"/b", "a", "1a:b", "https://a b", "https://a/{id}", "https://ü.example", "https://a/%zz",
        "https://a/%2", "https://a/%"}},
      {"uuid",
       {"6F9619FF-8B86-d011-B42D-00CF4FC964FF"},
       {"6f9619ff8b86d011b42d00cf4fc964ff", "{6f9619ff-8b86-d011-b42d-00cf4fc964ff}", "x"}},
      {"int32", {2147483647, -2147483648, 1.0}, {2147483648, -2147483649, 1e12, 1.5}},
      {"int64", {9223372036854775807, 0, 1e3}, {9223372036854775808u, 1e30, -0.5}},
      {"regex", {"(", 1}, {}},
  };
  for (const FormatRow& row : rows) {
    for (const json& value : row.kept) EXPECT_TRUE(KeepsFormat(row.name, value)) << value;
    for (const json& value : row.broken) {
      EXPECT_FALSE(KeepsFormat(row.name, value)) << row.name << ' ' << value;
    }
    for (const json& other : {json(nullptr), json::array({"x"}), json(true)}) {
      EXPECT_TRUE(KeepsFormat(row.name, other)) << row.name;
    }
  }
}

}  // namespace
}  // namespace conform
