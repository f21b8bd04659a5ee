// What requests go to: the mocks that conform starts itself, a mock started alone, or a service.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "exchange/client.h"
#include "mock/mock_server.h"
#include "run/workspace.h"

namespace conform {

/// The status per reason of whichever protocol set says.
std::map<Refusal, int> RefusalsOf(const Catalog& catalog);

/// `embedded mock`, or the profile's origin.
std::string NameOfTarget(const Profile& profile);

class Target {
 public:
  /// Starts one mock for each edition's day that a test is judged by, with `faults` planted; or
  /// points at the profile's address. `workspace` and `clock` outlive it.
  static Expected<std::unique_ptr<Target>> Open(
      const Workspace& workspace, const Clock& clock,
      const std::set<std::string, std::less<>>& faults = {});

  Client& ClientFor(const Contract& judged);

  /// Asks a server that profile mock reaches, and where it is none is no mock from then on. Call
  /// before the first test, on one thread.
  void AskWhetherMock(const Profile& profile, const Clock& clock);
  /// Each test has a tenant of its own there, whose clock it moves.
  bool is_mock() const { return mock_; }
  /// A mock that answers each request once, at once and in turn, so that several may be under way
  /// on one connection.
  bool takes_pipelines() const { return takes_pipelines_; }
  /// Of this tenant of the embedded mock all is as it was before its first request.
  void Forget(std::string_view tenant);
  /// Effects are real there.
  bool is_tenant() const { return tenant_; }
  const std::string& name() const { return name_; }
  bool is_embedded() const { return !servers_.empty(); }

 private:
  Target() = default;

  bool mock_ = false;
  bool tenant_ = false;
  bool takes_pipelines_ = false;
  std::string name_;
  std::map<std::chrono::sys_days, std::unique_ptr<MockServer>> servers_;
  std::map<std::chrono::sys_days, std::unique_ptr<Client>>
      clients_;  // after the servers: ends first
  std::unique_ptr<Client> client_;
};

}  // namespace conform
