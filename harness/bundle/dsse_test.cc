#include "bundle/dsse.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(PreAuthenticationEncoding, IsThatOfTheSpecification) {
  // Its own example (DSSE v1.0, protocol.md).
  EXPECT_EQ(PreAuthenticationEncoding("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  // Lengths count bytes.
  EXPECT_EQ(PreAuthenticationEncoding("ü", ""), "DSSEv1 2 ü 0 ");
}

const Envelope kHello = {"text/plain", "hello world", {{"key one", "\xff\xfe"}}};
constexpr const char* kHelloText =
    R"({"payloadType":"text/plain","payload":"aGVsbG8gd29ybGQ=","signatures":[{"keyid":"key one","sig":"//4="}]})"
    "\n";

TEST(RenderEnvelope, IsOneLineOfJson) { EXPECT_EQ(RenderEnvelope(kHello), kHelloText); }

TEST(ReadEnvelope, ReadsWhatWasRendered) {
  const auto envelope = ReadEnvelope(kHelloText);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->payload_type, "text/plain");
  EXPECT_EQ(envelope->payload, "hello world");
  ASSERT_EQ(envelope->signatures.size(), 1u);
  EXPECT_EQ(envelope->signatures[0].key_id, "key one");
  EXPECT_EQ(envelope->signatures[0].signature, "\xff\xfe");
}

struct NoEnvelope {
  const char* name;
  const char* text;
  const char* error;
};

class ReadEnvelopeRefuses : public testing::TestWithParam<NoEnvelope> {};

TEST_P(ReadEnvelopeRefuses, AndSaysWhy) {
  const auto envelope = ReadEnvelope(GetParam().text);
  ASSERT_FALSE(envelope);
  EXPECT_EQ(envelope.error().message, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadEnvelopeRefuses,
    testing::Values(
        NoEnvelope{"NoJson", "{", "it is no JSON object"},
        NoEnvelope{"NoObject", "[]", "it is no JSON object"},
        NoEnvelope{"NoType", R"({"payload":""})", "it names no payloadType"},
        NoEnvelope{"NoPayload", R"({"payloadType":"a"})", "its payload is no base64 text"},
        NoEnvelope{"PayloadNotBase64", R"({"payloadType":"a","payload":"*"})",
                   "its payload is no base64 text"},
        NoEnvelope{"PayloadInBase64Url", R"({"payloadType":"a","payload":"_-=="})",
                   "its payload is no base64 text"},
        NoEnvelope{"NoSignatures", R"({"payloadType":"a","payload":""})", "it has no signatures"},
        NoEnvelope{"SignatureNoObject", R"({"payloadType":"a","payload":"","signatures":[1]})",
                   "a signature of it is no object"},
        NoEnvelope{"NoKeyId", R"({"payloadType":"a","payload":"","signatures":[{"sig":""}]})",
                   "a signature of it names no keyid"},
        NoEnvelope{"NoSignature", R"({"payloadType":"a","payload":"","signatures":[{"keyid":""}]})",
                   "its sig is no base64 text"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
