// What a case asks to send, down to the bytes: a test peer sees them on the wire.
#include "run/request_builder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "case/case_loader.h"
#include "exchange/client.h"
#include "run/shell_text.h"
#include "testing/hostile_server.h"
#include "testing/program.h"

namespace conform {
namespace {

const std::string kOmit = "  omit: [Host, client-request-id]\n";

/// The case's only request; `request` stands below `request:`.
RequestSpec LoadRequest(const std::string& request) {
  Diagnostics diagnostics;
  const auto loaded =
      LoadCase(std::make_shared<SourceText>(
                   "case.yaml",
                   "title: A case\noperation: things.sync\nclauses: []\nidentity: none\n"
                   "request:\n" +
                       request + "response:\n  observe: [status]\n"),
               "case", diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return loaded ? loaded->steps.front().request : RequestSpec();
}

struct BuiltRow {
  std::string name;
  std::string request;  // of the case, without what it omits.
  std::string bytes;    // as they crossed.
};

std::vector<BuiltRow> FramingRows() {
  const auto post = [](const std::string& body) {
    return "  method: POST\n  path: /a\n  body: " + body + "\n";
  };
  return {
      {"no body has the length zero", post("none"),
       "POST /a HTTP/1.1\r\nContent-Length: 0\r\n\r\n"},
      {"no length", post("{none: true, length: absent}"), "POST /a HTTP/1.1\r\n\r\n"},
      {"a body without length", post("{text: abc, length: absent}"), "POST /a HTTP/1.1\r\n\r\nabc"},
      {"a length that is too large",
       "  method: POST\n  path: /a\n  headers: {Content-Length: 5}\n  body: {text: abc}\n",
       "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc"},
      {"a length that is too small",
       "  method: POST\n  path: /a\n  headers: {Content-Length: 1}\n  body: {text: abc}\n",
       "POST /a HTTP/1.1\r\nContent-Length: 1\r\n\r\nabc"},
      {"a length that is no number",
       "  method: POST\n  path: /a\n  headers: {Content-Length: three}\n  body: {text: abc}\n",
       "POST /a HTTP/1.1\r\nContent-Length: three\r\n\r\nabc"},
      {"two lengths",
       "  method: POST\n  path: /a\n  headers: {Content-Length: [3, 4]}\n  body: {text: abc}\n",
       "POST /a HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"},
      {"both framings",
       "  method: POST\n  path: /a\n"
       "  headers: {Content-Length: 3, Transfer-Encoding: chunked}\n  body: {text: abc}\n",
       "POST /a HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"},
      {"one chunk", post("{text: abc, length: chunked}"),
       "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"},
      {"chunks of odd sizes", post("{text: abcdefghijklmnop, length: chunked, chunks: [1, 11, 2]}"),
       "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
       "1\r\na\r\nb\r\nbcdefghijkl\r\n2\r\nmn\r\n2\r\nop\r\n0\r\n\r\n"},
      {"no content in chunks", post("{text: '', length: chunked}"),
       "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
      {"a body on GET", "  method: GET\n  path: /a\n  body: {text: abc}\n",
       "GET /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"},
      {"no body on GET", "  method: GET\n  path: /a\n  body: none\n", "GET /a HTTP/1.1\r\n\r\n"},
  };
}

std::vector<BuiltRow> HeadRows() {
  const auto get = [](const std::string& target, const std::string& more) {
    return "  method: GET\n  path: " + target + "\n" + more + "  body: none\n";
  };
  return {
      {"an unknown method", "  method: BREW\n  path: /a\n  body: none\n",
       "BREW /a HTTP/1.1\r\n\r\n"},
      {"a method in lower case", "  method: get\n  path: /a\n  body: none\n",
       "get /a HTTP/1.1\r\n\r\n"},
      {"an absolute-form target", get("http://a.example:81/b/c", ""),
       "GET http://a.example:81/b/c HTTP/1.1\r\n\r\n"},
      {"an absolute-form target with a query", get("https://a.example/b", "  query: {c: d e}\n"),
       "GET https://a.example/b?c=d%20e HTTP/1.1\r\n\r\n"},
      {"an asterisk-form target", "  method: OPTIONS\n  path: '*'\n  body: none\n",
       "OPTIONS * HTTP/1.1\r\n\r\n"},
      {"a repeated field", get("/a", "  headers: {X-A: [one, two]}\n"),
       "GET /a HTTP/1.1\r\nX-A: one\r\nX-A: two\r\n\r\n"},
      {"a field in odd case", get("/a", "  headers: {aCCepT: x, ACCEPT: y}\n"),
       "GET /a HTTP/1.1\r\naCCepT: x\r\nACCEPT: y\r\n\r\n"},
      {"an empty field", get("/a", "  headers: {X-A: ''}\n"), "GET /a HTTP/1.1\r\nX-A: \r\n\r\n"},
      {"a path that is not encoded twice", get("/a%20b/é", ""),
       "GET /a%20b/%C3%A9 HTTP/1.1\r\n\r\n"},
      {"a query of reserved characters", get("/a", "  query: {$filter: 'a eq ''b&c'''}\n"),
       "GET /a?$filter=a%20eq%20'b%26c' HTTP/1.1\r\n\r\n"},
  };
}

void ExpectOnTheWire(const BuiltRow& row) {
  SCOPED_TRACE(row.name);
  // The peer reads as many bytes as are expected and whatever came with them.
  HostileServer server({{{Act::Kind::kReadBytes, "", row.bytes.size()},
                         {Act::Kind::kWrite, "HTTP/1.1 204 No Content\r\n\r\n"}}});
  const SystemClock clock;
  const auto request = BuildRequest(LoadRequest(row.request + kOmit), Scope(), server.origin());
  ASSERT_TRUE(request.has_value());
  Bounds bounds;
  bounds.read = std::chrono::milliseconds(5'000);
  Client client(server.origin(), bounds, clock);
  EXPECT_TRUE(client.Send(*request).response.has_value());
  EXPECT_EQ(server.received(0), row.bytes);
}

TEST(BuildRequest, FramesAsTheCaseAsks) {
  for (const BuiltRow& row : FramingRows()) ExpectOnTheWire(row);
}

TEST(BuildRequest, WritesTheHeadAsTheCaseAsks) {
  for (const BuiltRow& row : HeadRows()) ExpectOnTheWire(row);
}

TEST(BuildRequest, AddsHostAndClientRequestIdUnlessTheCaseNamesThem) {
  const Origin origin{"http", "127.0.0.1", 81};
  const auto added =
      BuildRequest(LoadRequest("  method: GET\n  path: /\n  body: none\n"), Scope(), origin);
  ASSERT_TRUE(added.has_value());
  ASSERT_EQ(added->fields.size(), 2u);
  EXPECT_EQ(added->fields[0].value, "127.0.0.1:81");
  EXPECT_EQ(added->fields[1].name, "client-request-id");
  EXPECT_EQ(added->fields[1].value.size(), 36u);
  const auto named = BuildRequest(
      LoadRequest("  method: GET\n  path: /\n  headers: {HOST: b, Client-Request-Id: mine}\n"
                  "  body: none\n"),
      Scope(), origin);
  ASSERT_TRUE(named.has_value());
  ASSERT_EQ(named->fields.size(), 2u);
  EXPECT_EQ(named->fields[0].name, "HOST");
  EXPECT_EQ(named->fields[1].value, "mine");
}

TEST(BuildRequest, ResolvesPlaceholders) {
  Scope scope;
  scope.token = "t";
  scope.uuid = "u";
  const auto request =
      BuildRequest(LoadRequest("  method: POST\n  path: /a/${uuid}\n  query: {q: '${uuid}'}\n"
                               "  headers: {Authorization: 'Bearer ${token}'}\n"
                               "  body: {json: {id: '${uuid}', n: 1}}\n" +
                               kOmit),
                   scope, {"http", "a", 80});
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(WriteRequest(*request),
            "POST /a/u?q=u HTTP/1.1\r\nAuthorization: Bearer t\r\nContent-Length: 16\r\n\r\n"
            R"({"id":"u","n":1})");
}

TEST(BuildRequest, TellsAPlaceholderWithoutValue) {
  const std::map<std::string, std::string> none;
  Scope scope;
  scope.variables = &none;
  RequestSpec spec;
  spec.method.text = "GET";
  spec.path.text = "/${var.absent}";
  const auto request = BuildRequest(spec, scope, {"http", "a", 80});
  ASSERT_FALSE(request.has_value());
  EXPECT_NE(request.error().message.find("${var.absent}"), std::string::npos)
      << request.error().message;
}

TEST(BuildRequest, SaysWhereTheContentIsNotFramed) {
  const auto unframed = [](const std::string& request) {
    return BuildRequest(LoadRequest("  method: GET\n  path: /\n" + request), Scope(),
                        {"http", "a", 80})
        ->unframed;
  };
  EXPECT_FALSE(unframed("  body: none\n"));
  EXPECT_FALSE(unframed("  body: {text: a}\n"));
  EXPECT_TRUE(unframed("  body: {text: a, length: absent}\n"));
  EXPECT_TRUE(unframed("  headers: {Content-Length: 0}\n  body: {text: a}\n"));
}

TEST(BuildRequest, RefusesWhatWouldEndTheHeadEarly) {
  const std::map<std::string, std::string> variables = {
      {"two", "a\r\nDELETE /b HTTP/1.1"}, {"nul", std::string("a\0b", 3)}, {"tab", "a\tb"}};
  Scope scope;
  scope.variables = &variables;
  const auto told = [&](const std::string& method, const std::string& value) {
    RequestSpec spec;
    spec.method.text = method;
    spec.path.text = "/";
    spec.headers = {{"X-A", {{value, {}}}}};
    const auto request = BuildRequest(spec, scope, {"http", "a", 80});
    return request ? "" : request.error().message;
  };
  const std::string field = "the value of X-A holds a line break or NUL: no field can";
  EXPECT_EQ(told("GET", "${var.two}"), field);
  EXPECT_EQ(told("GET", "${var.nul}"), field);
  EXPECT_EQ(told("GET", "${var.tab}"), "");
  EXPECT_EQ(told("${var.tab}", "a"), "the method 'a\tb' is no token of RFC 9110 §5.6.2");
}

TEST(CurlLine, NamesTheTokensVariableAndQuotesTheRest) {
  const RequestSpec spec = LoadRequest(
      "  method: POST\n  path: /a\n  headers: {Authorization: 'Bearer ${token}', "
      "X-A: it's}\n  body: {text: it's}\n");
  Scope scope;
  scope.token = "secret";
  const Origin origin{"http", "127.0.0.1", 81};
  const auto request = BuildRequest(spec, scope, origin);
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(CurlLine(spec, *request, scope, origin, IdentityKind::kApplication),
            "curl -i -X 'POST' -H 'Authorization: Bearer '\"$CONFORM_TOKEN_APPLICATION\" "
            R"(-H 'X-A: it'\''s' -H 'Accept:' -A '' -H 'Content-Type:' --data-raw 'it'\''s' )"
            "'http://127.0.0.1:81/a'");
}

/// The words that a shell makes of the line; what it expands is told in angle brackets.
std::vector<std::string> WordsOf(const std::string& line) {
  const std::string command = "CONFORM_TOKEN_APPLICATION='<token>'; set -- " + line +
                              "; for word; do printf '%s\\n' \"$word\"; done";
  std::vector<std::string> words;
  FILE* const shell = ::popen(fmt::format("sh -c {}", ShellQuoted(command)).c_str(), "r");
  char* read = nullptr;
  std::size_t size = 0;
  for (ssize_t got; (got = ::getline(&read, &size, shell)) > 0;) {
    words.emplace_back(read, static_cast<std::size_t>(got) - 1);
  }
  ::free(read);
  ::pclose(shell);
  return words;
}

TEST(CurlLine, HasAShellExpandNothingElse) {
  const RequestSpec spec = LoadRequest(
      "  method: POST\n  path: /a\n  headers:\n    Cookie: 'a=$(id)`id`\"\\; t=${token}; "
      "u=${token}'\n"
      "    Content-Type: text/plain\n  body: {text: '@/etc/hostname'}\n");
  Scope scope;
  scope.token = "secret";
  const Origin origin{"http", "127.0.0.1", 81};
  const auto request = BuildRequest(spec, scope, origin);
  ASSERT_TRUE(request.has_value());
  const std::vector<std::string> expected = {"curl",
                                             "-i",
                                             "-X",
                                             "POST",
                                             "-H",
                                             "Cookie: a=$(id)`id`\"\\; t=<token>; u=<token>",
                                             "-H",
                                             "Content-Type: text/plain",
                                             "-H",
                                             "Accept:",
                                             "-A",
                                             "",
                                             "--data-raw",
                                             "@/etc/hostname",
                                             "http://127.0.0.1:81/a"};
  EXPECT_EQ(WordsOf(CurlLine(spec, *request, scope, origin, IdentityKind::kApplication)), expected);
}

TEST(CurlLine, DoesNotWaitForTheContentOfAnAnswerToHead) {
  const RequestSpec spec = LoadRequest("  method: HEAD\n  path: /a\n  body: none\n");
  const Origin origin{"http", "127.0.0.1", 81};
  const auto request = BuildRequest(spec, Scope(), origin);
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(CurlLine(spec, *request, Scope(), origin, IdentityKind::kNone),
            "curl -I -H 'Accept:' -A '' 'http://127.0.0.1:81/a'");
}

/// What a server sees of a request, without what is another in each.
std::string Seen(const Request& request) {
  std::multimap<std::string, std::string> fields;
  for (const Field& field : request.fields) {
    if (field.name != "client-request-id") fields.emplace(ToLower(field.name), field.value);
  }
  std::string seen = fmt::format("{} {}\n", request.method, request.target);
  for (const auto& [name, value] : fields) seen += fmt::format("{}: {}\n", name, value);
  return seen + request.body;
}

TEST(CurlLine, SendsTheSameOnce) {
  const std::vector<std::string> rows = {
      "  method: GET\n  path: '/a/../{b}[1-2]/%2e'\n  headers: {X-Empty: '', Accept: ''}\n  body: "
      "none\n",
      "  method: GET\n  path: '/.well-known/a'\n  headers: {Accept: a/b, User-Agent: me}\n  body: "
      "none\n",
      "  method: GET\n  path: '/a#b[1-3]'\n  body: none\n",
      "  method: GET\n  path: 'http://b.example/c'\n  body: none\n",
      "  method: OPTIONS\n  path: '*'\n  body: none\n",
      "  method: POST\n  path: /a\n  body: none\n",
      "  method: POST\n  path: /a\n  headers: {Content-Type: ''}\n  body: {text: '@b'}\n",
      "  method: POST\n  path: /a\n  omit: [Content-Type]\n"
      "  body: {multipart: [{name: b, text: c}]}\n",
  };
  const std::vector<Script> scripts(rows.size() + 1,
                                    AnswerAndClose("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
  for (const std::string& row : rows) {
    HostileServer server(scripts);
    const RequestSpec spec = LoadRequest(row);
    const Scope scope;
    const auto request = BuildRequest(spec, scope, server.origin());
    ASSERT_TRUE(request.has_value()) << row;
    const std::string line = CurlLine(spec, *request, scope, server.origin(), IdentityKind::kNone);
    const ProgramResult curl =
        RunProgram({.arguments = {"sh", "-c", line + " -sS"}, .variables = {"no_proxy=*"}});
    EXPECT_EQ(curl.exit_code, 0) << line << curl.errors;
    const auto received = server.requests();
    ASSERT_EQ(received.size(), 1U) << line;
    EXPECT_EQ(Seen(received[0].request), Seen(*request)) << line;
  }
}

}  // namespace
}  // namespace conform
