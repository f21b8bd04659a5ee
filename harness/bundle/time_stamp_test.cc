// Time stamps by `openssl ts`, asked for over loopback, and answers that are none.
#include "bundle/time_stamp.h"

#include <gtest/gtest.h>

#include <mutex>

#include "base/date.h"
#include "bundle/sample_authority.h"
#include "bundle/time_stamp_client.h"
#include "bundle/time_stamp_form.h"
#include "testing/golden.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

constexpr const char* kReplyType = "application/timestamp-reply";

class TimeStamps : public testing::Test {
 protected:
  std::string Answer(const std::string& request, const std::string& flags = "") const {
    return authority_.Answer(request, flags);
  }
  TimeStampRoots Roots() const { return *TimeStampRoots::Load(folder_.path() / "ca.pem"); }
  /// Why the answer is not taken; empty where it is.
  static std::string Why(const std::string& answer, const std::string& request) {
    const auto accepted = AcceptAnswer(answer, request);
    return accepted ? "" : accepted.error().message;
  }
  static std::string WhyNot(const std::string& answer, std::string_view stamped,
                            const TimeStampRoots* roots) {
    const auto stamp = VerifyTimeStamp(answer, stamped, roots);
    return stamp ? "" : stamp.error().message;
  }

  SampleFolder folder_;
  SampleAuthority authority_{folder_};
};

TEST_F(TimeStamps, AreAskedForAsOpensslAsks) {
  folder_.Write("ours.tsq", *MakeTimeStampRequest("hello"));
  folder_.Run(
      "printf hello > hello; openssl ts -query -data hello -sha256 -cert -out theirs.tsq "
      "2>/dev/null");
  const auto shown = [&](const std::string& name) {
    return folder_.Run("openssl ts -query -in " + name + " -text | sed 's/Nonce: 0x.*/Nonce/'");
  };
  EXPECT_NE(shown("ours.tsq").find("Nonce\n"), std::string::npos);
  EXPECT_EQ(shown("ours.tsq"), shown("theirs.tsq"));
  EXPECT_NE(*MakeTimeStampRequest("hello"), *MakeTimeStampRequest("hello"));
}

TEST_F(TimeStamps, AreTakenAndVerified) {
  const std::string request = *MakeTimeStampRequest("hello");
  const std::string answer = Answer(request);
  const auto accepted = AcceptAnswer(answer, request);
  ASSERT_TRUE(accepted) << accepted.error().message;
  EXPECT_TRUE(*accepted == CanonicalTimeStamp(answer));
  const TimeStampRoots roots = Roots();
  for (const TimeStampRoots* trusted : {&roots, static_cast<const TimeStampRoots*>(nullptr)}) {
    const auto stamp = VerifyTimeStamp(*accepted, "hello", trusted);
    ASSERT_TRUE(stamp) << stamp.error().message;
    EXPECT_EQ(stamp->authority, "CN=Sample Authority,O=Samples");
    EXPECT_EQ(stamp->policy, "1.2.3.4.1");
    folder_.Write("answer.tsr", answer);
    // `Time stamp: Nov 25 02:00:00 2026 GMT`
    EXPECT_EQ(FormatTimestamp(stamp->when).substr(0, 19) + "\n",
              folder_.Run("date -u -d \"$(openssl ts -reply -in answer.tsr -text | sed -n 's/Time "
                          "stamp: //p')\" +%FT%T"));
  }
  EXPECT_EQ(WhyNot(answer, "hullo", nullptr), "message imprint mismatch");
}

TEST_F(TimeStamps, AreRefusedWhereTheyAnswerAnotherRequest) {
  const std::string request = *MakeTimeStampRequest("hello");
  EXPECT_EQ(Why(Answer(*MakeTimeStampRequest("hello")), request), "nonce mismatch");
  EXPECT_EQ(Why(Answer(*MakeTimeStampRequest("hullo")), request), "message imprint mismatch");
  folder_.Run(
      "printf hello > hello; openssl ts -query -data hello -sha256 -cert -no_nonce -out none.tsq "
      "2>/dev/null");
  EXPECT_EQ(Why(Answer(folder_.Read("none.tsq")), request), "nonce not returned");
}

TEST_F(TimeStamps, AreRefusedWhereNoneWasGranted) {
  folder_.Run(
      "printf hello > hello; openssl ts -query -data hello -sha512 -cert -out sha512.tsq "
      "2>/dev/null");
  const std::string refused = Answer(folder_.Read("sha512.tsq"));
  EXPECT_EQ(Why(refused, *MakeTimeStampRequest("hello")),
            "no time stamp token (status code: rejection, status text: Message digest algorithm is "
            "not supported., failure codes: badAlg)");
}

TEST_F(TimeStamps, AreRefusedWhereTheyAreNoAnswer) {
  const std::string request = *MakeTimeStampRequest("hello");
  const std::string answer = Answer(request);
  EXPECT_EQ(Why("", request), "it is no TimeStampResp");
  EXPECT_EQ(Why("hello", request), "it is no TimeStampResp");
  EXPECT_EQ(Why(answer + "x", request), "it is no TimeStampResp");
  EXPECT_EQ(Why(answer.substr(0, answer.size() - 1), request), "it is no TimeStampResp");
  EXPECT_EQ(Why(std::string(1 << 21, 'x'), request), "it is longer than 1 MiB");
  std::string forged = answer;
  forged.back() = static_cast<char>(forged.back() ^ 1);  // the signature's last byte
  EXPECT_EQ(Why(forged, request).substr(0, 28), "its signature does not hold:");
}

TEST_F(TimeStamps, NeedAnAuthorityThatTheRootsVouchFor) {
  const std::string answer = Answer(*MakeTimeStampRequest("hello"));
  folder_.Run(
      "openssl req -x509 -newkey ed25519 -nodes -keyout /dev/null -subj /CN=Other -out other.pem "
      "2>/dev/null");
  const auto other = TimeStampRoots::Load(folder_.path() / "other.pem");
  ASSERT_TRUE(other);
  EXPECT_EQ(WhyNot(answer, "hello", &*other),
            "certificate verify error (Verify error:self-signed certificate in certificate chain)");
}

TEST_F(TimeStamps, NeedACertificateForTimeStamps) {
  Answer(*MakeTimeStampRequest("hello"));
  // What the authority said, signed once more by a certificate that is for something else.
  folder_.Run(R"(
sed -i 's/critical,timeStamping/critical,codeSigning/' tsa.cnf
openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -out code.pem -days 2 \
  -extfile tsa.cnf -extensions stamps 2>/dev/null
openssl ts -reply -in answer.tsr -token_out -out token 2>/dev/null
openssl cms -verify -noverify -in token -inform DER -out facts 2>/dev/null
openssl cms -sign -binary -nodetach -cades -econtent_type id-smime-ct-TSTInfo -in facts \
  -signer code.pem -inkey tsa.key -outform DER -out token
openssl ts -reply -in token -token_in -out code.tsr 2>/dev/null
)");
  const std::string answer = CanonicalTimeStamp(folder_.Read("code.tsr"));
  const TimeStampRoots roots = Roots();
  EXPECT_EQ(WhyNot(answer, "hello", nullptr), "");
  EXPECT_EQ(WhyNot(answer, "hello", &roots),
            "certificate verify error (Verify error:unsuitable certificate purpose)");
}

TEST(TimeStamp, HoldsAfterItsCertificatesEnded) {
  // Made with a CA and an authority whose certificates ended ten minutes later.
  const std::filesystem::path folder = CONFORM_TESTDATA "/time_stamp";
  const auto roots = TimeStampRoots::Load(folder / "ca.pem");
  ASSERT_TRUE(roots) << roots.error().message;
  const std::string kept = CanonicalTimeStamp(ReadTestFile(folder / "hello.tsr"));
  const auto stamp = VerifyTimeStamp(kept, "hello", &*roots);
  ASSERT_TRUE(stamp) << stamp.error().message;
  EXPECT_EQ(FormatTimestamp(stamp->when), "2026-11-25T02:33:45.000Z");
}

TEST_F(TimeStamps, RootsAreCertificatesInPem) {
  const std::string ca = folder_.Read("ca.pem");
  const auto why = [](const std::string& pem) {
    const auto roots = TimeStampRoots::Read(pem);
    return roots ? "" : roots.error().message;
  };
  EXPECT_EQ(why(ca + ca), "");
  EXPECT_EQ(TimeStampRoots::Load("/nowhere/ca.pem").error().message,
            "/nowhere/ca.pem: no such file");
  EXPECT_EQ(why(""), "holds no certificate in PEM");
  EXPECT_EQ(why(kSamplePublicKey), "holds no certificate in PEM");
  std::string broken = ca;
  broken[40] = broken[40] == 'A' ? 'B' : 'A';
  EXPECT_EQ(why(ca + broken), "holds a broken certificate, after 1 good");
}

TEST_F(TimeStamps, ComeOverHttp) {
  std::mutex mutex;
  std::string asked_type;
  const SampleWeb web([&](const httplib::Request& request, httplib::Response& response) {
    const std::lock_guard lock(mutex);
    asked_type = request.get_header_value("Content-Type");
    response.set_content(Answer(request.body), kReplyType);
  });
  const auto stamper = MakeTimeStamper(web.url(), {});
  ASSERT_TRUE(stamper) << stamper.error().message;
  const auto answer = (*stamper)("hello");
  ASSERT_TRUE(answer) << answer.error().message;
  const std::lock_guard lock(mutex);
  EXPECT_EQ(asked_type, "application/timestamp-query");
  const TimeStampRoots roots = Roots();
  EXPECT_EQ(WhyNot(*answer, "hello", &roots), "");
}

class TimeStampAnswers : public testing::Test {
 protected:
  /// What the stamper says of this answer, without its first words.
  static std::string Why(SampleWeb::Handler handler) {
    const SampleWeb web(std::move(handler));
    const auto answer = (*MakeTimeStamper(web.url(), {}))("hello");
    if (answer) return "";
    const std::string begins = "no time stamp from " + web.url() + ": ";
    EXPECT_EQ(answer.error().message.substr(0, begins.size()), begins);
    return answer.error().message.substr(begins.size());
  }
};

TEST_F(TimeStampAnswers, AreRefusedWhereHttpSaysNo) {
  EXPECT_EQ(Why([](const auto&, auto& response) { response.status = 503; }), "it answered 503");
  EXPECT_EQ(
      Why([](const auto&, auto& response) { response.set_redirect("http://elsewhere.invalid/"); }),
      "it answered 302");
  EXPECT_EQ(Why([](const auto&, auto& response) { response.set_content("hello", "text/html"); }),
            "it answered with text/html, not application/timestamp-reply");
  EXPECT_EQ(Why([](const auto&, auto& response) { response.set_content("hello", kReplyType); }),
            "it is no TimeStampResp");
  EXPECT_EQ(Why([](const auto&, auto& response) {
              response.set_content(std::string(3 << 20, 'x'), kReplyType);
            }),
            "its answer is longer than 1024 KiB");
}

TEST_F(TimeStampAnswers, AreKnownByTheirMediaTypeAlone) {
  const auto answer = [](const std::string& type) {
    return Why([&](const auto&, auto& response) { response.set_content("hello", type); });
  };
  EXPECT_EQ(answer("Application/Timestamp-Reply"), "it is no TimeStampResp");
  EXPECT_EQ(answer("application/timestamp-reply; a=b"), "it is no TimeStampResp");
  EXPECT_EQ(answer("application/timestamp-reply-not"),
            "it answered with application/timestamp-reply-not, not application/timestamp-reply");
}

/// As web_answer_test tries each: here that the bounds are asked for.
TEST(TimeStampBounds, LeaveAServerThatDoesNotEnd) {
  const HostileServer server({{kRead,
                               {Act::Kind::kWrite, "HTTP/1.1 200 OK\r\nA: "},
                               {Act::Kind::kWrite, std::string(4096, 'a'), 0}}});
  const std::string url = FormatOrigin(server.origin());
  EXPECT_EQ((*MakeTimeStamper(url, {}))("hello").error().message,
            "no time stamp from " + url + ": its answer is longer than 1024 KiB");
}

TEST_F(TimeStampAnswers, AreMissedWhereNobodyListens) {
  std::string url;
  {
    url = SampleWeb([](const auto&, auto&) {}).url();
  }
  EXPECT_EQ((*MakeTimeStamper(url, {}))("hello").error().message,
            "no time stamp from " + url +
                ": no answer: no connection could be made: the name is unknown, or nobody "
                "listens there");
}

TEST(MakeTimeStamper, RefusesWhatIsNoAddress) {
  const auto why = [](const std::string& url) {
    const auto stamper = MakeTimeStamper(url, {});
    return stamper ? "" : stamper.error().message;
  };
  for (const char* url :
       {"https://tsa.example", "http://[::1]:8080/a?b=c", "https://a.example/b"}) {
    EXPECT_EQ(why(url), "") << url;
  }
  for (const std::string url : {"", "tsa.example", "ftp://tsa.example", "http://", "https:///a",
                                "http://a.example/#b", "http://a.example/a b"}) {
    EXPECT_EQ(why(url),
              url + ": no address of a time stamp authority; write http://… or https://…");
  }
  EXPECT_EQ(why("http://127.0.0.1:99999/"),
            "http://127.0.0.1:99999/: 'http://127.0.0.1:99999' has no port between 1 and 65535 "
            "after its host");
  EXPECT_EQ(why("https://user:word@tsa.example"),
            "the address of the time stamp authority holds a user name: leave it out");
}

}  // namespace
}  // namespace conform
