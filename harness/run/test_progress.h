// What is known while one test runs, and while one of its steps does.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "case/test.h"
#include "case/text_template.h"
#include "exchange/client.h"
#include "record/run_record.h"
#include "verdict/judge.h"

namespace conform {

/// Told of each step, as it is about to be sent, and of what its `${…}` stand for.
using StepWatch = std::function<void(const Test&, const Step&, const Scope&)>;

/// A step that may send several requests.
struct StepProgress {
  const Step* step = nullptr;
  StepFacts facts;
  Exchange exchange;  ///< the last, until it is recorded; what came before is.
  std::string curl;   ///< a line that sends it again; empty: only running the test again does.
  std::chrono::system_clock::time_point sent;
  std::chrono::system_clock::time_point began;
  std::string page;  ///< request-target of the next page; empty: the step's own request.
  std::set<std::string> pages;
  int answers = 0;                    ///< but for those that were asked for again.
  bool again = false;                 ///< another request of the step is to be sent.
  bool retried = false;               ///< it is the same once more: a further attempt.
  int throttled = 0;                  ///< answers of 429 or 503 waited out for this request.
  std::chrono::milliseconds held{0};  ///< how long, together.
  bool renewed = false;               ///< the token was refused once and another one was got.
  bool paid = false;                  ///< one effect on a tenant was taken of what is kept.
};

/// What a test is to be sent with.
struct FoundToken {
  std::optional<std::string> token;  ///< nothing: there is none that would tell anything.
  Outcome outcome = Outcome::kPass;  ///< without one, of the test that has not begun,
  std::string reason = {};           ///< and why.
  std::string note = {};             ///< what could not be known of it.
};

struct TestProgress {
  bool begun = false;                             ///< it has a token, and what it needs.
  std::chrono::system_clock::time_point resumed;  ///< since when it is about it alone.
  std::chrono::microseconds spent{0};             ///< on it before.
  std::optional<Attempt> sent_ahead;  ///< of its first request, with those of other tests.
  const StepWatch* watch = nullptr;   ///< or null.
  TestRecord record;
  Scope scope;
  Client* client = nullptr;
  std::string permissions;  ///< that its token holds.
  std::string tenant;
  std::chrono::milliseconds moved{0};  ///< how far the tenant's clock was moved on.
  bool clock_in_doubt = false;
  bool unresolved = false;  ///< the last request could not be made: a `${…}` had no value.
  std::map<std::string, std::chrono::system_clock::time_point> successes;
  int kept_effects = 0;                    ///< on a tenant, that its steps have not had yet.
  std::vector<std::string> notes;          ///< steps not run, and what was not cleaned up.
  bool left_behind = false;                ///< something was not cleaned up.
  bool stopped = false;                    ///< by its run, before its last step.
  bool token_aged = false;                 ///< something was sent or waited for since it was found.
  std::string unread_token;                ///< that the token could not be read; empty: it could.
  bool refused = false;                    ///< the last answer was a 401 or 403.
  std::optional<StepProgress> unrecorded;  ///< the step whose exchange is recorded on failure.

  /// Always false: the test ends here.
  bool End(Outcome outcome, std::string reason) {
    record.verdict.outcome = outcome;
    record.verdict.reason = std::move(reason);
    return false;
  }
};

}  // namespace conform
