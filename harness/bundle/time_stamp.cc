#include "bundle/time_stamp.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ts.h>

#include <array>
#include <cstdint>

#include "base/digest.h"
#include "base/source_text.h"
#include "base/utf8.h"
#include "bundle/openssl_handle.h"
#include "bundle/time_stamp_form.h"

namespace conform {
namespace {

using RequestHandle = Handle<TS_REQ, TS_REQ_free>;
using AnswerHandle = Handle<TS_RESP, TS_RESP_free>;
using CertificateHandle = Handle<X509, X509_free>;

constexpr std::size_t kNonceBytes = 8;

/// What OpenSSL said last, in its own words; its queue is empty then.
std::string TakeReason() {
  const char* data = nullptr;
  int flags = 0;
  const unsigned long code = ERR_peek_last_error_data(&data, &flags);
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  std::string text = reason == nullptr ? "OpenSSL gives no reason" : reason;
  if (data != nullptr && *data != '\0' && (flags & ERR_TXT_STRING) != 0) {
    text += fmt::format(" ({})", ShowLine(data));
  }
  ERR_clear_error();
  return text;
}

/// Nonce: one is set.
RequestHandle MakeRequest(std::string_view stamped, bool with_nonce) {
  RequestHandle request(TS_REQ_new());
  const Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
  const Handle<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  if (!request || !imprint || !algorithm) return nullptr;
  std::string digest = Sha256(stamped);
  X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
  const bool made =
      TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
      TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(digest.data()),
                             static_cast<int>(digest.size())) == 1 &&
      TS_REQ_set_version(request.get(), 1) == 1 &&
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
      TS_REQ_set_cert_req(request.get(), 1) == 1;
  if (!made) return nullptr;
  if (!with_nonce) return request;
  std::array<unsigned char, kNonceBytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return nullptr;
  const Handle<BIGNUM, BN_free> number(BN_bin2bn(random.data(), kNonceBytes, nullptr));
  const Handle<ASN1_INTEGER, ASN1_INTEGER_free> nonce(BN_to_ASN1_INTEGER(number.get(), nullptr));
  if (!nonce || TS_REQ_set_nonce(request.get(), nonce.get()) != 1) return nullptr;
  return request;
}

/// One that is all of `answer`, in DER.
Expected<AnswerHandle> ReadAnswer(std::string_view answer) {
  if (answer.size() > kMostAnswerBytes) return Fail("it is longer than 1 MiB");
  const unsigned char* cursor = Bytes(answer);
  AnswerHandle read(d2i_TS_RESP(nullptr, &cursor, static_cast<long>(answer.size())));
  ERR_clear_error();
  if (!read || cursor != Bytes(answer) + answer.size()) return Fail("it is no TimeStampResp");
  return read;
}

/// Status, version, imprint and nonce; with `store` the signer too.
bool Verify(TS_RESP* answer, TS_REQ* request, X509_STORE* store) {
  const Handle<TS_VERIFY_CTX, TS_VERIFY_CTX_free> context(
      TS_REQ_to_TS_VERIFY_CTX(request, nullptr));
  if (!context) return false;
  unsigned flags = TS_VFY_VERSION | TS_VFY_IMPRINT;
  if (TS_REQ_get_nonce(request) != nullptr) flags |= TS_VFY_NONCE;
  if (store != nullptr) {
    flags |= TS_VFY_SIGNATURE | TS_VFY_SIGNER;
    X509_STORE_up_ref(store);  // the context releases what it is given
    TS_VERIFY_CTX_set_store(context.get(), store);
  }
  TS_VERIFY_CTX_set_flags(context.get(), static_cast<int>(flags));
  return TS_RESP_verify_response(context.get(), answer) == 1;
}

/// The certificate that signed it, where that came with it and its signature holds.
X509* FindSigner(PKCS7* token) {
  if (PKCS7_verify(token, nullptr, nullptr, nullptr, nullptr, PKCS7_NOVERIFY) != 1) return nullptr;
  return SignerNamedBy(token);
}

/// Whether what the signer signed names its certificate by digest (RFC 5816): else another one of
/// the same key might have been put in its place.
bool NamesCertificate(PKCS7* token, X509* certificate) {
  PKCS7_SIGNER_INFO* facts = sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(token), 0);
  for (const int attribute :
       {NID_id_smime_aa_signingCertificate, NID_id_smime_aa_signingCertificateV2}) {
    const ASN1_TYPE* named = PKCS7_get_signed_attribute(facts, attribute);
    if (named == nullptr || named->type != V_ASN1_SEQUENCE) continue;
    const std::string_view text(
        reinterpret_cast<const char*>(ASN1_STRING_get0_data(named->value.sequence)),
        static_cast<std::size_t>(ASN1_STRING_length(named->value.sequence)));
    for (const EVP_MD* digest : {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
      std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
      unsigned size = 0;
      if (X509_digest(certificate, digest, value.data(), &size) == 1 &&
          text.find({reinterpret_cast<const char*>(value.data()), size}) != text.npos) {
        return true;
      }
    }
  }
  return false;
}

std::string SubjectOf(X509* certificate) {
  const BioHandle text(BIO_new(BIO_s_mem()));
  if (!text) return "";
  X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return ShowLine({bytes, static_cast<std::size_t>(size)});
}

Expected<std::chrono::system_clock::time_point> TimeOf(TS_TST_INFO* facts) {
  std::tm time{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(facts), &time) != 1) return Fail("it tells no time");
  const std::chrono::year_month_day day(std::chrono::year(time.tm_year + 1900),
                                        std::chrono::month(static_cast<unsigned>(time.tm_mon + 1)),
                                        std::chrono::day(static_cast<unsigned>(time.tm_mday)));
  return std::chrono::sys_days(day) + std::chrono::hours(time.tm_hour) +
         std::chrono::minutes(time.tm_min) + std::chrono::seconds(time.tm_sec);
}

Handle<X509_STORE, X509_STORE_free> MakeStore(const std::string& pem,
                                              std::chrono::system_clock::time_point when) {
  Handle<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  const BioHandle text = ReadFrom(pem);
  if (!store || !text) return nullptr;
  while (const CertificateHandle next{
      PEM_read_bio_X509(text.get(), nullptr, &openssl::NoPassword, nullptr)}) {
    X509_STORE_add_cert(store.get(), next.get());
  }
  ERR_clear_error();  // the end of the text is one
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()),
                             std::chrono::system_clock::to_time_t(when));
  return store;
}

Expected<TimeStamp> Check(TS_RESP* answer, TS_REQ* request, const TimeStampRoots* roots) {
  if (!Verify(answer, request, nullptr)) return Fail(TakeReason());
  X509* signer = FindSigner(TS_RESP_get_token(answer));
  if (signer == nullptr) return Fail(fmt::format("its signature does not hold: {}", TakeReason()));
  if (!NamesCertificate(TS_RESP_get_token(answer), signer)) {
    return Fail("its certificate is not the one that its signer names");
  }
  TS_TST_INFO* facts = TS_RESP_get_tst_info(answer);
  const auto when = TimeOf(facts);
  if (!when) return tl::unexpected(when.error());
  if (roots != nullptr) {
    const auto store = MakeStore(roots->pem(), *when);
    if (!store || !Verify(answer, request, store.get())) return Fail(TakeReason());
  }
  std::array<char, 128> policy{};
  OBJ_obj2txt(policy.data(), static_cast<int>(policy.size()), TS_TST_INFO_get_policy_id(facts), 1);
  return TimeStamp{*when, SubjectOf(signer), policy.data()};
}

}  // namespace

Expected<std::string> MakeTimeStampRequest(std::string_view stamped) {
  const RequestHandle request = MakeRequest(stamped, true);
  std::string der = request ? EncodeDer<i2d_TS_REQ>(request.get()) : "";
  if (der.empty()) return Fail("a time stamp could not be asked for: " + TakeReason());
  return der;
}

Expected<std::string> AcceptAnswer(std::string_view answer, std::string_view request) {
  const unsigned char* cursor = Bytes(request);
  const RequestHandle asked(d2i_TS_REQ(nullptr, &cursor, static_cast<long>(request.size())));
  if (!asked) return Fail("the request is none: " + TakeReason());
  const auto read = ReadAnswer(answer);
  if (!read) return tl::unexpected(read.error());
  const auto stamp = Check(read->get(), asked.get(), nullptr);
  if (!stamp) return tl::unexpected(stamp.error());
  std::string kept = CanonicalTimeStamp(answer);
  const auto again = ReadAnswer(kept);
  if (!again || !Check(again->get(), asked.get(), nullptr)) {
    return Fail("it cannot be kept: a bundle holds stamps signed by one RSA or EC key alone");
  }
  return kept;
}

Expected<TimeStampRoots> TimeStampRoots::Read(std::string pem) {
  const BioHandle text = ReadFrom(pem);
  std::size_t count = 0;
  while (const CertificateHandle next{
      PEM_read_bio_X509(text.get(), nullptr, &openssl::NoPassword, nullptr)}) {
    ++count;
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (count == 0) return Fail("holds no certificate in PEM");
  if (!at_end) return Fail(fmt::format("holds a broken certificate, after {} good", count));
  return TimeStampRoots(std::move(pem));
}

Expected<TimeStampRoots> TimeStampRoots::Load(const std::filesystem::path& path) {
  const auto text = SourceText::Load(path);
  if (!text) return Fail(fmt::format("{}: {}", path.string(), text.error().message));
  auto roots = Read((*text)->text());
  if (!roots) return Fail(fmt::format("{} {}", path.string(), roots.error().message));
  return roots;
}

Expected<TimeStamp> VerifyTimeStamp(std::string_view answer, std::string_view stamped,
                                    const TimeStampRoots* roots) {
  const auto read = ReadAnswer(answer);
  if (!read) return tl::unexpected(read.error());
  const RequestHandle request = MakeRequest(stamped, false);
  if (!request) return Fail(TakeReason());
  auto stamp = Check(read->get(), request.get(), roots);
  if (stamp && CanonicalTimeStamp(answer) != answer) {
    return Fail("altered, outside of what is signed");
  }
  return stamp;
}

}  // namespace conform
