#include "contract/response_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "contract/content_loader.h"
#include "contract/spelling.h"
#include "contract/status_set.h"

namespace conform {
namespace {

constexpr SpellingRule kStateSpelling = {IsSetName, "a state",
                                         "use lower-case letters, digits and underscores, e.g. "
                                         "in_progress"};
constexpr std::string_view kConditionAdvice =
    "write `success`, {while: STATE}, {within: 10m, of: success} or {if: WORDS}";
constexpr std::array kOfSuccess = {NamedValue<bool>{"success", true}};

Condition LoadCondition(const YamlContext& context, const YamlEntry& entry) {
  Condition condition;
  const YamlNode& value = entry.value;
  if (value.kind == YamlNode::Kind::kScalar && value.scalar == "success") return condition;
  if (value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'when' must be a condition, not {}", DescribeValue(value)),
                     std::string(kConditionAdvice));
    condition.kind = Condition::Kind::kWhile;
    return condition;
  }
  MapReader reader(context, value, "when", BlameSpan(entry));
  const bool has_while = reader.Find("while") != nullptr;
  const bool has_within = reader.Find("within") != nullptr;
  const bool has_words = reader.Find("if") != nullptr;
  condition.kind = has_within  ? Condition::Kind::kWithin
                   : has_words ? Condition::Kind::kStated
                               : Condition::Kind::kWhile;
  if (has_while + has_within + has_words != 1) {
    context.Complain(value.span, "'when' needs one of `while`, `within` and `if`",
                     std::string(kConditionAdvice));
  }
  if (has_words) condition.state = RequireSpelled(context, reader, "if", kLineSpelling);
  if (has_while) condition.state = RequireSpelled(context, reader, "while", kStateSpelling);
  if (has_within) {
    condition.window = reader.Duration("within").value_or(std::chrono::milliseconds{0});
    const bool is_there =
        has_while ? reader.Find("of") != nullptr : reader.Require("of") != nullptr;
    if (is_there) reader.OneOf<bool>("of", kOfSuccess);
  }
  reader.Finish();
  return condition;
}

bool ForbidsContent(int status) {
  // RFC 9110 §6.4.1.
  return status < 200 || status == 204 || status == 304;
}

/// OpenAPI's spellings of several: `4XX`, `default`.
bool IsStatusRange(const std::string& key) {
  return key == "default" ||
         (key.size() == 3 && key.ends_with("XX") && key[0] >= '1' && key[0] <= '5');
}

ResponseHeader LoadResponseHeader(const YamlContext& context, const YamlEntry& entry) {
  ResponseHeader header;
  header.name = entry.key;
  if (!IsToken(entry.key)) {
    context.Complain(entry.key_span, fmt::format("'{}' is no field name", entry.key),
                     std::string(kTokenSpelling.advice));
  }
  MapReader reader(context, entry.value, "header " + entry.key, BlameSpan(entry));
  header.required = reader.Bool("required").value_or(false);
  header.schema = LoadSchema(context, reader).text;
  reader.Finish();
  return header;
}

std::vector<ResponseHeader> LoadResponseHeaders(const YamlContext& context, MapReader& reader) {
  std::vector<ResponseHeader> headers;
  const YamlEntry* entry = reader.Find("headers");
  if (entry == nullptr) return headers;
  if (entry->value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(*entry), "headers is no map of field names",
                     "write e.g. headers: {ETag: {required: true}}");
    return headers;
  }
  for (const YamlEntry& each : entry->value.entries) {
    headers.push_back(LoadResponseHeader(context, each));
  }
  return headers;
}

ResponseRule LoadResponse(const YamlContext& context, const YamlEntry& entry) {
  ResponseRule rule;
  StatusSet status;
  if (IsStatusRange(entry.key)) {
    rule.range = entry.key;
  } else if (status.Add(entry.key) && status.Single().has_value()) {
    rule.status = *status.Single();
  } else {
    context.Complain(entry.key_span, fmt::format("response '{}' is no status code", entry.key),
                     "write a number from 100 to 599, a class such as 4XX, or default");
  }
  MapReader reader(context, entry.value, "response " + entry.key, BlameSpan(entry));
  if (const YamlEntry* when = reader.Require("when")) rule.when = LoadCondition(context, *when);
  if (const YamlEntry* content = reader.Find("content")) {
    rule.content = LoadContent(context, *content, "response " + entry.key);
    if (!rule.content.empty() && rule.range.empty() && ForbidsContent(rule.status)) {
      context.Complain(content->key_span,
                       fmt::format("a {} answer has no content (RFC 9110 §6.4.1)", rule.status),
                       "write `content: none`");
    }
  }
  rule.headers = LoadResponseHeaders(context, reader);
  reader.Finish();
  return rule;
}

/// False where the file's condition could not be read, which is told already.
bool IsRead(const Condition& condition) {
  return condition.kind == Condition::Kind::kSuccess || !condition.state.empty() ||
         condition.window.count() > 0;
}

/// Exactly one success answer, of one status or any of 2XX, after all others.
void CheckSuccess(const YamlContext& context, const YamlEntry& entry, const Contract& contract) {
  const YamlEntry* success = nullptr;
  bool all_read = true;
  for (std::size_t i = 0; i < contract.responses.size(); ++i) {
    const ResponseRule& rule = contract.responses[i];
    const YamlEntry& written = entry.value.entries[i];
    if (written.value.Find("when") == nullptr) return;  // Told already.
    all_read = all_read && IsRead(rule.when);
    if (success != nullptr) {
      const bool again = rule.when.kind == Condition::Kind::kSuccess;
      context.Complain(
          written.key_span,
          again ? fmt::format("{} and {} are both the success answer", success->key, written.key)
                : fmt::format("response {} is never reached: it stands after the success answer",
                              written.key),
          again ? "give one of them a condition: {while: STATE}, {within: 10m, of: success} or "
                  "{if: WORDS}"
                : "responses are tried in written order: put the success answer last");
      continue;
    }
    if (rule.when.kind != Condition::Kind::kSuccess) continue;
    success = &written;
    if (!rule.range.empty() && rule.range != kAnySuccess) {
      context.Complain(written.key_span, fmt::format("'{}' stands for many answers", rule.range),
                       "write the one status that a proper request is answered with, or 2XX where "
                       "any success will do");
    }
    if (rule.status != 0 && (rule.status < 200 || rule.status > 399)) {
      context.Complain(written.key_span,
                       fmt::format("{} is no success (RFC 9110 §15.3)", rule.status),
                       "the answer to a proper request is one of 200 to 299, or a redirection");
    }
  }
  if (success == nullptr && all_read) {
    context.Complain(entry.key_span, "no response is the success answer",
                     "write `when: success` for the answer to a proper request");
  }
}

std::map<std::string, std::chrono::milliseconds> LoadMockLasts(const YamlContext& context,
                                                               const YamlEntry& entry) {
  constexpr std::string_view kSuffix = "_lasts";
  std::map<std::string, std::chrono::milliseconds> lasts;
  MapReader reader(context, entry.value, "mock", BlameSpan(entry));
  for (const YamlEntry& written : entry.value.entries) {
    const std::string& key = written.key;
    if (key.size() <= kSuffix.size() || key.substr(key.size() - kSuffix.size()) != kSuffix) {
      context.Complain(written.key_span, fmt::format("mock knows no key '{}'", key),
                       "write STATE_lasts: 2m for each state, e.g. in_progress_lasts");
      continue;
    }
    if (const auto duration = reader.Duration(key)) {
      lasts[key.substr(0, key.size() - kSuffix.size())] = *duration;
    }
  }
  return lasts;
}

/// A `while` state needs a length on the mock, else its answer could never be seen there.
void CheckStates(const YamlContext& context, const YamlEntry& responses, const Contract& contract,
                 const YamlEntry* mock) {
  for (std::size_t i = 0; i < contract.responses.size(); ++i) {
    const Condition& when = contract.responses[i].when;
    const std::string& state = when.state;
    if (when.kind != Condition::Kind::kWhile || state.empty()) continue;
    const std::string key = state + "_lasts";
    if (mock != nullptr && mock->value.Find(key) != nullptr) continue;
    context.Complain(responses.value.entries[i].key_span,
                     fmt::format("nothing says how long the state '{}' lasts on the mock", state),
                     fmt::format("add `mock: {{{}: 2m}}`", key));
  }
}

}  // namespace

void LoadResponses(const YamlContext& context, MapReader& reader, Contract& contract,
                   FactList& facts) {
  const YamlEntry* mock = reader.Find("mock");
  if (mock != nullptr) contract.mock_lasts = LoadMockLasts(context, *mock);
  const YamlEntry* entry = reader.Require("responses");
  if (entry == nullptr) return;
  if (entry->value.kind != YamlNode::Kind::kMapping || entry->value.entries.empty()) {
    context.Complain(BlameSpan(*entry), "responses is no map of status codes",
                     "write e.g. responses: {204: {when: success, content: none}}");
    return;
  }
  for (const YamlEntry& response : entry->value.entries) {
    contract.responses.push_back(LoadResponse(context, response));
    facts.Add("responses." + response.key, response.key_span);
  }
  CheckSuccess(context, *entry, contract);
  CheckStates(context, *entry, contract, mock);
}

}  // namespace conform
