// What may be put into a time stamp without its signature showing it, and is told all the same.
#include "bundle/time_stamp_form.h"

#include <gtest/gtest.h>
#include <openssl/ts.h>

#include <functional>

#include "bundle/openssl_handle.h"
#include "bundle/sample_authority.h"

namespace conform {
namespace {

PKCS7_SIGNER_INFO* SignerOf(TS_RESP* answer) {
  return sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(TS_RESP_get_token(answer)), 0);
}

/// Shown as an attribute's value or a status text.
Handle<ASN1_UTF8STRING, ASN1_UTF8STRING_free> Text(const char* text) {
  Handle<ASN1_UTF8STRING, ASN1_UTF8STRING_free> made(ASN1_UTF8STRING_new());
  ASN1_STRING_set(made.get(), text, -1);
  return made;
}

struct Altered {
  const char* name;
  std::function<void(TS_RESP*)> alter;
};

class TimeStampAltered : public testing::TestWithParam<Altered> {
 protected:
  SampleFolder folder_;
  SampleAuthority authority_{folder_};
};

TEST_P(TimeStampAltered, OutsideOfWhatIsSignedIsTold) {
  const std::string kept = *AskDirectly(authority_)("hello");
  EXPECT_TRUE(CanonicalTimeStamp(kept) == kept);
  const unsigned char* cursor = Bytes(kept);
  const Handle<TS_RESP, TS_RESP_free> answer(
      d2i_TS_RESP(nullptr, &cursor, static_cast<long>(kept.size())));
  GetParam().alter(answer.get());
  const std::string altered = EncodeDer<i2d_TS_RESP>(answer.get());
  EXPECT_FALSE(altered == kept);
  EXPECT_TRUE(CanonicalTimeStamp(altered) == kept);
  const TimeStampRoots roots = *TimeStampRoots::Load(folder_.path() / "ca.pem");
  for (const TimeStampRoots* trusted : {&roots, static_cast<const TimeStampRoots*>(nullptr)}) {
    const auto stamp = VerifyTimeStamp(altered, "hello", trusted);
    ASSERT_FALSE(stamp);
    EXPECT_EQ(stamp.error().message, "altered, outside of what is signed");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, TimeStampAltered,
    testing::Values(
        Altered{"Status",
                [](TS_RESP* answer) {
                  ASN1_INTEGER_set(const_cast<ASN1_INTEGER*>(
                                       TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(answer))),
                                   TS_STATUS_GRANTED_WITH_MODS);
                }},
        Altered{"StatusText",
                [](TS_RESP* answer) {
                  const std::string der("\x30\x0c\x02\x01\0\x30\x07\x0c\x05hello", 14);
                  const unsigned char* cursor = Bytes(der);
                  const Handle<TS_STATUS_INFO, TS_STATUS_INFO_free> status(
                      d2i_TS_STATUS_INFO(nullptr, &cursor, static_cast<long>(der.size())));
                  TS_RESP_set_status_info(answer, status.get());
                }},
        Altered{"UnsignedAttribute",
                [](TS_RESP* answer) {
                  PKCS7_add_attribute(SignerOf(answer), NID_friendlyName, V_ASN1_UTF8STRING,
                                      Text("hello").release());
                }},
        Altered{"Certificate",
                [](TS_RESP* answer) {
                  STACK_OF(X509)* all = TS_RESP_get_token(answer)->d.sign->cert;
                  PKCS7_add_certificate(TS_RESP_get_token(answer), sk_X509_value(all, 0));
                }},
        Altered{"SignatureAlgorithm",
                [](TS_RESP* answer) {
                  X509_ALGOR_set0(SignerOf(answer)->digest_enc_alg,
                                  OBJ_nid2obj(NID_ecdsa_with_SHA512), V_ASN1_UNDEF, nullptr);
                }},
        Altered{"Version",
                [](TS_RESP* answer) { ASN1_INTEGER_set(SignerOf(answer)->version, 4); }}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(CanonicalTimeStamp, KeepsTheCertificatesBetweenAnAuthorityAndItsRoot) {
  const SampleFolder folder;
  const SampleAuthority authority(folder);
  folder.Run(R"(
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout middle.key -out middle.csr \
  -subj "/CN=Middle CA" 2>/dev/null
echo basicConstraints=critical,CA:TRUE > middle.cnf
openssl x509 -req -in middle.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out middle.pem -days 2 \
  -extfile middle.cnf 2>/dev/null
openssl x509 -req -in tsa.csr -CA middle.pem -CAkey middle.key -CAcreateserial -out tsa.pem \
  -days 2 -extfile tsa.cnf -extensions stamps 2>/dev/null
sed -i 's/certs = ca.pem/certs = chain.pem/' tsa.cnf
cat ca.pem middle.pem > chain.pem
)");
  const std::string kept = *AskDirectly(authority)("hello");
  EXPECT_TRUE(CanonicalTimeStamp(kept) == kept);
  const TimeStampRoots roots = *TimeStampRoots::Load(folder.path() / "ca.pem");
  const auto stamp = VerifyTimeStamp(kept, "hello", &roots);
  EXPECT_TRUE(stamp) << stamp.error().message;
  folder.Write("kept.tsr", kept);
  EXPECT_EQ(folder.Run("openssl ts -reply -in kept.tsr -token_out -out token 2>/dev/null; openssl "
                       "pkcs7 -inform DER -in token -print_certs -noout | grep ^subject"),
            "subject=O = Samples, CN = Sample Authority\nsubject=CN = Middle CA\n");
}

}  // namespace
}  // namespace conform
