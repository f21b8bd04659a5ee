// The shell line that sends a request again: by a shell, and by curl itself.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "run/request_builder.h"
#include "run/sample_request_spec.h"
#include "run/shell_text.h"
#include "testing/hostile_server.h"
#include "testing/program.h"

namespace conform {
namespace {

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
