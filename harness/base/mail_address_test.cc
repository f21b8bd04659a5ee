#include "base/mail_address.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

TEST(FindMailAddresses, TellsThemByTheirShape) {
  const struct {
    std::string_view text;
    std::string found;
  } rows[] = {
      {"User 'dora.person@contoso.test' does not exist.", "dora.person@contoso.test "},
      {"<a+b@x.example>, \"C\" <c@y.z.example>.", "a+b@x.example c@y.z.example "},
      {"/users/d%2be@x.example/messages?to=f@x.example&n", "d%2be@x.example f@x.example "},
      {"pat_outlook.example#EXT#@contoso.test", "pat_outlook.example#EXT#@contoso.test "},
      {"\u00e9milie@caf\u00e9.example", "\u00e9milie@caf\u00e9.example "},
      {"..a@x.example...", "a@x.example "},
      {"a@b.example@c.example", "a@b.example "},
      {"@odata.type members@odata.bind v@microsoft.graph.rule", ""},
      {"a@localhost a@10.0.0.1 a@.example a@x..example @x.example a@x.e a @ b", ""},
      {"", ""},
      {"@", ""},
  };
  for (const auto& row : rows) {
    std::string found;
    for (const std::string_view each : FindMailAddresses(row.text))
      found += std::string(each) + " ";
    EXPECT_EQ(found, row.found) << row.text;
  }
}

}  // namespace
}  // namespace conform
