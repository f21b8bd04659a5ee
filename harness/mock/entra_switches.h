// What tests switch on the mock of Entra: times, faults; and what it counts for them.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "mock/answer.h"
#include "mock/entra_error.h"

namespace conform {

struct EntraTimes {
  std::chrono::seconds interval{5};       ///< between two polls for a device code.
  std::chrono::seconds device_code{900};  ///< how long one is good.
  std::chrono::seconds token{3599};       ///< how long an access token is good.
};

/// One of `slow_down throttled unavailable malformed_json html`.
struct EntraFault {
  std::string name;
  std::string retry_after;  ///< of `throttled` and `unavailable`; empty: none is sent.
};

/// Safe to use from several threads.
class EntraSwitches {
 public:
  EntraTimes times() const;
  void SetTimes(const EntraTimes& times);

  /// The next `count` requests meet it. False: there is no such fault, or too many wait already.
  bool Plant(const EntraFault& fault, int count);
  /// What the next request meets, if anything; `slow_down` waits for a poll.
  std::optional<EntraFault> TakeFault(bool is_token_request);

  /// Moves on the clock that device codes and refresh tokens go by, not that of access tokens.
  /// False, and nothing changed, where that were too far.
  bool Advance(std::chrono::milliseconds by);
  std::chrono::milliseconds advanced() const;

  void Count(std::string_view what);
  /// `{"devicecode": 1, "refresh_token": 2}`: requests, whatever became of them.
  nlohmann::json counts() const;

 private:
  mutable std::mutex mutex_;
  EntraTimes times_;
  std::chrono::milliseconds advanced_{0};
  std::deque<EntraFault> faults_;
  std::map<std::string, int, std::less<>> counts_;
};

/// What a request meets instead of an answer.
Answer RenderEntraFault(const EntraFault& fault, const EntraIds& ids);

/// `json` with its status; AddEntraFields is still to come.
Answer EntraJson(int status, const nlohmann::ordered_json& json);
/// What every answer of Entra carries.
void AddEntraFields(Answer& answer, const EntraIds& ids);

}  // namespace conform
