#include "auth/device_sign_in.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/sign_in_error.h"
#include "base/json_member.h"
#include "base/utf8.h"

namespace conform {
namespace {

using std::chrono::seconds;

constexpr seconds kLonger{5};
constexpr int kMostWithoutAnswer = 3;
constexpr const char* kDeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

/// Answers that end the waiting, in plain words (RFC 8628 §3.5; Entra has names of its own).
struct DeviceRefusal {
  std::string_view error;
  std::string_view meaning;
};
constexpr std::array<DeviceRefusal, 3> kDeviceRefusals = {{
    {"access_denied", "the sign-in was declined"},
    {"authorization_declined", "the sign-in was declined"},
    {"expired_token", "the code expired before anybody had entered it: sign in again"},
}};

/// At least a second, so that no server is asked without pause; at most a day.
seconds SecondsIn(const nlohmann::json& body, const char* name, seconds otherwise) {
  const auto member = body.is_object() ? body.find(name) : body.end();
  if (member == body.end() || !member->is_number()) return otherwise;
  constexpr double kLeast = 1;
  constexpr double kMost = 86'400;
  return seconds(static_cast<std::int64_t>(std::clamp(member->get<double>(), kLeast, kMost)));
}

/// RFC 8628 §3.5 lets a client that got no answer ask again, later; so does a server that cannot
/// answer now.
bool IsOutOfOrder(int status) { return status == 429 || status >= 500; }

/// `told` is what the refusal says itself.
std::string MeaningOf(const std::string& error, const std::string& told) {
  const auto* const row = std::find_if(kDeviceRefusals.begin(), kDeviceRefusals.end(),
                                       [&](const auto& each) { return each.error == error; });
  return row == kDeviceRefusals.end() ? told : fmt::format("{} ({})", row->meaning, told);
}

}  // namespace

Expected<SignInAnswer> DeviceSignIn::Ask(const std::string& address, FormFields form) const {
  auto parsed = ParseHttpAddress(address);
  if (!parsed) return tl::unexpected(parsed.error());
  return account_.sign_in().Send({.address = *std::move(parsed), .form = std::move(form)});
}

Expected<DeviceCode> DeviceSignIn::Begin() {
  const SignInTools& tools = account_.sign_in().tools();
  const auto key = account_.Key();
  if (!key) {
    return Fail(fmt::format("{} is not set, which the profile names", account_.UnsetVariable()));
  }
  const auto endpoints = account_.authority().Find();
  if (!endpoints) return tl::unexpected(endpoints.error());
  if ((*endpoints)->device.empty()) {
    return Fail(
        fmt::format("{} lets nobody sign in by a code on another device: use another "
                    "source of tokens",
                    key->authority));
  }
  const auto answer =
      Ask((*endpoints)->device, {{"client_id", key->client}, {"scope", account_.Scope()}});
  if (!answer) return tl::unexpected(answer.error());
  DeviceCode code{TextMember(answer->body, "device_code"), TextMember(answer->body, "user_code"),
                  TextMember(answer->body, "verification_uri"),
                  SecondsIn(answer->body, "interval", seconds(5)),
                  tools.clock.Now() + SecondsIn(answer->body, "expires_in", seconds(900))};
  KeepSecret(tools, code.device_code, "device code");
  if (answer->status != 200) {
    return Fail("no code to sign in with: " + DescribeRefusal(*answer, tools.redactor));
  }
  if (code.device_code.empty() || code.user_code.empty() || !ParseHttpAddress(code.address)) {
    return Fail(
        fmt::format("no code to sign in with: {} answered 200 without device_code, "
                    "user_code or an https verification_uri",
                    answer->from));
  }
  // It goes to a terminal.
  if (ShowLine(code.user_code) != code.user_code) {
    return Fail(
        fmt::format("no code to sign in with: that of {} holds control characters", answer->from));
  }
  return code;
}

Expected<Grant> DeviceSignIn::Await(const DeviceCode& code, const Progress& progress) {
  const SignInTools& tools = account_.sign_in().tools();
  const auto endpoints = account_.authority().Find();
  if (!endpoints) return tl::unexpected(endpoints.error());
  const FormFields form = {{"grant_type", kDeviceGrant},
                           {"client_id", account_.Key().value_or(LoginKey{}).client},
                           {"device_code", code.device_code}};
  seconds interval = code.interval;
  for (int unanswered = 0;;) {
    for (seconds waited{0}; waited < interval && tools.clock.Now() < code.expires; ++waited) {
      progress(std::chrono::duration_cast<seconds>(code.expires - tools.clock.Now()));
      tools.clock.Sleep(seconds(1));
    }
    if (tools.clock.Now() >= code.expires) {
      return Fail("no token: the code expired before anybody had entered it: sign in again");
    }
    const auto answer = Ask((*endpoints)->token, form);
    const std::string error = answer ? TextMember(answer->body, "error") : "";
    if (!answer || (error.empty() && IsOutOfOrder(answer->status))) {
      if (++unanswered == kMostWithoutAnswer) {
        return Fail(answer ? "no token: " + DescribeRefusal(*answer, tools.redactor)
                           : answer.error().message);
      }
      interval *= 2;
      continue;
    }
    unanswered = 0;
    auto grant = ReadGrant(*answer, tools);
    if (grant && !grant->refresh_token.empty()) return grant;
    if (grant) {
      return Fail(
          fmt::format("no sign-in to keep: {} issued no refresh token: let the application "
                      "have offline_access",
                      answer->from));
    }
    if (error == "slow_down") interval += kLonger;
    if (error == "slow_down" || error == "authorization_pending") continue;
    return Fail(MeaningOf(error, grant.error().message));
  }
}

}  // namespace conform
