// Two made-up contracts for the mock's tests: an action with conditions, and a read with content.
#pragma once

#include <chrono>

#include "contract/contract.h"

namespace conform {

/// POST /beta/things/sync, answered 204; 409 for two minutes after, then 429 up to ten.
inline Contract SampleAction() {
  Contract contract;
  contract.operation = "things.sync";
  contract.edition = "2024-08";
  contract.server = "https://graph.microsoft.com/beta";
  contract.method = "POST";
  contract.paths = {"/things/sync"};
  contract.headers = {{"Authorization", true, "Bearer", ""},
                      {"Accept", false, "", "application/json"}};
  contract.permissions = {
      {IdentityKind::kDelegatedWork, {true, {"Things.ReadWrite.All", "Admin.ReadWrite.All"}}},
      {IdentityKind::kDelegatedPersonal, {false, {}}},
      {IdentityKind::kApplication, {true, {"Things.ReadWrite.All", "Admin.ReadWrite.All"}}}};
  ResponseRule conflict;
  conflict.status = 409;
  conflict.when = {Condition::Kind::kWhile, "in_progress", {}};
  ResponseRule throttled;
  throttled.status = 429;
  throttled.when = {Condition::Kind::kWithin, "", std::chrono::minutes(10)};
  ResponseRule success;
  success.status = 204;
  contract.responses = {conflict, throttled, success};
  contract.mock_lasts = {{"in_progress", std::chrono::minutes(2)}};
  return contract;
}

/// PATCH /beta/things/{id}?mode=…, work accounts alone, with a required JSON body, answered 200
/// with the id.
inline Contract SampleUpdate() {
  Contract contract;
  contract.operation = "things.update";
  contract.edition = "2024-08";
  contract.server = "https://graph.microsoft.com/beta";
  contract.method = "PATCH";
  contract.paths = {"/things/{id}", "/me/things/{id}"};
  contract.parameters = {{"id", Parameter::In::kPath, true, {}},
                         {"mode", Parameter::In::kQuery, true, {}}};
  contract.headers = {{"Authorization", true, "Bearer", ""}};
  contract.permissions = {{IdentityKind::kDelegatedWork, {true, {"Things.ReadWrite.All"}}},
                          {IdentityKind::kDelegatedPersonal, {false, {}}},
                          {IdentityKind::kApplication, {false, {}}}};
  contract.request_body.none = false;
  contract.request_body.required = true;
  contract.request_body.content = {{"application/json", {}, {}}};
  ResponseRule success;
  success.status = 200;
  success.content = {{"application/json", {}, {{"id", "{id}"}, {"tags", {"of {id}", 1}}}}};
  contract.responses = {success};
  return contract;
}

}  // namespace conform
