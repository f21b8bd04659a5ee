// What a case asks to send, down to the bytes: a test peer sees them on the wire.
#include "run/request_builder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "exchange/client.h"
#include "run/sample_request_spec.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

const std::string kOmit = "  omit: [Host, client-request-id]\n";

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
      {"a parameter of the query that comes twice", get("/a", "  query: {b: [1, c d], e: []}\n"),
       "GET /a?b=1&b=c%20d HTTP/1.1\r\n\r\n"},
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
                               "  body: {json: {id: '${uuid}', n: 1}}\n"
                               "  omit: [Host, client-request-id, Content-Type]\n"),
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

TEST(BuildRequest, AsksForACapturedAddressByItsPath) {
  struct AddressRow {
    const char* path;
    const char* value;  ///< of ${capture.v}, ${row.v} and ${var.v}.
    const char* target;
    bool query = false;  ///< of the case, beside it.
  };
  const AddressRow rows[] = {
      {"${capture.v}", "http://a:81/b/c?d=e#f", "/b/c?d=e"},
      {"${capture.v}", "http://a:81/b/c?d=e#f", "/b/c?d=e&n=1", true},
      {"${capture.v}", "/b/c#f", "/b/c?n=1", true},
      {"${capture.v}", "/b/c?d=e#f", "/b/c?d=e"},
      {"${capture.v}/g", "HTTP://A:81/b", "/b/g"},
      {"${capture.v}", "//a:81/b", "/b"},
      {"${capture.v}", "/b/c?d=e", "/b/c?d=e"},
      {"/x/${capture.v}", "http://a:81/b", "/x/http:%2F%2Fa:81%2Fb"},
      {"${capture.v}", "http://other.example/b",
       "no: '${capture.v}' is 'http://other.example/b' here, expected an address on http://a:81: "
       "nothing is sent elsewhere"},
      {"${capture.v}", "//other.example/b",
       "no: '${capture.v}' is '//other.example/b' here, expected an address on http://a:81: "
       "nothing is sent elsewhere"},
      {"${capture.v}", "b", "no: '${capture.v}' is 'b' here, which begins no path"},
      {"${row.v}", "http://other.example/b", "http://other.example/b"},
      {"${var.v}", "http://a:81/b", "http://a:81/b"},
  };
  for (const AddressRow& row : rows) {
    const std::vector<std::string> columns = {"v"};
    const std::vector<nlohmann::json> cells = {row.value};
    const std::map<std::string, std::string> variables = {{"v", row.value}};
    Scope scope;
    scope.columns = &columns;
    scope.row = &cells;
    scope.variables = &variables;
    scope.captures["v"] = row.value;
    RequestSpec spec;
    spec.method.text = "GET";
    spec.path.text = row.path;
    if (row.query) spec.query = {{{"n", {}}, {"1", {}}}};
    const auto request = BuildRequest(spec, scope, {"http", "a", 81});
    EXPECT_EQ(request ? request->target : "no: " + request.error().message, row.target) << row.path;
  }
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

TEST(BuildRequest, WritesAPartsNamesSoThatTheyEndNoLine) {
  const std::map<std::string, std::string> variables = {{"odd", "a\"b\r\nX: y"}};
  Scope scope;
  scope.variables = &variables;
  scope.uuid = "u";
  RequestSpec spec;
  spec.method.text = "POST";
  spec.path.text = "/";
  spec.body.kind = BodySpec::Kind::kMultipart;
  BodyPart& part = spec.body.parts.emplace_back();
  part.json = nlohmann::json(nlohmann::json::value_t::discarded);
  part.name.text = "n${var.odd}";
  part.filename.text = "f${var.odd}";
  part.text.text = "t";
  const auto built = [&] { return BuildRequest(spec, scope, {"http", "a", 80}); };
  EXPECT_EQ(built()->body,
            "--conform-u\r\nContent-Disposition: form-data; name=\"na%22b%0D%0AX: y\"; "
            "filename=\"fa%22b%0D%0AX: y\"\r\n\r\nt\r\n--conform-u--\r\n");
  part.type.text = "${var.odd}";
  EXPECT_EQ(built().error().message, "the type of a part holds a line break or NUL: none can");
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

}  // namespace
}  // namespace conform
