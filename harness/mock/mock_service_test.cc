#include "mock/mock_service.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock/sample_contracts.h"
#include "token/test_token.h"

namespace conform {
namespace {

using std::chrono::minutes;

class MockServiceTest : public testing::Test {
 protected:
  std::string Token(IdentityKind kind, const char* tenant = "t1") {
    return IssueTestToken(Identity{kind, ""}, "Things.ReadWrite.All", tenant, clock_.Now());
  }

  // A proper request of the action.
  MockRequest Proper() {
    MockRequest request;
    request.method = "POST";
    request.path = "/beta/things/sync";
    request.fields = {{"Authorization", "Bearer " + Token(IdentityKind::kDelegatedWork)},
                      {"client-request-id", "6f1c"}};
    return request;
  }

  // A proper request of the update.
  MockRequest ProperUpdate() {
    MockRequest request = Proper();
    request.method = "PATCH";
    request.path = "/beta/things/a%20b";
    request.query = "mode=full";
    request.fields.push_back({"Content-Type", "application/json; charset=utf-8"});
    request.body = R"({"name":"x"})";
    return request;
  }

  MockRequest Control(const char* method, const char* path, const char* body = "") {
    MockRequest request;
    request.method = method;
    request.path = path;
    request.body = body;
    return request;
  }

  WireAnswer Serve(const MockRequest& request, const char* fault = nullptr) {
    std::set<std::string, std::less<>> names;
    if (fault != nullptr) names.insert(fault);
    return service_.Serve(request, Faults::Plant(names).value());
  }

  static std::string Field(const WireAnswer& answer, std::string_view name) {
    for (const std::string& line : answer.field_lines) {
      if (line.starts_with(name)) return line.substr(name.size(), line.size() - name.size() - 2);
    }
    return "(absent)";
  }

  static std::string ErrorCodeIn(const WireAnswer& answer) {
    return nlohmann::json::parse(answer.body).at("/error/code"_json_pointer).get<std::string>();
  }

  ManualClock clock_{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  const Contract action_ = SampleAction();
  const Contract update_ = SampleUpdate();
  MockService service_{{&action_, &update_}, {}, clock_};
};

TEST_F(MockServiceTest, SuccessIsAsTheContractPromises) {
  const WireAnswer answer = Serve(Proper());
  const std::string id = Field(answer, "request-id: ");
  EXPECT_EQ(id.size(), 36u);
  EXPECT_EQ(RenderAnswer(answer),
            "HTTP/1.1 204 No Content\r\n"
            "Strict-Transport-Security: max-age=31536000\r\n"
            "request-id: " +
                id +
                "\r\n"
                "client-request-id: 6f1c\r\n"
                "x-ms-ags-diagnostic: {\"ServerInfo\":{\"DataCenter\":\"conform mock\","
                "\"Slice\":\"E\",\"Ring\":\"1\",\"ScaleUnit\":\"000\","
                "\"RoleInstance\":\"MOCK000000\"}}\r\n"
                "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n"
                "\r\n");
}

TEST_F(MockServiceTest, RefusalIsAnErrorObject) {
  MockRequest request = Proper();
  RemoveField(request.fields, "Authorization");
  const WireAnswer answer = Serve(request);
  EXPECT_EQ(answer.status_line, "HTTP/1.1 401 Unauthorized\r\n");
  EXPECT_EQ(Field(answer, "Content-Type: "), "application/json");
  EXPECT_EQ(Field(answer, "Cache-Control: "), "no-cache");
  EXPECT_EQ(Field(answer, "Vary: "), "Accept-Encoding");
  EXPECT_EQ(
      Field(answer, "WWW-Authenticate: "),
      "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/"
      "authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"");
  const std::string id = Field(answer, "request-id: ");
  EXPECT_EQ(answer.body,
            "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"Access token is "
            "empty.\",\"innerError\":{\"date\":\"2027-01-15T08:00:00\",\"request-id\":\"" +
                id + "\",\"client-request-id\":\"6f1c\"}}}");
}

TEST_F(MockServiceTest, ClientRequestIdIsTheServersWhereNoneWasSent) {
  MockRequest request = Proper();
  RemoveField(request.fields, "client-request-id");
  const WireAnswer answer = Serve(request);
  EXPECT_EQ(Field(answer, "client-request-id: "), Field(answer, "request-id: "));
}

TEST_F(MockServiceTest, BytesOfACallersIdCannotBreakTheErrorObject) {
  MockRequest request = Proper();
  request.path = "/elsewhere";
  ReplaceField(request.fields, "client-request-id", "a\"\\\xff");
  const WireAnswer answer = Serve(request);
  EXPECT_EQ(Field(answer, "client-request-id: "), "a\"\\\xff");
  EXPECT_EQ(nlohmann::json::parse(answer.body)
                .at("/error/innerError/client-request-id"_json_pointer)
                .get<std::string>(),
            "a\"\\\xEF\xBF\xBD");
}

TEST_F(MockServiceTest, LengthlessPostIsRefusedByTheFrontEnd) {
  MockRequest request = Proper();
  request.declares_length = false;
  EXPECT_EQ(RenderAnswer(Serve(request)),
            "HTTP/1.1 411 Length Required\r\n"
            "Content-Type: text/html; charset=us-ascii\r\n"
            "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n"
            "Content-Length: 137\r\n"
            "Connection: close\r\n"
            "\r\n"
            "<!DOCTYPE html>\n<html><head><title>Length Required</title></head>\n"
            "<body><h2>Length Required</h2><hr><p>HTTP Error 411.</p></body></html>\n");
}

// One request with everything wrong, mended one by one: each refusal hides those behind it.
TEST_F(MockServiceTest, RefusesInTheDocumentedOrder) {
  MockRequest request;
  request.method = "PUT";
  request.path = "/beta/nowhere";
  request.declares_length = false;
  const auto status = [&] { return Serve(request).status; };
  EXPECT_EQ(status(), 411);
  request.declares_length = true;
  EXPECT_EQ(status(), 404);
  request.path = "/beta/things/7";
  EXPECT_EQ(status(), 405);
  request.method = "PATCH";
  EXPECT_EQ(status(), 401);
  const auto use = [&](const std::string& token) {
    request.fields = {{"Authorization", "Bearer " + token}};
  };
  use(Token(IdentityKind::kMalformed));
  EXPECT_EQ(status(), 401);
  use(Token(IdentityKind::kApplication));
  EXPECT_EQ(status(), 403);
  use(Token(IdentityKind::kWithoutPermission));
  EXPECT_EQ(status(), 403);
  use(Token(IdentityKind::kDelegatedWork));
  EXPECT_EQ(status(), 400);
  request.body = "name=x";
  EXPECT_EQ(status(), 415);
  request.fields.push_back({"Content-Type", "Application/JSON"});
  EXPECT_EQ(status(), 400);
  request.body = "{}";
  EXPECT_EQ(status(), 400);
  request.query = "mode=";
  EXPECT_EQ(status(), 200);
}

TEST_F(MockServiceTest, RefusedMethodListsThoseThatThePathHas) {
  for (const char* method : {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"}) {
    MockRequest request = Proper();
    request.method = method;
    const WireAnswer answer = Serve(request);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(Field(answer, "Allow: "), "POST") << method;
    EXPECT_EQ(answer.body.empty(), request.method == "HEAD") << method;
  }
}

TEST_F(MockServiceTest, StatusesOfRefusalsComeFromTheCatalog) {
  MockService service({&action_}, {{Refusal::kPath, 400}, {Refusal::kNoToken, 403}}, clock_);
  MockRequest request = Proper();
  request.fields.clear();
  EXPECT_EQ(service.Serve(request, {}).status, 403);
  request.path = "/";
  EXPECT_EQ(service.Serve(request, {}).status, 400);
  request.path = "/beta/things/sync";
  request.method = "GET";
  EXPECT_EQ(service.Serve(request, {}).status, 405);
}

TEST_F(MockServiceTest, ConditionsFollowTheTenantsClock) {
  EXPECT_EQ(Serve(Proper()).status, 204);
  const WireAnswer conflict = Serve(Proper());
  EXPECT_EQ(conflict.status, 409);
  EXPECT_EQ(ErrorCodeIn(conflict), "Conflict");
  EXPECT_EQ(Field(conflict, "Retry-After: "), "(absent)");
  clock_.Sleep(minutes(2) + std::chrono::milliseconds(500));
  const WireAnswer throttled = Serve(Proper());
  EXPECT_EQ(throttled.status, 429);
  EXPECT_EQ(ErrorCodeIn(throttled), "TooManyRequests");
  EXPECT_EQ(Field(throttled, "Retry-After: "), "480");
  EXPECT_EQ(
      Serve(Control("POST", "/.conform/tenants/t1/clock", R"({"advance_ms": 479499})")).status,
      204);
  EXPECT_EQ(Field(Serve(Proper()), "Retry-After: "), "1");
  Serve(Control("POST", "/.conform/tenants/t1/clock", R"({"advance_ms": 1})"));
  EXPECT_EQ(Serve(Proper()).status, 204);
}

TEST_F(MockServiceTest, NoClockGoesFartherThanTimePointsDo) {
  const auto advance = [this] {
    return Serve(Control("POST", "/.conform/tenants/t1/clock", R"({"advance_ms": 316224000000})"))
        .status;
  };
  int moved = 0;
  while (moved < 30 && advance() == 204) ++moved;
  EXPECT_EQ(moved, 9);
  EXPECT_EQ(Serve(Proper()).status, 204);
  EXPECT_EQ(Serve(Proper()).status, 409);
}

TEST_F(MockServiceTest, AMovedTenantClockExpiresNoToken) {
  Serve(Control("POST", "/.conform/tenants/t1/clock", R"({"advance_ms": 86400000})"));
  EXPECT_EQ(Serve(Proper()).status, 204);
}

TEST_F(MockServiceTest, ARefusedRequestIsNoSuccess) {
  MockRequest request = Proper();
  request.fields = {{"Authorization", "Bearer " + Token(IdentityKind::kWithoutPermission)}};
  EXPECT_EQ(Serve(request).status, 403);
  EXPECT_EQ(Serve(Proper()).status, 204);
}

TEST_F(MockServiceTest, AnUndocumentedBodyIsAccepted) {
  MockRequest request = Proper();
  request.body = "{not json";
  EXPECT_EQ(Serve(request).status, 204);
}

TEST_F(MockServiceTest, ExampleIsFilledWithThePathsParameters) {
  const WireAnswer answer = Serve(ProperUpdate());
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(Field(answer, "Content-Type: "), "application/json");
  EXPECT_EQ(answer.body, R"({"id":"a b","tags":["of a b",1]})");
}

TEST_F(MockServiceTest, CannotServeAnswersEndTheConnection) {
  MockRequest request;
  request.method = "PROPFIND";
  request.fields = {{"client-request-id", "6f1c"}};
  const WireAnswer answer = service_.Refuse(request, 501, {});
  EXPECT_EQ(answer.status_line, "HTTP/1.1 501 Not Implemented\r\n");
  EXPECT_EQ(ErrorCodeIn(answer), "NotImplemented");
  EXPECT_EQ(Field(answer, "client-request-id: "), "6f1c");
  EXPECT_TRUE(answer.close);
}

struct ControlRow {
  const char* name;
  const char* method;
  const char* path;
  const char* body;
  int status;
};

class ControlRequests : public MockServiceTest, public testing::WithParamInterface<ControlRow> {};

TEST_P(ControlRequests, AreAnswered) {
  EXPECT_EQ(Serve(Control(GetParam().method, GetParam().path, GetParam().body)).status,
            GetParam().status);
}

const std::string kDeepJson =
    R"({"advance_ms":1,"x":)" + std::string(201, '[') + std::string(201, ']') + "}";
constexpr const char* kClock = "/.conform/tenants/t1/clock";

INSTANTIATE_TEST_SUITE_P(
    Table, ControlRequests,
    testing::Values(
        ControlRow{"Advance", "POST", kClock, R"({"advance_ms":1})", 204},
        ControlRow{"AdvanceByNothing", "POST", kClock, R"({"advance_ms":0})", 204},
        ControlRow{"Backwards", "POST", kClock, R"({"advance_ms":-1})", 400},
        ControlRow{"Fraction", "POST", kClock, R"({"advance_ms":1.5})", 400},
        ControlRow{"Text", "POST", kClock, R"({"advance_ms":"1"})", 400},
        ControlRow{"TooFar", "POST", kClock, R"({"advance_ms":18446744073709551615})", 400},
        ControlRow{"UnknownMember", "POST", kClock, R"({"advance_ms":1,"x":1})", 400},
        ControlRow{"Deep", "POST", kClock, kDeepJson.c_str(), 400},
        ControlRow{"DeepForEntra", "POST", "/.conform/entra/clock", kDeepJson.c_str(), 400},
        ControlRow{"NoJson", "POST", kClock, "1m", 400},
        ControlRow{"Nothing", "POST", kClock, "", 400},
        ControlRow{"GetClock", "GET", kClock, "", 405},
        ControlRow{"PostRequests", "POST", "/.conform/requests", "", 405},
        ControlRow{"NoTenant", "POST", "/.conform/tenants//clock", "{}", 404},
        ControlRow{"NoClock", "POST", "/.conform/tenants/clock", "{}", 404},
        ControlRow{"Unknown", "GET", "/.conform/", "", 404}),
    [](const testing::TestParamInfo<ControlRow>& row) { return row.param.name; });

TEST_F(MockServiceTest, CountsRequestsButNoControlRequests) {
  Serve(Proper());
  Serve(Control("GET", "/.conform/requests"));
  service_.Refuse({}, 400, {});
  EXPECT_EQ(Serve(Control("GET", "/.conform/requests")).body,
            R"({"requests":2,"pipelining":true})");
  EXPECT_EQ(service_.served(), 2u);
}

TEST_F(MockServiceTest, ThatHoldsAnswersBackSaysSo) {
  MockService slow({&action_}, {}, clock_, "http", false);
  EXPECT_EQ(slow.Serve(Control("GET", "/.conform/requests"), {}).body,
            R"({"requests":0,"pipelining":false})");
}

TEST_F(MockServiceTest, AnOperationWithoutTokenAsksForNone) {
  Contract open = SampleAction();
  open.headers.clear();
  open.permissions.clear();
  MockService service({&open}, {}, clock_);
  MockRequest request = Proper();
  request.fields.clear();
  EXPECT_EQ(service.Serve(request, {}).status, 204);
}

TEST_F(MockServiceTest, AResourcesRefusalIsNoSuccess) {
  Contract read = SampleOf(MockResource::Does::kRead);
  read.method = "GET";
  read.headers = {{"Authorization", true, "Bearer", ""}};
  ResponseRule throttled;
  throttled.status = 429;
  throttled.when = {Condition::Kind::kWithin, "", minutes(10)};
  read.responses.insert(read.responses.begin(), throttled);
  const Contract list = SampleList();
  MockService service({&read, &list}, {}, clock_);
  MockRequest request = Proper();
  request.method = "GET";
  const auto status = [&](const char* path) {
    request.path = path;
    return service.Serve(request, {}).status;
  };
  EXPECT_EQ(status("/beta/things/none"), 404);
  EXPECT_EQ(status("/beta/things/none"), 404);
  EXPECT_EQ(status("/beta/things/first"), 200);
  EXPECT_EQ(status("/beta/things/none"), 429);
}

TEST_F(MockServiceTest, AServerErrorIsNoSuccess) {
  EXPECT_EQ(Serve(Proper(), "server_error").status, 500);
  EXPECT_EQ(Serve(Proper(), "server_error").status, 500);
  EXPECT_EQ(Serve(Proper()).status, 204);
  EXPECT_EQ(Serve(Proper(), "server_error").status, 409);
}

TEST_F(MockServiceTest, AContractsPathGoesBeforeEntras) {
  Contract own = SampleAction();
  own.server = "https://api.example/v1";
  own.paths = {"/oauth2/v2.0/token"};
  own.headers.clear();
  own.permissions.clear();
  MockService service({&own}, {}, clock_);
  MockRequest request = Control("POST", "/v1/oauth2/v2.0/token");
  EXPECT_EQ(service.Serve(request, {}).status, 204);
  request.path = "/common/oauth2/v2.0/token";
  EXPECT_NE(service.Serve(request, {}).body.find("AADSTS900144"), std::string::npos);
  own.server = "https://api.example";
  own.paths = {"/{owner}/{repo}/{kind}/{name}"};
  MockService of_parameters({&own}, {}, clock_);
  EXPECT_NE(of_parameters.Serve(request, {}).body.find("AADSTS900144"), std::string::npos);
}

TEST_F(MockServiceTest, NoFaultSpoilsAControlAnswer) {
  EXPECT_EQ(RenderAnswer(Serve(Control("GET", "/.conform/requests"), "wire_bare_lf")),
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n"
            "{\"requests\":0,\"pipelining\":false}");
}

}  // namespace
}  // namespace conform
