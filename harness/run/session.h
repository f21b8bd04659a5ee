// The parts of one run, built once and handed to each other.
#pragma once

#include <memory>

#include "auth/token_source.h"
#include "base/clock.h"
#include "base/redactor.h"
#include "run/target.h"
#include "run/test_runner.h"
#include "run/workspace.h"
#include "verdict/judge.h"

namespace conform {

class Session {
 public:
  /// `workspace`, `clock` and `redactor` outlive it. Errors: the mock could not be started.
  static Expected<std::unique_ptr<Session>> Open(
      const Workspace& workspace, Clock& clock, Redactor& redactor, CheckTable checks,
      const RunLimits& limits, bool strict, const std::set<std::string, std::less<>>& faults = {});

  TestRunner& runner() { return *runner_; }
  const Target& target() const { return *target_; }
  Target& target() { return *target_; }

 private:
  Session() = default;

  std::unique_ptr<Target> target_;
  std::unique_ptr<Judge> judge_;
  std::unique_ptr<TokenSource> tokens_;
  std::unique_ptr<TestRunner> runner_;
};

}  // namespace conform
