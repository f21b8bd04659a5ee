#include "case/broken_facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/nearest_name.h"
#include "base/permission.h"
#include "case/request_path.h"
#include "contract/media_range.h"

namespace conform {
namespace {

constexpr std::string_view kProperKey = "${token}";
constexpr int kUnsupportedMediaType = 415;

/// What the field holds that lets a caller in.
std::string ProperAuthorization(const Contract& contract) {
  return fmt::format("{} {}", contract.Scheme(), kProperKey);
}

/// What is known before a test runs.
Scope PreviewScope(const Case& test_case, const Row* row) {
  Scope scope;
  scope.token = scope.uuid = scope.now = "x";
  scope.columns = &test_case.columns;
  scope.row = row == nullptr ? nullptr : &row->values;
  return scope;
}

void FindBrokenToken(const Case& test_case, const Step& step, const Contract& contract,
                     BrokenFacts& broken) {
  const HeaderSpec* header = step.request.FindHeader("Authorization");
  const bool sent = header != nullptr && !header->values.empty();
  // Written twice, say in another case, which of them counts is the service's choice.
  const auto& headers = step.request.headers;
  const bool once = std::count_if(headers.begin(), headers.end(), [](const HeaderSpec& each) {
                      return SameFieldName(each.name, "Authorization");
                    }) == 1;
  const bool proper = sent && once && header->values.size() == 1 &&
                      header->values.front().text == ProperAuthorization(contract);
  const IdentityKind kind = test_case.identity.kind;
  const bool issued = IsAccount(kind) || kind == IdentityKind::kWithoutPermission;
  if (proper && issued) return;
  broken.valid_token = false;
  // A call without a token may be promised its success too.
  if (!sent && !contract.FindHeader("Authorization")->required) return;
  broken.facts.insert("headers.Authorization");
  if (!sent || !proper) broken.refusals.insert(Refusal::kNoToken);
  if (sent && kind != IdentityKind::kNone) broken.refusals.insert(Refusal::kBadToken);
  if (sent && kind == IdentityKind::kNone) {
    broken.refusals = {Refusal::kNoToken, Refusal::kBadToken};
  }
}

void FindBrokenAddress(const Case& test_case, const Row* row, const Step& step,
                       const Contract& contract, BrokenFacts& broken) {
  const std::string path =
      PreviewPath(step.request.path, test_case, row).value_or(step.request.path.text);
  const std::string server = contract.ServerPath();
  if (IsToldByRun(step.request.path.text)) {
    // Where it is sent it is held against the contract's paths (run/step_request).
  } else if (!path.starts_with('/')) {
    // Another form of target: no page says what it gets, so that it is evidence for no clause.
    broken.facts.insert({"server", "path"});
  } else if (path.rfind(server + "/", 0) != 0) {
    broken.facts.insert("server");
    broken.refusals.insert(Refusal::kPath);
  } else if (!MatchesAnyPath(contract, path)) {
    broken.facts.insert("path");
    broken.refusals.insert(Refusal::kPath);
  }
  const std::string method = Preview(step.request.method, test_case, row);
  if (method != contract.method) {
    broken.facts.insert("method");
    broken.refusals.insert(Refusal::kMethod);
    if (ToLower(method) == ToLower(contract.method)) {  // RFC 9110 §9.1: it is case-sensitive
      broken.method_slip = fmt::format("method ({} is not {})", method, contract.method);
    }
  }
}

/// A cookie of that name in a Cookie field (RFC 6265 §4.2.1); its value, unresolved.
std::optional<std::string> FindCookie(const HeaderSpec& field, const std::string& name) {
  for (const TextTemplate& value : field.values) {
    std::string_view rest = value.text;
    while (!rest.empty()) {
      const std::string_view pair = TrimWhiteSpace(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.find(';'), rest.size() - 1) + 1);
      if (pair.starts_with(name + "=")) return std::string(pair.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}

/// What is sent for a parameter outside the path, unresolved.
std::optional<std::string> FindSent(const Case& test_case, const Row* row, const Step& step,
                                    const Parameter& parameter) {
  if (parameter.in == Parameter::In::kQuery) {
    for (const auto& [name, value] : step.request.query) {
      if (Preview(name, test_case, row) == parameter.name) return value.text;
    }
    return std::nullopt;
  }
  const bool cookie = parameter.in == Parameter::In::kCookie;
  const HeaderSpec* field = step.request.FindHeader(cookie ? "Cookie" : parameter.name);
  if (field == nullptr || field->values.empty()) return std::nullopt;
  return cookie ? FindCookie(*field, parameter.name) : field->values.front().text;
}

void FindBrokenParameters(const Case& test_case, const Row* row, const Step& step,
                          const Contract& contract, BrokenFacts& broken) {
  const IdentityKind kind = test_case.identity.kind;
  const bool issued = IsAccount(kind) || kind == IdentityKind::kWithoutPermission;
  for (const Parameter& parameter : contract.parameters) {
    if (parameter.in == Parameter::In::kPath || !parameter.required) continue;
    const std::optional<std::string> sent = FindSent(test_case, row, step, parameter);
    const bool good_key = sent && *sent == kProperKey && issued;
    if (!sent || (parameter.key && !good_key)) broken.facts.insert("parameters." + parameter.name);
  }
}

void FindBrokenPermission(const Identity& identity, const Contract& contract, BrokenFacts& broken) {
  if (contract.permissions.empty()) return;
  if (identity.kind == IdentityKind::kWithoutPermission) {
    broken.facts.insert("permissions.delegated_work");
    broken.refusals.insert(Refusal::kNoPermission);
    return;
  }
  if (!IsAccount(identity.kind)) return;
  const auto row = contract.permissions.find(identity.kind);
  const std::string fact = fmt::format("permissions.{}", NameOf(identity.kind));
  if (row == contract.permissions.end() || !row->second.supported) {
    broken.facts.insert(fact);
    broken.refusals.insert(Refusal::kUnsupportedAccount);
    return;
  }
  const auto& granted = row->second.permissions;
  const std::vector<std::string> held = PermissionNames(identity.permission);
  const auto suffices = [&](const std::string& each) { return HoldsPermission(held, each); };
  if (!held.empty() && std::none_of(granted.begin(), granted.end(), suffices)) {
    broken.facts.insert(fact);
    broken.refusals.insert(Refusal::kNoPermission);
  }
}

/// A made-up tag is no resource's own; `*` and one that was captured may be true.
bool HasFalsePrecondition(const Step& step) {
  const HeaderSpec* header = step.request.FindHeader("If-Match");
  if (header == nullptr || header->values.size() != 1) return false;
  const TextTemplate& tag = header->values.front();
  return tag.text != "*" && !tag.HasPlaceholders();
}

/// What of its content breaks what is documented of it.
void FindBrokenBody(const Case& test_case, const Row* row, const Step& step,
                    const Contract& contract, BrokenFacts& broken) {
  const RequestBodyRule& rule = contract.request_body;
  if (step.request.body.kind == BodySpec::Kind::kNone) {
    broken.breaks_body = rule.required;
    return;
  }
  const std::optional<std::string> type = SentMediaType(test_case, row, step);
  if (rule.content.empty() || !type || IsOneOf(rule.content, *type)) return;
  // What takes content of any type takes it without one, too.
  const bool any = std::any_of(rule.content.begin(), rule.content.end(),
                               [](const MediaContent& each) { return each.media_type == "*/*"; });
  if (type->empty() && any) return;
  broken.breaks_body = rule.required;
  broken.other_media_type =
      !type->empty() && contract.FindResponse(kUnsupportedMediaType) != nullptr;
}

bool HoldsWhatTheRunTells(std::string_view text) {
  for (std::size_t at = text.find("${"); at != std::string_view::npos;
       at = text.find("${", at + 1)) {
    if (IsToldByRun(text.substr(at))) return true;
  }
  return false;
}

/// `application/json or text/csv`.
std::string TypesOf(const RequestBodyRule& rule) {
  std::vector<std::string> types;
  for (const MediaContent& each : rule.content) types.push_back(SampleTypeOf(each.media_type));
  return JoinOr({types.begin(), types.end()});
}

}  // namespace

std::optional<std::string> SentMediaType(const Case& test_case, const Row* row, const Step& step) {
  const HeaderSpec* field = step.request.FindHeader("Content-Type");
  if (field != nullptr && !field->values.empty()) {
    const TextTemplate& type = field->values.front();
    if (HoldsWhatTheRunTells(type.text)) return std::nullopt;
    return Preview(type, test_case, row);
  }
  return step.request.body.kind == BodySpec::Kind::kMultipart ? "multipart/form-data" : "";
}

std::string Preview(const TextTemplate& text, const Case& test_case, const Row* row) {
  if (!text.HasPlaceholders()) return text.text;
  const Scope scope = PreviewScope(test_case, row);
  const auto placeholders = FindPlaceholders(text.text);
  if (!placeholders) return text.text;
  std::string preview;
  std::size_t done = 0;
  for (const Placeholder& each : *placeholders) {
    preview.append(text.text, done, each.begin - done);
    const auto value = scope.Find(each);
    preview += !value ? "x" : value->is_string() ? value->get<std::string>() : value->dump();
    done = each.end;
  }
  return preview.append(text.text, done);
}

Expected<std::string> PreviewPath(const TextTemplate& path, const Case& test_case, const Row* row) {
  if (!path.HasPlaceholders()) return path.text;
  const Scope scope = PreviewScope(test_case, row);
  return ResolvePath(path.text, [&](const Placeholder& each) {
    const auto value = scope.Find(each);
    return value ? value : each.begin == 0 ? "*" : "x";
  });
}

BrokenFacts FindBrokenFacts(const Case& test_case, const Row* row, const Step& step,
                            const Contract& contract) {
  BrokenFacts broken;
  FindBrokenAddress(test_case, row, step, contract, broken);
  FindBrokenParameters(test_case, row, step, contract, broken);
  if (contract.FindHeader("Authorization") != nullptr) {
    FindBrokenToken(test_case, step, contract, broken);
    if (broken.valid_token) FindBrokenPermission(test_case.identity, contract, broken);
  }
  if (contract.method != "GET" && step.request.body.length == BodySpec::Length::kAbsent) {
    broken.refusals.insert(Refusal::kNoLength);
  }
  FindBrokenBody(test_case, row, step, contract, broken);
  if (broken.facts.empty() && HasFalsePrecondition(step)) {
    broken.refusals.insert(Refusal::kPrecondition);
  }
  return broken;
}

Mending MendingOf(const BrokenFacts& broken, const Step& step, const Contract& contract) {
  const auto breaks = [&](const char* fact) { return broken.facts.count(fact) > 0; };
  const RequestSpec& request = step.request;
  if (breaks("method")) return {request.method.span, "the contract's is " + contract.method};
  if (breaks("path") || breaks("server")) {
    return {request.path.span,
            fmt::format("the contract's is {}{}", contract.ServerPath(), contract.paths.front())};
  }
  const HeaderSpec* sign_in = request.FindHeader("Authorization");
  if (breaks("headers.Authorization") && sign_in != nullptr) {
    return {sign_in->values.front().span,
            fmt::format("write {}, and an identity whose token is valid",
                        ProperAuthorization(contract))};
  }
  if (broken.breaks_body && request.body.kind != BodySpec::Kind::kNone) {
    const HeaderSpec* type = request.FindHeader("Content-Type");
    const bool written = type != nullptr && !type->values.empty();
    return {written ? std::optional(type->values.front().span) : std::nullopt,
            "write Content-Type: " + TypesOf(contract.request_body)};
  }
  return {std::nullopt, "send all that the operation asks for: this request may be refused"};
}

}  // namespace conform
