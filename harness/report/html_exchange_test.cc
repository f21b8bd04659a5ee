#include "report/html_exchange.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "report/sample_run.h"

namespace conform {
namespace {

std::string Render(const ExchangeRecord& exchange, std::size_t most_body = SIZE_MAX) {
  HtmlWriter out;
  WriteExchange(exchange, most_body, "", out);
  return out.html();
}

TEST(WriteExchange, FoldsRequestAndAnswerAsTheyCrossed) {
  HtmlWriter out;
  WriteExchange(SampleExchange("", "HTTP/1.1 200 OK", "{\"a\": \"<b>\"}"), SIZE_MAX, "t1-x1", out);
  EXPECT_EQ(
      out.html(),
      "<details class=\"exchange\" id=\"t1-x1\"><summary>POST "
      "http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync → HTTP/1.1 200 "
      "OK, 0.81 ms</summary>\n"
      "<p>Sent 2026-11-24T22:54:03.120Z to 127.0.0.1:8080 over a new connection. Since then: "
      "connected 0.12 ms, first byte 0.70 ms, last byte 0.81 ms.</p>\n"
      "<div class=\"pair\"><figure><figcaption>Request</figcaption>\n"
      "<pre>POST /beta/deviceManagement/windowsAutopilotSettings/sync HTTP/1.1\n"
      "Host: 127.0.0.1:8080\n"
      "Authorization: Bearer [token, 812 bytes, 3fa9c1]\n"
      "Content-Length: 0\n"
      "client-request-id: 6f1c\n"
      "</pre>\n"
      "<p>No content.</p>\n"
      "</figure>\n"
      "<figure><figcaption>Answer</figcaption>\n"
      "<pre>HTTP/1.1 200 OK\n"
      "Date: Tue, 24 Nov 2026 22:54:03 GMT\n"
      "request-id: 81ab\n"
      "\n"
      "{&quot;a&quot;: &quot;&lt;b&gt;&quot;}\n"
      "</pre>\n"
      "</figure>\n"
      "</div>\n"
      "</details>\n");
}

TEST(WriteExchange, CutsABodyAtACharacterAndSaysSo) {
  const std::string html = Render(SampleExchange("", "HTTP/1.1 200 OK", "abcdü and more"), 5);
  EXPECT_NE(
      html.find("\n\nabcd…\n</pre>\n<p>Cut here: the whole content has 15 bytes; more of it is "
                "in run.json.</p>"),
      std::string::npos);
}

TEST(WriteExchange, SaysWhereTheRecordItselfWasCut) {
  ExchangeRecord exchange = SampleExchange("", "HTTP/1.1 200 OK", "abcd");
  exchange.attempts[0].response[0].body_cut = true;
  exchange.attempts[0].response[0].body_bytes = 70'000;
  EXPECT_NE(Render(exchange).find("<p>Cut here: the whole content has 70,000 bytes.</p>"),
            std::string::npos);
}

TEST(WriteExchange, ShowsContentThatIsNoTextOrOddOneEscaped) {
  ExchangeRecord exchange = SampleExchange("", "HTTP/1.1 200 OK", "a\u202E\x7F");
  EXPECT_NE(Render(exchange).find("\n\na\\u{202E}\\x7F\n</pre>\n</figure>"), std::string::npos);
  exchange.attempts[0].response[0].body = "\\xFF";
  exchange.attempts[0].response[0].body_shown = true;
  EXPECT_NE(Render(exchange).find("<p>No UTF-8 text: odd bytes are shown as \\xNN.</p>"),
            std::string::npos);
}

TEST(WriteExchange, TellsEveryAttemptItsConnectionAndWhatWasOdd) {
  const std::string html = Render(SampleWorkflow().exchanges[1]);
  for (const std::string part :
       {"<summary>read: POST http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/"
        "sync → HTTP/1.1 200 OK, 1.20 s, 2 attempts</summary>",
        "<p class=\"label\">Attempt 1 of 2</p>",
        "<p>No whole answer (closed): the connection was closed before any answer came</p>",
        "<p class=\"label\">Attempt 2 of 2</p>",
        "<p>TLSv1.3; certificate of CN=host, issued by CN=Issuer, valid until 2027-01-01, SHA-256 "
        "<code>cccc",
        "<p>Odd on the wire:</p>\n<ul><li><code>bare_lf</code> in field 2</li>\n</ul>"}) {
    EXPECT_NE(html.find(part), std::string::npos) << part;
  }
}

TEST(WriteExchange, WithoutAttemptsTellsWhatTheRecordHas) {
  EXPECT_NE(Render(ExampleExchange())
                .find("<p>The record holds no more of it than this: 2 fields, 17 bytes in the "
                      "answer.</p>"),
            std::string::npos);
}

}  // namespace
}  // namespace conform
