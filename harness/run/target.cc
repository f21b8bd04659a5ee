#include "run/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "mock/control.h"
#include "record/run_header.h"
#include "run/profile_lookup.h"

namespace conform {
namespace {

/// Every operation in its edition in force on that day.
std::vector<const Contract*> ServedOn(const Catalog& catalog, std::chrono::sys_days day) {
  std::vector<const Contract*> served;
  for (const std::string_view operation : catalog.Operations()) {
    served.push_back(catalog.InForce(operation, day));
  }
  return served;
}

struct MockFacts {
  bool is_mock = false;  ///< it counts requests, as the mock does and no other server.
  bool takes_pipelines = false;
};

/// A mock answers at once.
MockFacts AskServer(const Origin& origin, Bounds bounds, const ConnectionSettings& settings,
                    const Clock& clock) {
  constexpr std::chrono::seconds kAtOnce{2};
  bounds.connect = std::min<std::chrono::milliseconds>(bounds.connect, kAtOnce);
  bounds.exchange = std::min<std::chrono::milliseconds>(bounds.exchange, kAtOnce);
  const auto client = Client::Open(origin, bounds, clock, settings);
  if (!client) return {};
  Request request;
  request.method = "GET";
  request.target = std::string(kControlPrefix) + "requests";
  request.fields = {{"Host", HostField(origin)}, {"Accept", "application/json"}};
  const Attempt attempt = (*client)->Send(std::move(request));
  if (!attempt.response) return {};
  const std::string& told = attempt.response->body;
  return {told.starts_with("{\"requests\":"), told.ends_with("\"pipelining\":true}")};
}

}  // namespace

std::map<Refusal, int> RefusalsOf(const Catalog& catalog) {
  for (const ProtocolSet& set : catalog.protocols) {
    if (!set.refusals.empty()) return set.refusals;
  }
  return {};
}

std::string NameOfTarget(const Profile& profile) {
  return profile.target ? FormatOrigin(*profile.target) : std::string(kEmbeddedMock);
}

Expected<std::unique_ptr<Target>> Target::Open(const Workspace& workspace, const Clock& clock,
                                               const std::set<std::string, std::less<>>& faults) {
  std::unique_ptr<Target> target(new Target());
  const Profile& profile = workspace.profile;
  target->tenant_ = IsTenant(profile);
  target->name_ = NameOfTarget(profile);
  if (!IsEmbedded(workspace.profile)) {
    auto client = Client::Open(*profile.target, profile.bounds, clock, ConnectionOf(profile));
    if (!client) return tl::unexpected(client.error());
    target->client_ = *std::move(client);
    target->mock_ = profile.mock;
    return target;
  }
  target->mock_ = true;
  target->takes_pipelines_ = faults.empty();
  for (const Test& test : workspace.tests) {
    const std::chrono::sys_days day = test.contract->page.date;
    if (target->servers_.count(day) > 0) continue;
    MockOptions options;
    options.contracts = ServedOn(workspace.catalog, day);
    options.refusals = RefusalsOf(workspace.catalog);
    options.faults = faults;
    options.clock = &clock;
    auto server = MockServer::Start(options);
    if (!server) return Fail(server.error().message);
    const Expected<Origin> origin = ParseOrigin((*server)->origin());
    if (!origin) return Fail(origin.error().message);
    target->clients_[day] = std::make_unique<Client>(*origin, profile.bounds, clock);
    target->servers_[day] = std::move(*server);
  }
  return target;
}

void Target::AskWhetherMock(const Profile& profile, const Clock& clock) {
  if (!mock_ || !profile.target) return;
  const MockFacts facts = AskServer(*profile.target, profile.bounds, ConnectionOf(profile), clock);
  mock_ = facts.is_mock;
  takes_pipelines_ = facts.is_mock && facts.takes_pipelines;
}

Client& Target::ClientFor(const Contract& judged) {
  return client_ != nullptr ? *client_ : *clients_.at(judged.page.date);
}

void Target::Forget(std::string_view tenant) {
  for (const auto& [day, server] : servers_) server->Forget(tenant);
}

}  // namespace conform
