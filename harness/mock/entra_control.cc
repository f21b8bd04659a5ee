#include "mock/entra_control.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/json_member.h"
#include "base/json_text.h"
#include "mock/client_json.h"
#include "mock/control.h"
#include "mock/entra_service.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// Nothing: it was done. Else what the content must be.
using ControlRefusal = std::optional<std::string>;

// `absent` where it is not there; nothing where it is no whole number up to ten years of seconds.
std::optional<std::int64_t> NumberIn(const Json& object, const char* name, std::int64_t absent,
                                     std::int64_t most) {
  const auto found = object.find(name);
  if (found == object.end()) return absent;
  if (!found->is_number_unsigned()) return std::nullopt;
  const auto number = found->get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(most)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

constexpr std::int64_t kTenYears = std::int64_t{10} * 366 * 24 * 60 * 60;

ControlRefusal DecideDevice(std::string_view code, const Json& content, EntraSignIn& sign_in) {
  const std::string wish = TextMember(content, "do");
  const EntraPerson* const person = FindEntraPerson(TextMember(content, "as"));
  const bool approve = wish == "approve";
  if ((approve && person == nullptr) || (!approve && wish != "decline" && wish != "expire")) {
    return R"({"do": "approve", "as": USER NAME}, {"do": "decline"} or {"do": "expire"})";
  }
  const DeviceDecision decision = approve             ? DeviceDecision::kApprove
                                  : wish == "decline" ? DeviceDecision::kDecline
                                                      : DeviceDecision::kExpire;
  if (sign_in.grants().Decide(code, decision, person)) return std::nullopt;
  return "about a user code that is waiting";
}

ControlRefusal PlantFault(std::string_view, const Json& content, EntraSignIn& sign_in) {
  constexpr std::int64_t kMost = 1000;
  const auto times = NumberIn(content, "times", 1, kMost);
  const EntraFault fault{TextMember(content, "fault"), TextMember(content, "retry_after")};
  const bool plain = fault.retry_after.find_first_of("\r\n") == std::string::npos;
  if (times && plain && sign_in.switches().Plant(fault, static_cast<int>(*times))) {
    return std::nullopt;
  }
  return R"({"fault": "slow_down", "throttled", "unavailable", "malformed_json" or "html"}, with )"
         R"("times": N and "retry_after": TEXT where wanted)";
}

ControlRefusal SetTimes(std::string_view, const Json& content, EntraSignIn& sign_in) {
  EntraTimes times = sign_in.switches().times();
  const auto interval = NumberIn(content, "interval_s", times.interval.count(), kTenYears);
  const auto device_code = NumberIn(content, "device_code_s", times.device_code.count(), kTenYears);
  const auto token = NumberIn(content, "token_s", times.token.count(), kTenYears);
  if (!interval || !device_code || !token) {
    return R"({"interval_s": N, "device_code_s": N, "token_s": N}, each may be absent)";
  }
  times.interval = std::chrono::seconds(*interval);
  times.device_code = std::chrono::seconds(*device_code);
  times.token = std::chrono::seconds(*token);
  sign_in.switches().SetTimes(times);
  return std::nullopt;
}

ControlRefusal AdvanceClock(std::string_view, const Json& content, EntraSignIn& sign_in) {
  const auto advance = NumberIn(content, "advance_ms", -1, kTenYears * 1000);
  if (advance && *advance >= 0 && sign_in.switches().Advance(std::chrono::milliseconds(*advance))) {
    return std::nullopt;
  }
  return R"({"advance_ms": N}, a hundred years in all)";
}

ControlRefusal DemandNewAssertions(std::string_view, const Json& content, EntraSignIn& sign_in) {
  const auto once = content.find("once");
  if (once == content.end() || !once->is_boolean()) return R"({"once": true} or {"once": false})";
  sign_in.assertions().DemandNew(once->get<bool>());
  return std::nullopt;
}

struct ControlRow {
  std::string_view path;  // one that ends with a slash has a name behind it
  ControlRefusal (*act)(std::string_view name, const Json& content, EntraSignIn& sign_in);
};

constexpr std::array<ControlRow, 5> kControls = {{
    {"device/", &DecideDevice},
    {"faults", &PlantFault},
    {"times", &SetTimes},
    {"clock", &AdvanceClock},
    {"assertions", &DemandNewAssertions},
}};

bool MatchesControl(std::string_view path, std::string_view row) {
  return row.ends_with('/') ? path.starts_with(row) && path.size() > row.size() : path == row;
}

ControlRefusal RegisterCertificate(std::string_view client, const std::string& pem,
                                   EntraSignIn& sign_in) {
  const EntraApplication* const application = FindEntraApplication(client);
  if (application == nullptr || application->secret.empty()) {
    return "for a confidential client of the mock";
  }
  auto certificate = EntraCertificate::Read(pem);
  if (!certificate) return "a PEM certificate with an RSA key: " + certificate.error().message;
  sign_in.certificates().Register(application->id, *std::move(certificate));
  return std::nullopt;
}

Answer Acknowledge(const ControlRefusal& refusal) {
  if (refusal) return ControlProblem(400, fmt::format("The content must be {}.", *refusal));
  Answer answer;
  answer.status = 204;
  return answer;
}

Answer NeedsControlMethod(std::string_view method) {
  Answer answer = ControlProblem(405, fmt::format("This control request needs {}.", method));
  answer.fields.push_back({"Allow", std::string(method)});
  return answer;
}

}  // namespace

Answer AnswerEntraControl(const MockRequest& request, EntraSignIn& sign_in) {
  constexpr std::string_view kCertificates = "certificates/";
  const std::string_view path = std::string_view(request.path).substr(kEntraControlPrefix.size());
  if (path == "requests") {
    if (request.method != "GET") return NeedsControlMethod("GET");
    Answer answer;
    answer.fields.push_back({"Content-Type", "application/json"});
    answer.body = WriteJsonText(sign_in.switches().counts());
    return answer;
  }
  const bool is_certificate = MatchesControl(path, kCertificates);
  const auto* const row =
      std::find_if(kControls.begin(), kControls.end(),
                   [path](const ControlRow& known) { return MatchesControl(path, known.path); });
  if (!is_certificate && row == kControls.end()) {
    return ControlProblem(404, "There is no such control request.");
  }
  if (request.method != "POST") return NeedsControlMethod("POST");
  if (is_certificate) {
    return Acknowledge(
        RegisterCertificate(path.substr(kCertificates.size()), request.body, sign_in));
  }
  const Json content = ReadClientJson(request.body);
  if (!content.is_object()) return ControlProblem(400, "The content must be a JSON object.");
  const std::string_view name =
      row->path.ends_with('/') ? path.substr(row->path.size()) : std::string_view();
  return Acknowledge(row->act(name, content, sign_in));
}

}  // namespace conform
