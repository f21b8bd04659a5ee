#include "run/mock_curl_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/http_text.h"
#include "base/json_member.h"
#include "base/percent.h"
#include "contract/path_template.h"
#include "contract/schema_sample.h"
#include "mock/collections.h"
#include "run/shell_text.h"
#include "token/test_token.h"

namespace conform {
namespace {

std::string TokenFor(const Identity& identity, const Contract& contract,
                     std::chrono::system_clock::time_point now) {
  std::string permission;
  for (const auto& [kind, rule] : contract.permissions) {
    const bool own = kind == identity.kind;
    if (!rule.permissions.empty() && (own || permission.empty())) {
      permission = rule.permissions.front();
    }
  }
  return IssueTestToken(identity, permission, "", now);
}

/// What a line sends for a parameter outside the path; empty: nothing.
std::string ValueOf(const Parameter& parameter, const std::string& token) {
  if (parameter.key) return token;
  if (!parameter.required) return "";
  // Whatever tag the item has by then.
  if (SameFieldName(parameter.name, "If-Match")) return "*";
  return SampleText(parameter);
}

/// Fields that every line has, or that the content brings.
bool IsSentAnyway(std::string_view name) {
  return SameFieldName(name, "Accept") || SameFieldName(name, "Content-Type") ||
         SameFieldName(name, "Authorization");
}

std::string Field(std::string_view name, std::string_view value) {
  return IsFieldValue(value) ? " -H " + ShellQuoted(CurlField(name, value)) : "";
}

/// Required fields and the token: in Authorization, or as the keys that the contract asks for.
std::string FieldsOf(const Contract& contract, const std::string& token) {
  std::string fields;
  std::string cookies;
  bool has_key = false;
  for (const Parameter& each : contract.parameters) {
    const std::string value = ValueOf(each, token);
    if (value.empty()) continue;
    if (each.in == Parameter::In::kCookie) {
      cookies += fmt::format("{}{}={}", cookies.empty() ? "" : "; ", each.name, value);
    } else if (each.in == Parameter::In::kHeader && (each.key || !IsSentAnyway(each.name))) {
      fields += Field(each.name, value);
    } else {
      continue;
    }
    has_key = has_key || each.key;
  }
  if (!cookies.empty()) fields += Field("Cookie", cookies);
  const HeaderRule* const rule = contract.FindHeader("Authorization");
  const bool asks = !has_key || (rule != nullptr && rule->required);
  if (!token.empty() && asks)
    fields = Field("Authorization", fmt::format("{} {}", contract.Scheme(), token)) + fields;
  return fields;
}

/// `?name=value&key=TOKEN`, or empty.
std::string QueryOf(const Contract& contract, const std::string& token) {
  std::string query;
  for (const Parameter& each : contract.parameters) {
    const std::string value =
        each.in == Parameter::In::kQuery ? ValueOf(each, token) : std::string();
    if (value.empty()) continue;
    query += fmt::format("{}{}={}", query.empty() ? '?' : '&', EncodePercent(each.name, "-._~$"),
                         EncodePercent(value, kUnreservedMarks));
  }
  return query;
}

/// What stands for a parameter of the path: of the last one the first item that the mock begins
/// with, else what its schema allows.
std::string PathValueOf(const Contract& contract, const std::string& name, bool last,
                        Collections& items) {
  if (last && contract.resource) {
    const ItemPage page = items.List("", *contract.resource, 0, 1);
    if (!page.items.empty()) return TextMember(page.items.front(), contract.resource->key);
  }
  for (const Parameter& each : contract.parameters) {
    if (each.name != name || each.in != Parameter::In::kPath) continue;
    if (each.schema.is_object()) return SampleText(each);
  }
  return "some-" + name;
}

std::string PathOf(const Contract& contract, Collections& items) {
  std::string path = contract.paths.front();
  const std::vector<std::string> names = PlaceholdersOf(path);
  for (const std::string& name : names) {
    const std::string braced = fmt::format("{{{}}}", name);
    const std::string value = PathValueOf(contract, name, &name == &names.back(), items);
    path.replace(path.find(braced), braced.size(), EncodePercent(value, kUnreservedMarks));
  }
  return contract.ServerPath() + path;
}

/// The content that a request asks for. An empty one has its length sent, which POST needs.
std::string ContentOf(const Contract& contract) {
  if (!contract.request_body.content.empty()) {
    const MediaContent& content = contract.request_body.content.front();
    return fmt::format(" -H {} --data-raw {}", ShellQuoted("Content-Type: " + content.media_type),
                       ShellQuoted(ExampleText(content)));
  }
  return contract.method == "GET" || contract.method == "HEAD" || contract.method == "DELETE"
             ? ""
             : " -d ''";
}

std::vector<const Contract*> DeletesLast(std::vector<const Contract*> contracts) {
  std::stable_partition(contracts.begin(), contracts.end(),
                        [](const Contract* contract) { return contract->method != "DELETE"; });
  return contracts;
}

}  // namespace

std::string MockCurlLines(const std::vector<const Contract*>& contracts, std::string_view origin,
                          std::string_view trust, Redactor& redactor) {
  const auto now = std::chrono::system_clock::now();
  Collections items(contracts);
  std::string lines;
  for (const Contract* contract : DeletesLast(contracts)) {
    lines += fmt::format("\n# {} (edition {})\n", contract->operation, contract->edition);
    const std::string address = std::string(origin) + PathOf(*contract, items);
    const std::string content = ContentOf(*contract);
    for (const IdentityKind kind : kIdentityKinds) {
      const std::string token = TokenFor({kind, ""}, *contract, now);
      redactor.AddPublic(token);
      fmt::format_to(std::back_inserter(lines), "# {}\n{}{} -H 'Accept: application/json'{}{} {}\n",
                     NameOf(kind), CurlCommand(contract->method, !content.empty()), trust,
                     FieldsOf(*contract, token), content,
                     ShellQuoted(address + QueryOf(*contract, token)));
    }
  }
  return lines;
}

}  // namespace conform
