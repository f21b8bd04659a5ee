#include "run/test_scope.h"

#include "base/date.h"
#include "base/digest.h"

namespace conform {

Scope ScopeOf(const Test& test, const Profile& profile, std::string token,
              std::chrono::system_clock::time_point now) {
  Scope scope;
  scope.token = std::move(token);
  scope.uuid = RandomUuid();
  scope.now = FormatTimestamp(now);
  scope.columns = &test.test_case->columns;
  scope.row = test.row == nullptr ? nullptr : &test.row->values;
  scope.variables = &profile.variables;
  return scope;
}

}  // namespace conform
