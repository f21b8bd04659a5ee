// A made-up contract with its protocol sets, and cases loaded from inline YAML, for tests of the
// judge.
#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "case/case_loader.h"
#include "case/test.h"
#include "contract/catalog.h"
#include "contract/contract_loader.h"
#include "contract/protocol_loader.h"
#include "exchange/exchange.h"

namespace conform {

/// POST /beta/things/sync with a bearer token, answered 204; 409 for two minutes after a success,
/// then 429 up to ten.
inline constexpr const char* kSampleContract = R"(operation: things.sync
edition: 2024-08
source: {title: Sync, repository: example/docs, locale: en-US, date: 2024-08-01,
  sha256: 14fb54a8187cee8ccaccadc3d80f850483f91773d8caf2dfa58ddea2cd9a3e69}
maturity: stable
server: https://api.example.test/beta
method: POST
path: /things/sync
headers:
  Authorization: {required: true, scheme: Bearer}
  Accept: {value: application/json}
requestBody: none
permissions:
  delegated_work: [Things.Sync]
  delegated_personal: unsupported
  application: [Things.Sync]
effect: triggers-sync
responses:
  409: {when: {while: in_progress}}
  429: {when: {within: 10m, of: success}}
  204: {when: success, content: none}
mock: {in_progress_lasts: 2m}
clauses:
  - {id: sync.maturity, about: maturity, binds: nobody, strength: observe, says: Stable., source: {heading: Sync, line: 1, fingerprint: 0123456789abcdef}}
  - {id: sync.server, about: server, binds: service, strength: must, says: Served there., source: {heading: Sync, line: 2, fingerprint: 0123456789abcdef}}
  - {id: sync.method, about: method, binds: service, strength: must, says: With POST., source: {heading: Sync, line: 3, fingerprint: 0123456789abcdef}}
  - {id: sync.path, about: path, binds: service, strength: must, says: At its path., source: {heading: Sync, line: 4, fingerprint: 0123456789abcdef}}
  - {id: sync.authorization, about: headers.Authorization, binds: service, strength: must, says: With a token., source: {heading: Sync, line: 5, fingerprint: 0123456789abcdef}}
  - {id: sync.accept, about: headers.Accept, binds: client, strength: must, says: Accepts JSON., source: {heading: Sync, line: 6, fingerprint: 0123456789abcdef}}
  - {id: sync.body, about: requestBody, binds: client, strength: must, says: Sends no body., source: {heading: Sync, line: 7, fingerprint: 0123456789abcdef}}
  - {id: sync.work, about: permissions.delegated_work, binds: service, strength: must, says: Work accounts may., source: {heading: Sync, line: 8, fingerprint: 0123456789abcdef}}
  - {id: sync.personal, about: permissions.delegated_personal, binds: service, strength: must, says: Personal accounts may not., source: {heading: Sync, line: 9, fingerprint: 0123456789abcdef}}
  - {id: sync.application, about: permissions.application, binds: service, strength: must, says: Applications may., source: {heading: Sync, line: 10, fingerprint: 0123456789abcdef}}
  - {id: sync.effect, about: effect, binds: service, strength: must, untested: Not shown., says: It syncs., source: {heading: Sync, line: 11, fingerprint: 0123456789abcdef}}
  - {id: sync.409, about: responses.409, binds: service, strength: must, says: Busy is 409., source: {heading: Sync, line: 12, fingerprint: 0123456789abcdef}}
  - {id: sync.429, about: responses.429, binds: service, strength: must, says: Too soon is 429., source: {heading: Sync, line: 13, fingerprint: 0123456789abcdef}}
  - {id: sync.204, about: responses.204, binds: service, strength: must, says: Success is 204., source: {heading: Sync, line: 14, fingerprint: 0123456789abcdef}}
)";

/// One clause of strength must that every answer can break.
inline constexpr const char* kSampleHttp = R"(set: http
clauses:
  - id: http.date
    binds: service
    strength: must
    check: header_present
    with: {name: Date}
    says: Date is sent.
    source: {rfc: 9110, section: 6.6.1}
  - id: http.wire
    binds: service
    strength: must
    check: not_observed
    with: {names: [conflicting_content_length, status_line_malformed]}
    says: Framed by one length.
    source: {rfc: 9112, section: 6.3}
)";

/// One of strength should, and the refusals.
inline constexpr const char* kSampleGraph = R"(set: graph
refusals: {no_token: 401}
clauses:
  - id: graph.request_id
    binds: service
    strength: should
    check: header_present
    with: {name: request-id}
    says: A request-id is sent.
    source: {document: Graph page, section: Support}
  - id: graph.refusal.no_token
    binds: service
    strength: should
    says: Without a token the answer is 401.
    source: {document: Graph page, section: Codes}
)";

/// A case against the sample contract: its clauses and identity, header lines of the request, and
/// what stands below `response:`, each line indented by two.
inline std::string SampleCase(const std::string& clauses, const std::string& identity,
                              const std::string& fields, const std::string& response) {
  return "title: A case\noperation: things.sync\nclauses: " + clauses + "\nidentity: " + identity +
         "\nrequest:\n  method: POST\n  path: /beta/things/sync\n  headers:\n" + fields +
         "  body: none\nresponse:\n" + response;
}

inline constexpr const char* kWithToken =
    "    Authorization: Bearer ${token}\n    Accept: application/json\n";
inline constexpr const char* kWithoutToken = "    Accept: application/json\n";

/// The catalog and one case's only test. A mistake in either ends the program.
class SampleBench {
 public:
  explicit SampleBench(const std::string& case_text,
                       const std::string& contract_text = kSampleContract) {
    Diagnostics diagnostics;
    const auto source = [](const char* name, const std::string& text) {
      return std::make_shared<SourceText>(name, text);
    };
    if (auto contract = LoadContract(source("sync.yaml", contract_text), diagnostics)) {
      catalog_.contracts.push_back(std::move(*contract));
    }
    for (const auto& [name, text] :
         {std::pair{"http.yaml", kSampleHttp}, std::pair{"graph.yaml", kSampleGraph}}) {
      if (auto set = LoadProtocolSet(source(name, text), diagnostics)) {
        catalog_.protocols.push_back(std::move(*set));
      }
    }
    if (auto loaded = LoadCase(source("case.yaml", case_text), "things/case", diagnostics)) {
      cases_.push_back(std::move(*loaded));
    }
    tests_ = PlanTests(cases_, catalog_, {}, diagnostics);
    if (tests_.size() == 1 && diagnostics.empty()) return;
    std::fputs(diagnostics.RenderAll().c_str(), stderr);
    std::abort();
  }
  SampleBench(const SampleBench&) = delete;
  SampleBench& operator=(const SampleBench&) = delete;

  const Catalog& catalog() const { return catalog_; }
  const Contract& contract() const { return catalog_.contracts.front(); }
  const Test& test() const { return tests_.front(); }

 private:
  Catalog catalog_;
  std::vector<Case> cases_;
  std::vector<Test> tests_;
};

/// The sample request, answered so.
inline Attempt SampleAttempt(int status, Fields fields, std::string body = "") {
  Attempt attempt;
  attempt.request = {"POST", "/beta/things/sync", {{"Accept", "application/json"}}, "", false, {}};
  Response response;
  response.status = status;
  response.status_line = "HTTP/1.1 " + std::to_string(status) + " So";
  response.reason = "So";
  response.fields = std::move(fields);
  response.body_bytes = body.size();
  response.decoded_body = body;
  response.body = std::move(body);
  attempt.response = std::move(response);
  return attempt;
}

/// What a sound service sends with every answer.
inline Fields SoundFields() {
  return {{"Date", "Tue, 24 Nov 2026 22:54:03 GMT"}, {"request-id", "81ab"}};
}

}  // namespace conform
