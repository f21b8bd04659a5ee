// Which failures are new since an earlier run.
#pragma once

#include <set>
#include <string>
#include <tuple>

#include "record/run_record.h"

namespace conform {

/// Whether `finding`, of a test of a run that is `strict` or not, makes it fail: a broken must, or
/// where it is strict a broken should, that no deviation accepts. A test that fails without one
/// came by asking again.
bool MakesFail(const Finding& finding, bool strict);

/// What made tests of an earlier run fail.
class KnownFailures {
 public:
  explicit KnownFailures(const RunRecord& baseline);

  /// Whether `test`, of a run that is `strict` or not, fails by what it did not fail by then:
  /// another clause or step, another subject (the place in a list is none), another status, or that
  /// its answer came only by asking again (--flaky fail). What an accepted deviation covers and
  /// what only warns, then or now, makes no test fail.
  bool IsNew(const TestRecord& test, bool strict) const;

 private:
  using Key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

  static std::set<Key> KeysOf(const TestRecord& test, bool strict);

  std::set<Key> known_;
};

}  // namespace conform
