// Servers that answer without end: each is left within the bounds.
#include "base/web_answer.h"

#include <gtest/gtest.h>

#include "testing/forwarding_proxy.h"
#include "testing/hostile_server.h"
#include "testing/sample_variables.h"
#include "testing/test_authority.h"
#include "testing/tls_server.h"
#include "testing/trusted_file.h"

namespace conform {
namespace {

using std::chrono::milliseconds;
using Kind = Act::Kind;

constexpr milliseconds kForever{3'600'000};

WebRequest To(const HostileServer& server) { return {"GET", server.origin(), "/a?b=c"}; }

TEST(AskWeb, TakesAnAnswerAsItCame) {
  const HostileServer server({AnswerAndClose(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nA: 1\r\na: 2\r\n"
      "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")});
  const auto answer = AskWeb(To(server), {});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->Field("content-encoding"), "gzip");
  EXPECT_EQ(answer->Field("B"), "");
  EXPECT_EQ(answer->content, "hello");
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_NE(server.received(0).find("GET /a?b=c HTTP/1.1\r\n"), std::string::npos);
  EXPECT_NE(server.received(0).find("Host: " + HostField(server.origin())), std::string::npos);
}

struct Endless {
  const char* name;
  Script script;
  WebBounds bounds;
  const char* error;
};

class AskWebLeaves : public testing::TestWithParam<Endless> {};

TEST_P(AskWebLeaves, AServerThatDoesNotEnd) {
  const HostileServer server({GetParam().script});
  const auto answer = AskWeb(To(server), {}, GetParam().bounds);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, GetParam().error);
}

/// Only the size ends it.
constexpr WebBounds kSmall{kForever, kForever, 65'536};
/// Only the time ends it.
constexpr WebBounds kShort{kForever, milliseconds(50), std::size_t{1} << 40};

INSTANTIATE_TEST_SUITE_P(
    Table, AskWebLeaves,
    testing::Values(
        Endless{"HeaderLine",
                {kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\nA: "}, {Kind::kWrite, "aaaaaaaa", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"HeaderLines",
                {kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n"}, {Kind::kWrite, "A: a\r\n", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"InterimAnswers",
                {kRead, {Kind::kWrite, "HTTP/1.1 100 Continue\r\n\r\n", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"Content",
                {kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n\r\n"}, {Kind::kWrite, "aaaaaaaa", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"ContentDripped",
                {kRead,
                 {Kind::kWrite, "HTTP/1.1 200 OK\r\n\r\n"},
                 {Kind::kDrip, "a", 0, milliseconds(5)}},
                kShort,
                "no whole answer within 0 s"},
        Endless{"Silence", {kRead, kSilence}, kShort, "no whole answer within 0 s"}),
    [](const auto& row) { return std::string(row.param.name); });

/// The origin behind the proxy is a host that only the proxy knows.
std::string AskThrough(const ForwardingProxy& proxy, const std::string& sign_in, Origin origin,
                       const WebBounds& bounds = {}) {
  const auto answer = AskWeb({"GET", std::move(origin)},
                             LookupIn({{"HTTPS_PROXY", proxy.address(sign_in)}}), bounds);
  std::string told = answer ? std::to_string(answer->status) : answer.error().message;
  const std::string address = proxy.address();
  const std::size_t at = told.find(address);
  return at == std::string::npos ? told : told.replace(at, address.size(), "PROXY");
}

TEST(AskWeb, GoesThroughTheProxyAndTheOriginSeesNoSignIn) {
  const TestAuthority authority;
  const TlsServer server({.credential = authority.IssueForLoopback()});
  const TrustedFile trusted(authority.credential().certificate);
  const ForwardingProxy proxy({"user:pa@ss"});
  EXPECT_EQ(AskThrough(proxy, "user:pa%40ss", server.origin("localhost")), "204");
  ASSERT_EQ(proxy.heads().size(), 1U);
  const std::string port = std::to_string(server.port());
  // echo -n user:pa@ss | base64
  EXPECT_EQ(proxy.heads()[0], "CONNECT localhost:" + port + " HTTP/1.1\r\nHost: localhost:" + port +
                                  "\r\nProxy-Authorization: Basic dXNlcjpwYUBzcw==\r\n\r\n");
  const std::vector<ReceivedRequest> requests = server.requests();
  ASSERT_EQ(requests.size(), 1U);
  for (const Field& field : requests[0].request.fields) {
    EXPECT_NE(field.name, "Proxy-Authorization");
  }
  EXPECT_EQ(AskThrough(proxy, "user:pa%40ss", {"https", "graph.invalid", server.port()}),
            "no answer through the proxy PROXY (HTTPS_PROXY): nobody trusted issued its "
            "certificate, or it is not for this name");
}

TEST(AskWeb, HandsPlainHttpToTheProxyWithItsWholeAddress) {
  const HostileServer proxy(
      {AnswerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"),
       AnswerAndClose("HTTP/1.1 407 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")});
  const std::string address = HostField(proxy.origin());
  const WebRequest request = {"POST", {"http", "tsa.invalid", 80}, "/x?y", {{"A", "1"}}, "stamp"};
  const auto answer = AskWeb(request, LookupIn({{"http_proxy", "http://user:pa%40ss@" + address}}));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->content, "ok");
  const std::string sent = proxy.received(0);
  EXPECT_TRUE(sent.starts_with("POST http://tsa.invalid/x?y HTTP/1.1\r\n")) << sent;
  EXPECT_NE(sent.find("\r\nHost: tsa.invalid\r\n"), std::string::npos) << sent;
  EXPECT_NE(sent.find("\r\nProxy-Authorization: Basic dXNlcjpwYUBzcw==\r\n"), std::string::npos)
      << sent;
  EXPECT_TRUE(sent.ends_with("\r\n\r\nstamp")) << sent;
  const auto refused = AskWeb(request, LookupIn({{"ALL_PROXY", "http://" + address}}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(
      refused.error().message,
      "no answer: the proxy http://" + address +
          " (ALL_PROXY) asks for a sign-in (407): put user:password@ before the proxy's host");
}

TEST(AskWeb, TellsWhatTheProxySaidWithoutQuotingIt) {
  const Origin origin{"https", "graph.invalid", 443};
  const struct {
    std::string answer;
    std::string told;
  } rows[] = {
      {"HTTP/1.1 407 user:pa@ss\r\n\r\n",
       "no answer: the proxy PROXY (HTTPS_PROXY) asks for a sign-in (407): put user:password@ "
       "before the proxy's host"},
      {"HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n\r\n",
       "no answer: the proxy PROXY (HTTPS_PROXY) asks for Negotiate (407): only Basic is spoken: "
       "name a proxy of this machine that signs in to it, or one that takes Basic"},
      {"SSH-2.0-proxy\r\n\r\n",
       "no answer: the proxy PROXY (HTTPS_PROXY) answers with what is not HTTP"},
      {"HTTP/1.1 2", "no answer: the proxy PROXY (HTTPS_PROXY) does not answer"},
      {"HTTP/1.1 200 OK\r\nA: " + std::string(70'000, 'a'),
       "no answer: the proxy PROXY (HTTPS_PROXY) does not answer"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(AskThrough(ForwardingProxy({"", row.answer}), "", origin, kSmall), row.told);
  }
  const auto nowhere = AskWeb({"GET", origin}, LookupIn({{"HTTPS_PROXY", "http://127.0.0.1:1"}}));
  EXPECT_EQ(nowhere.error().message,
            "no answer through the proxy http://127.0.0.1:1 (HTTPS_PROXY): no connection could be "
            "made: the name is unknown, or nobody listens there");
  const auto socks = AskWeb({"GET", origin}, LookupIn({{"HTTPS_PROXY", "socks5://secret@p:1"}}));
  EXPECT_EQ(socks.error().message,
            "HTTPS_PROXY asks for a socks5 proxy; proxies are reached by http:// alone: write "
            "http://host:port");
}

}  // namespace
}  // namespace conform
