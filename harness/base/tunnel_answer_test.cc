#include "base/tunnel_answer.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(ReadTunnelAnswer, TellsStatusAndFields) {
  const struct {
    std::string_view head;
    int status;
    std::string fields;
  } rows[] = {
      {"HTTP/1.1 200 OK\r\n\r\n", 200, ""},
      {"HTTP/1.0 407\r\n\r\n", 407, ""},
      {"HTTP/1.1 407 No\r\nA:  b \r\nodd\r\nC:\r\n\r\n", 407, "A=b C= "},
      {"HTTP/1.1 4070 No\r\n\r\n", 0, ""},
      {"HTTP/1.1 40\r\n\r\n", 0, ""},
      {"SSH-2.0-proxy\r\n\r\n", 0, ""},
      {"", 0, ""},
  };
  for (const auto& row : rows) {
    const TunnelAnswer answer = ReadTunnelAnswer(row.head);
    std::string fields;
    for (const Field& field : answer.fields) fields += field.name + "=" + field.value + " ";
    EXPECT_EQ(answer.status, row.status) << row.head;
    EXPECT_EQ(fields, row.fields) << row.head;
  }
}

}  // namespace
}  // namespace conform
