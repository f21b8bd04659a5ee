// Made-up contracts for the mock's tests: an action, an update, and operations on a collection.
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

/// An operation on the collection `things`, whose items have `name`, `note` and `tags`.
inline Contract SampleOf(MockResource::Does does) {
  using Does = MockResource::Does;
  Contract contract;
  contract.operation = "things.operation";
  contract.server = "https://graph.microsoft.com/beta";
  contract.paths = {does == Does::kCreate || does == Does::kList ? "/things" : "/things/{id}"};
  const nlohmann::json text = {{"type", "string"}};
  const nlohmann::json schema = {
      {"properties", {{"name", text}, {"note", text}, {"tags", {{"type", "array"}}}}}};
  contract.request_body.none = false;
  contract.request_body.content = {{"application/json", schema, {}}};
  ResponseRule success;
  success.status = does == Does::kCreate ? 201 : does == Does::kDelete ? 204 : 200;
  if (does != Does::kDelete) success.content = {{"application/json", {}, {}}};
  contract.responses = {success};
  contract.resource.emplace();
  contract.resource->does = does;
  contract.resource->collection = "things";
  return contract;
}

/// The list of `things`, which begins with one, two to a page.
inline Contract SampleList() {
  Contract contract = SampleOf(MockResource::Does::kList);
  contract.resource->page_size = 2;
  const nlohmann::json first = {{"id", "first"}, {"name", "The first"}};
  contract.responses.front().content.front().example["value"].push_back(first);
  return contract;
}

/// GET /beta/settings, which shows how the action of SampleAction stands.
inline Contract SampleShow() {
  Contract contract = SampleOf(MockResource::Does::kShow);
  contract.paths = {"/settings"};
  contract.responses.front().content.front().example = {{"state", "busy"}};
  contract.resource->collection.clear();
  contract.resource->shows = {{"state", "things.sync", "in_progress", "idle", "busy", "done"}};
  return contract;
}

}  // namespace conform
