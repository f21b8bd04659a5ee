#include "mock/request_head.h"

#include <gtest/gtest.h>

#include <string>

namespace conform {
namespace {

TEST(ReadRequestHead, KeepsOrderCaseAndEncodingOfFields) {
  const auto head = ReadRequestHead(
      "POST /beta?x HTTP/1.1\r\nHost: h\r\nX-b:  a%41 b\t\r\nx-B:\r\nX-Umlaut: \xC3\xA4\r\n\r\n");
  ASSERT_TRUE(head.has_value());
  EXPECT_EQ(head->line.method, "POST");
  EXPECT_EQ(head->line.target, "/beta?x");
  EXPECT_EQ(head->line.minor_version, 1);
  std::string fields;
  for (const Field& field : head->fields) fields += field.name + "=" + field.value + ";";
  EXPECT_EQ(fields, "Host=h;X-b=a%41 b;x-B=;X-Umlaut=\xC3\xA4;");
}

TEST(ReadRequestHead, FindsAControlCharacterWhereverAValueHasIt) {
  constexpr std::size_t kSize = 20;
  for (std::size_t at = 1; at + 1 < kSize; ++at) {
    const auto read = [at](char c) {
      std::string value(kSize, 'v');
      value[at] = c;
      return ReadRequestHead("GET / HTTP/1.1\r\nA: " + value + "\r\n\r\n").has_value();
    };
    for (const char c : {'\0', '\x1F', '\x7F', '\n'}) EXPECT_FALSE(read(c)) << at;
    for (const char c : {'\t', ' ', '\x80', '\xFF', '~'}) EXPECT_TRUE(read(c)) << at;
  }
}

TEST(ReadRequestLine, ReadsHttp10AndUnknownMethods) {
  const auto line = ReadRequestLine("PROPFIND * HTTP/1.0");
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->method, "PROPFIND");
  EXPECT_EQ(line->minor_version, 0);
}

TEST(ReadRequestLine, ReadsOtherVersionsToo) {
  const auto line = ReadRequestLine("PRI * HTTP/2.0");
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->major_version, 2);
  EXPECT_EQ(ReadRequestLine("GET / HTTP/1.9")->minor_version, 9);
}

TEST(IsHostValue, IsAHostAndMaybeAPort) {
  for (const char* value : {"h", "localhost:8080", "127.0.0.1", "[::1]", "[::1]:80", "h:", "a_b",
                            "%41", "xn--bcher-kva.example"}) {
    EXPECT_TRUE(IsHostValue(value)) << value;
  }
  for (const char* value : {"", ":80", "a b", "\"<>\\", "h:80a", "h:8:0", "::1", "[::1", "[]",
                            "[::1]80", "u@h", "h/", "h, i", "\xC3\xA4"}) {
    EXPECT_FALSE(IsHostValue(value)) << value;
  }
}

struct BrokenRow {
  const char* name;
  std::string bytes;
};

class ReadRequestHeadRejects : public testing::TestWithParam<BrokenRow> {};

TEST_P(ReadRequestHeadRejects, BrokenHeads) {
  EXPECT_FALSE(ReadRequestHead(GetParam().bytes).has_value());
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadRequestHeadRejects,
    testing::Values(BrokenRow{"Nothing", ""}, BrokenRow{"NoEnd", "GET / HTTP/1.1\r\nHost: h\r\n"},
                    BrokenRow{"BareLf", "GET / HTTP/1.1\nHost: h\n\n"},
                    BrokenRow{"BareLfInField", "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n"},
                    BrokenRow{"TwoSpaces", "GET  / HTTP/1.1\r\n\r\n"},
                    BrokenRow{"NoTarget", "GET HTTP/1.1\r\n\r\n"},
                    BrokenRow{"SpaceInTarget", "GET /a b HTTP/1.1\r\n\r\n"},
                    BrokenRow{"MethodIsNoToken", "G(T / HTTP/1.1\r\n\r\n"},
                    BrokenRow{"TwoDigits", "GET / HTTP/1.10\r\n\r\n"},
                    BrokenRow{"LowerCaseVersion", "GET / http/1.1\r\n\r\n"},
                    BrokenRow{"ControlInTarget", "GET /\x01 HTTP/1.1\r\n\r\n"},
                    BrokenRow{"FieldWithoutColon", "GET / HTTP/1.1\r\nHost\r\n\r\n"},
                    BrokenRow{"FieldWithoutName", "GET / HTTP/1.1\r\n: h\r\n\r\n"},
                    BrokenRow{"SpaceBeforeColon", "GET / HTTP/1.1\r\nHost : h\r\n\r\n"},
                    BrokenRow{"Fold", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"},
                    BrokenRow{"ControlInValue", "GET / HTTP/1.1\r\nA: b\x7f\r\n\r\n"},
                    BrokenRow{"CrInValue", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n"},
                    BrokenRow{"BytesBehind", "GET / HTTP/1.1\r\n\r\nmore"}),
    [](const testing::TestParamInfo<BrokenRow>& row) { return row.param.name; });

}  // namespace
}  // namespace conform
