#include "mock/entra_switches.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/json_text.h"
#include "mock/clock_advance.h"

namespace conform {
namespace {

constexpr std::size_t kMostPlanted = 10'000;

constexpr std::string_view kSlowDownFault = "slow_down";
constexpr std::string_view kThrottledFault = "throttled";
constexpr std::string_view kUnavailableFault = "unavailable";
constexpr std::string_view kMalformedFault = "malformed_json";
constexpr std::array<std::string_view, 5> kEntraFaults = {
    kSlowDownFault, kThrottledFault, kUnavailableFault, kMalformedFault, "html"};

}  // namespace

EntraTimes EntraSwitches::times() const {
  const std::lock_guard lock(mutex_);
  return times_;
}

void EntraSwitches::SetTimes(const EntraTimes& times) {
  const std::lock_guard lock(mutex_);
  times_ = times;
}

bool EntraSwitches::Plant(const EntraFault& fault, int count) {
  const auto* const known = std::find(kEntraFaults.begin(), kEntraFaults.end(), fault.name);
  if (known == kEntraFaults.end()) return false;
  const std::lock_guard lock(mutex_);
  if (faults_.size() + static_cast<std::size_t>(count) > kMostPlanted) return false;
  faults_.insert(faults_.end(), static_cast<std::size_t>(count), fault);
  return true;
}

std::optional<EntraFault> EntraSwitches::TakeFault(bool is_token_request) {
  const std::lock_guard lock(mutex_);
  if (faults_.empty()) return std::nullopt;
  if (!is_token_request && faults_.front().name == kSlowDownFault) return std::nullopt;
  EntraFault fault = std::move(faults_.front());
  faults_.pop_front();
  return fault;
}

bool EntraSwitches::Advance(std::chrono::milliseconds by) {
  const std::lock_guard lock(mutex_);
  return MoveOn(advanced_, by);
}

std::chrono::milliseconds EntraSwitches::advanced() const {
  const std::lock_guard lock(mutex_);
  return advanced_;
}

void EntraSwitches::Count(std::string_view what) {
  const std::lock_guard lock(mutex_);
  ++counts_[std::string(what)];
}

nlohmann::json EntraSwitches::counts() const {
  const std::lock_guard lock(mutex_);
  nlohmann::json counts = nlohmann::json::object();
  for (const auto& [what, count] : counts_) counts[what] = count;
  return counts;
}

Answer RenderEntraFault(const EntraFault& fault, const EntraIds& ids) {
  const auto refuse = [&](Aadsts why) {
    return EntraJson(StatusOf(why), RenderEntraError(EntraRefusal(why), ids));
  };
  Answer answer;
  if (fault.name == kSlowDownFault) return refuse(Aadsts::kSlowDown);
  if (fault.name == kThrottledFault || fault.name == kUnavailableFault) {
    answer = refuse(fault.name == kThrottledFault ? Aadsts::kThrottled : Aadsts::kTransient);
    if (!fault.retry_after.empty()) answer.fields.push_back({"Retry-After", fault.retry_after});
    return answer;
  }
  if (fault.name == kMalformedFault) {
    answer.fields.push_back({"Content-Type", "application/json; charset=utf-8"});
    answer.body = R"({"token_type":"Bearer","expires_in":)";
    return answer;
  }
  answer.status = 503;
  answer.fields.push_back({"Content-Type", "text/html; charset=us-ascii"});
  answer.body =
      "<!DOCTYPE html>\n<html><head><title>Service Unavailable</title></head>\n"
      "<body><h2>Our services aren't available right now</h2></body></html>\n";
  return answer;
}

Answer EntraJson(int status, const nlohmann::ordered_json& json) {
  Answer answer;
  answer.status = status;
  answer.fields.push_back({"Content-Type", "application/json; charset=utf-8"});
  // The caller's own bytes may be no UTF-8.
  answer.body = WriteJsonText(json);
  return answer;
}

void AddEntraFields(Answer& answer, const EntraIds& ids) {
  answer.fields.push_back({"Cache-Control", "no-store, no-cache"});
  answer.fields.push_back({"Pragma", "no-cache"});
  answer.fields.push_back({"Strict-Transport-Security", "max-age=31536000; includeSubDomains"});
  answer.fields.push_back({"x-ms-request-id", ids.trace_id});
  answer.fields.push_back({"client-request-id", ids.correlation_id});
  answer.fields.push_back({"Date", FormatHttpDate(ids.now)});
}

}  // namespace conform
