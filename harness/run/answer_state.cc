#include "run/answer_state.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "case/expected_statuses.h"
#include "exchange/json_body.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

constexpr std::string_view kSetCookie = "Set-Cookie";

/// The cookies of all lines as a client sends them back: names and values alone (RFC 6265 §4.2.1).
std::optional<std::string> CookiesOf(const Fields& fields) {
  std::optional<std::string> cookies;
  for (const std::string_view line : FieldValues(fields, kSetCookie)) {
    const std::string pair(TrimWhiteSpace(line.substr(0, line.find(';'))));
    cookies = cookies ? *cookies + "; " + pair : pair;
  }
  return cookies;
}

std::optional<nlohmann::json> FindValue(const CaptureSpec& capture, const Response& response,
                                        const JsonBody& body) {
  switch (capture.from) {
    case CaptureSpec::From::kStatus:
      return response.status;
    case CaptureSpec::From::kHeader: {
      auto value = SameFieldName(capture.source, kSetCookie)
                       ? CookiesOf(response.fields)
                       : CombinedValue(response.fields, capture.source);
      if (!value) return std::nullopt;
      return *std::move(value);
    }
    case CaptureSpec::From::kBody: {
      if (body.unreadable || !body.error.empty()) return std::nullopt;
      const nlohmann::json* member = FindMember(body.value, capture.source);
      if (member == nullptr) return std::nullopt;
      return *member;
    }
  }
  return std::nullopt;
}

std::string DescribeSource(const CaptureSpec& capture) {
  if (capture.from == CaptureSpec::From::kStatus) return "status";
  return (capture.from == CaptureSpec::From::kHeader ? "headers." : "body") + capture.source;
}

/// Of a list or an object each value may stand somewhere alone.
void LearnEach(const nlohmann::json& value, const std::string& name, Redactor& redactor) {
  if (value.is_structured()) {
    for (const auto& each : value) LearnEach(each, name, redactor);
    return;
  }
  if (value.is_string()) redactor.AddSecret(value.get<std::string>(), name);
  // `true`, or a year, stands everywhere.
  constexpr std::size_t kShortestNumber = 6;
  const std::string number = value.is_number() ? value.dump() : "";
  if (number.size() >= kShortestNumber) redactor.AddSecret(number, name);
}

/// Each line of the field, which crosses alone, and of a cookie what stands behind its name.
void LearnLines(const CaptureSpec& capture, const Response& response, Redactor& redactor) {
  for (const std::string_view line : FieldValues(response.fields, capture.source)) {
    redactor.AddSecret(line, capture.name);
    if (!SameFieldName(capture.source, kSetCookie)) continue;
    const std::string_view pair = line.substr(0, line.find(';'));
    redactor.AddSecret(TrimWhiteSpace(pair.substr(pair.find('=') + 1)), capture.name);
  }
}

}  // namespace

Expected<bool> TakeCaptures(const Step& step, const Response& response, Redactor& redactor,
                            Scope& scope) {
  if (step.captures.empty()) return true;
  const JsonBody& body = ReadJsonBody(response);
  const StatusSet expected = ExpectedStatuses(step, scope);
  const bool refused = response.status >= 400 && response.status <= 499 && !expected.empty() &&
                       !expected.Contains(response.status);
  // Also where another is missing: what an answer tells is shown.
  std::vector<std::optional<nlohmann::json>> values;
  for (const CaptureSpec& capture : step.captures) {
    const auto& value = values.emplace_back(FindValue(capture, response, body));
    if (!value || !capture.secret) continue;
    LearnEach(*value, capture.name, redactor);
    if (capture.from == CaptureSpec::From::kHeader) LearnLines(capture, response, redactor);
  }
  if (refused) {
    return Fail(fmt::format("step '{}' captures nothing of a refusal that it does not expect ({})",
                            step.name, response.status));
  }
  // Those that are there serve `finally` also where another is missing.
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const CaptureSpec& capture = step.captures[i];
    if (values[i]) {
      scope.captures[capture.name] = *std::move(values[i]);
    } else {
      missing.push_back(DescribeSource(capture));
    }
  }
  if (missing.empty()) return true;
  return Fail(fmt::format("the answer of step '{}' has no {} to capture", step.name,
                          fmt::join(missing, ", no ")));
}

bool HadSuccess(const Contract& contract, const std::string& step, const Attempt& attempt,
                const Verdict& verdict) {
  if (!attempt.response || attempt.request.method != contract.method) return false;
  if (Covers(contract.Success(), attempt.response->status)) return true;
  return std::any_of(verdict.findings.begin(), verdict.findings.end(), [&](const Finding& finding) {
    return (finding.step.empty() || finding.step == step) && IsAcceptedSuccess(finding);
  });
}

PollState LookAt(const PollSpec& poll, const Response& response, const Scope& scope) {
  const JsonBody& body = ReadJsonBody(response);
  const bool readable = !body.unreadable && body.error.empty();
  const auto member = [&](const PointerRule& rule) {
    return readable ? FindMember(body.value, rule.pointer) : nullptr;
  };
  const auto show = [&](const PointerRule& rule) {
    const nlohmann::json* value = member(rule);
    return value == nullptr ? std::string("absent") : ShowJson(*value);
  };
  for (const PointerRule& rule : poll.fail_if) {
    if (!readable || CompareJson("", member(rule), rule.value, scope)) continue;
    std::string wanted;
    for (const PointerRule& until : poll.until) {
      if (until.pointer == rule.pointer) wanted = DescribeRule(until.value, scope);
    }
    if (wanted.empty()) wanted = "not " + DescribeRule(rule.value, scope);
    return {PollState::Kind::kFailed, "body" + rule.pointer, wanted, show(rule), rule.span};
  }
  for (const PointerRule& rule : poll.until) {
    if (readable && !CompareJson("", member(rule), rule.value, scope)) continue;
    return {PollState::Kind::kWaiting, "body" + rule.pointer, DescribeRule(rule.value, scope),
            show(rule), rule.span};
  }
  return {};
}

}  // namespace conform
