#include "mock/fault.h"

#include <gtest/gtest.h>

#include <set>

#include "mock/mock_service.h"
#include "mock/sample_contracts.h"
#include "token/test_token.h"

namespace conform {
namespace {

const std::chrono::system_clock::time_point kStart{std::chrono::hours(500'000)};

MockRequest Probe(std::string method, std::string path, const std::string& authorization) {
  MockRequest request;
  request.method = std::move(method);
  request.path = std::move(path);
  request.fields = {{"client-request-id", "6f1c"}};
  if (!authorization.empty()) {
    request.fields.push_back({"Authorization", "Bearer " + authorization});
  }
  return request;
}

// Requests of every kind that the catalogue's faults are about, each tenant's in its own order.
std::vector<MockRequest> Probes() {
  constexpr const char* kPath = "/beta/things/sync";
  const auto token = [](IdentityKind kind, const char* tenant,
                        const char* permission = "Things.ReadWrite.All") {
    return IssueTestToken(Identity{kind, ""}, permission, tenant, kStart);
  };
  const std::string work = token(IdentityKind::kDelegatedWork, "throttled");
  std::vector<MockRequest> probes = {
      Probe("POST", kPath, ""),
      Probe("POST", kPath, ForgeSignature(work)),
      Probe("GET", kPath, work),
      Probe("HEAD", kPath, work),
      Probe("POST", "/v1.0/things/sync", token(IdentityKind::kDelegatedWork, "version")),
      Probe("POST", "/beta/nowhere", token(IdentityKind::kDelegatedWork, "path")),
      Probe("POST", kPath, token(IdentityKind::kDelegatedWork, "second", "Admin.ReadWrite.All")),
      Probe("PATCH", "/beta/things/7", token(IdentityKind::kApplication, "update")),
  };
  for (const IdentityKind kind : kIdentityKinds) {
    probes.push_back(Probe("POST", kPath, token(kind, NameOf(kind).data())));
  }
  for (int i = 0; i < 4; ++i) {
    probes.push_back(Probe("POST", kPath, work));
    // Now, within the state, within the window, after both.
    constexpr const char* kAdvance[] = {"1000", "180000", "600000", "0"};
    probes.push_back(Probe("POST", "/.conform/tenants/throttled/clock", ""));
    probes.back().body = std::string(R"({"advance_ms":)") + kAdvance[i] + "}";
  }
  return probes;
}

// All answers, with the bytes that differ from run to run made equal.
std::string AnswersWith(const std::set<std::string, std::less<>>& names) {
  static const std::vector<MockRequest> kProbes = Probes();
  const ManualClock clock(kStart);
  const Contract action = SampleAction();
  const Contract update = SampleUpdate();
  MockService service({&action, &update}, {}, clock);
  const Faults faults = Faults::Plant(names).value();
  std::string all;
  for (const MockRequest& probe : kProbes) {
    WireAnswer answer = service.Serve(probe, faults);
    std::string id;
    for (const std::string& line : answer.field_lines) {
      if (line.starts_with("request-id: ")) id = line.substr(12, 36);
    }
    std::string bytes = RenderAnswer(answer);
    for (std::size_t at = bytes.find(id); !id.empty() && at != std::string::npos;
         at = bytes.find(id)) {
      bytes.replace(at, id.size(), "ID");
    }
    all += bytes + "\n";
  }
  return all;
}

TEST(FaultCatalogue, NamesAreDistinctAndEveryFaultSaysWhatItDoesAndBreaks) {
  std::set<std::string_view> names;
  for (const Fault& fault : FaultCatalogue()) {
    EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
    EXPECT_EQ(fault.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
              std::string_view::npos)
        << fault.name;
    EXPECT_TRUE(fault.meaning.ends_with('.')) << fault.name;
    EXPECT_FALSE(fault.breaks.empty()) << fault.name;
    std::set<std::string_view> selectors(fault.breaks.begin(), fault.breaks.end());
    EXPECT_EQ(selectors.size(), fault.breaks.size()) << fault.name;
  }
}

// Whether it spoils collections or shown states alone, which the sample contracts have not:
// resource_faults_test, resource_answers_test and self-check see these.
bool IsOfResources(const Fault& fault) {
  const std::string_view first = fault.breaks.front();
  return first.starts_with("about:deviceManagement.") || first == "graph.refusal.precondition" ||
         first == "odata.created.location";
}

TEST(FaultCatalogue, EveryFaultChangesAnAnswer) {
  const std::string sound = AnswersWith({});
  EXPECT_EQ(AnswersWith({}), sound);
  for (const Fault& fault : FaultCatalogue()) {
    if (IsOfResources(fault)) continue;
    EXPECT_TRUE(AnswersWith({std::string(fault.name)}) != sound)
        << fault.name << " changes no answer of the sample contracts";
  }
}

TEST(FaultCatalogue, EveryLapseHasAFault) {
  std::set<Lapse> lapses;
  for (const Fault& fault : FaultCatalogue()) {
    if (const auto* lapse = std::get_if<Lapse>(&fault.effect)) lapses.insert(*lapse);
  }
  EXPECT_EQ(lapses.size(), kLapseCount);
}

TEST(PlantFaults, RefusesANameThatTheCatalogueHasNot) {
  const auto faults = Faults::Plant({"no_allow", "no_alow"});
  ASSERT_FALSE(faults.has_value());
  EXPECT_EQ(faults.error().message, "the mock has no fault 'no_alow': did you mean 'no_allow'?");
  EXPECT_EQ(Faults::Plant({"qqqqqqqq"}).error().message,
            "the mock has no fault 'qqqqqqqq': --list-faults lists those it has");
}

struct SpoiltRow {
  const char* fault;
  int status;
  const char* bytes;
};

class FaultSpoils : public testing::TestWithParam<SpoiltRow> {};

// An answer of each kind as it goes over the wire.
TEST_P(FaultSpoils, TheAnswer) {
  Answer answer;
  answer.status = GetParam().status;
  answer.fields = {{"Date", "now"}};
  if (answer.status != 204) {
    answer.fields.push_back({"Content-Type", "application/json"});
    answer.body = R"({"error":{"code":"A","message":"b"}})";
  }
  if (answer.status == 401) answer.fields.push_back({"WWW-Authenticate", "Bearer"});
  if (answer.status == 429) answer.fields.push_back({"Retry-After", "5"});
  const Faults faults = Faults::Plant({GetParam().fault}).value();
  faults.Spoil(answer, MockRequest{});
  WireAnswer wire = FrameAnswer(answer, "POST");
  faults.Spoil(wire);
  EXPECT_EQ(RenderAnswer(wire), GetParam().bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Table, FaultSpoils,
    testing::Values(
        SpoiltRow{"success_200", 204, "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Length: 0\r\n\r\n"},
        SpoiltRow{"content_length_on_204", 204,
                  "HTTP/1.1 204 No Content\r\nDate: now\r\nContent-Length: 0\r\n\r\n"},
        SpoiltRow{"transfer_encoding_on_204", 204,
                  "HTTP/1.1 204 No Content\r\nDate: now\r\nTransfer-Encoding: chunked\r\n"
                  "Connection: close\r\n\r\n"},
        SpoiltRow{"content_after_204", 204,
                  "HTTP/1.1 204 No Content\r\nDate: now\r\nConnection: close\r\n\r\n"
                  "{\"value\":[]}"},
        SpoiltRow{"no_www_authenticate", 401,
                  "HTTP/1.1 401 Unauthorized\r\nDate: now\r\nContent-Type: application/json\r\n"
                  "Content-Length: 36\r\n\r\n{\"error\":{\"code\":\"A\",\"message\":\"b\"}}"},
        SpoiltRow{"retry_after_malformed", 429,
                  "HTTP/1.1 429 Too Many Requests\r\nDate: now\r\n"
                  "Content-Type: application/json\r\nRetry-After: soon\r\n"
                  "Content-Length: 36\r\n\r\n{\"error\":{\"code\":\"A\",\"message\":\"b\"}}"},
        SpoiltRow{"error_code_empty", 409,
                  "HTTP/1.1 409 Conflict\r\nDate: now\r\nContent-Type: application/json\r\n"
                  "Content-Length: 55\r\n\r\n"
                  "{\"error\":{\"code\":\"\",\"message\":\"Something went wrong.\"}}"},
        SpoiltRow{"error_as_text", 409,
                  "HTTP/1.1 409 Conflict\r\nDate: now\r\nContent-Type: text/plain\r\n"
                  "Content-Length: 36\r\n\r\n{\"error\":{\"code\":\"A\",\"message\":\"b\"}}"},
        SpoiltRow{"html_for_json", 204, "HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n"},
        SpoiltRow{"wire_obs_fold", 204,
                  "HTTP/1.1 204 No Content\r\nX-Mock: folded\r\n over two lines\r\n"
                  "Date: now\r\n\r\n"},
        SpoiltRow{"wire_surplus_after_chunks", 409,
                  "HTTP/1.1 409 Conflict\r\nDate: now\r\nContent-Type: application/json\r\n"
                  "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                  "24\r\n{\"error\":{\"code\":\"A\",\"message\":\"b\"}}\r\n0\r\n\r\nsurplus"}),
    [](const testing::TestParamInfo<SpoiltRow>& row) { return row.param.fault; });

}  // namespace
}  // namespace conform
