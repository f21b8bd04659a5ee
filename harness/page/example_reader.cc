#include "page/example_reader.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/http_text.h"
#include "base/json_text.h"
#include "contract/contract.h"
#include "page/plain_text.h"
#include "page/sections.h"

namespace conform {
namespace {

constexpr int kMaxSchemaDepth = 6;
constexpr int kMaxExampleDepth = 40;  // a contract file may be 100 deep
constexpr std::size_t kMaxExampleBytes = std::size_t{64} * 1024;

std::optional<ExampleMessage> ReadMessage(const Block& block) {
  static const RE2 kStatusLine(R"((?i)\s*HTTP/[\d.]+ +(\d{3})\b.*)");
  const std::vector<std::string> lines = LinesOf(block.code);
  ExampleMessage message;
  std::size_t at = 0;
  while (at < lines.size() && TrimWhiteSpace(lines[at]).empty()) ++at;
  if (at == lines.size()) return std::nullopt;
  if (!RE2::FullMatch(lines[at], kStatusLine, &message.status)) {
    const auto request = ReadDocumentedLine(lines[at]);
    if (!request) return std::nullopt;
    message.request = *request;
  }
  const auto place = [&block](std::size_t line) {
    return PlaceOfLine(block,
                       block.passage.first_line + (block.included ? 0 : static_cast<int>(line)));
  };
  message.place = place(at);
  // Some pages put an empty line before the header fields.
  static const RE2 kField(R"([A-Za-z]+(?:-[A-Za-z]+)+ *:.*)");
  if (at + 2 < lines.size() && TrimWhiteSpace(lines[at + 1]).empty() &&
      RE2::FullMatch(lines[at + 2], kField)) {
    ++at;
  }
  for (++at; at < lines.size() && !TrimWhiteSpace(lines[at]).empty(); ++at) {
    const std::size_t colon = lines[at].find(':');
    const std::string name(TrimWhiteSpace(lines[at].substr(0, std::min(colon, lines[at].size()))));
    if (colon == std::string::npos || !IsToken(name)) break;  // A body without an empty line.
    message.fields.emplace_back(name,
                                TrimWhiteSpace(std::string_view(lines[at]).substr(colon + 1)));
  }
  while (at < lines.size() && TrimWhiteSpace(lines[at]).empty()) ++at;
  message.body_place = place(std::min(at, lines.size() - 1));
  for (; at < lines.size(); ++at) message.body += lines[at] + "\n";
  while (!message.body.empty() &&
         TrimWhiteSpace(message.body.substr(message.body.size() - 1)).empty()) {
    message.body.pop_back();
  }
  while (message.body.ends_with('\n')) message.body.pop_back();
  message.collection = block.annotation.is_object() && block.annotation.contains("isCollection") &&
                       block.annotation["isCollection"] == true;
  return message;
}

bool IsOfOperation(const ExampleMessage& message, const DocumentedRequest& request) {
  return message.status == 0 && message.request.method == request.method;
}

/// Whether the example calls one of the operation's paths.
bool Fits(const ExampleMessage& message, const DocumentedRequest& request) {
  return std::any_of(request.lines.begin(), request.lines.end(), [&](const PlacedRequest& each) {
    return MatchesPath(each.line.path, message.request.path);
  });
}

nlohmann::json SchemaAt(const nlohmann::json& value, int depth) {
  nlohmann::json schema = nlohmann::json::object();
  if (value.is_string()) schema["type"] = "string";
  if (value.is_boolean()) schema["type"] = "boolean";
  if (value.is_number_integer()) schema["type"] = "integer";
  if (value.is_number_float()) schema["type"] = "number";
  if (value.is_array()) {
    schema["type"] = "array";
    if (!value.empty() && depth < kMaxSchemaDepth) {
      nlohmann::json items = SchemaAt(value.front(), depth + 1);
      if (!items.empty()) schema["items"] = std::move(items);
    }
  }
  if (!value.is_object()) return schema;
  schema["type"] = "object";
  if (depth >= kMaxSchemaDepth) return schema;
  for (const auto& [name, member] : value.items()) {
    if (name.find('@') != std::string::npos) continue;  // OData's own, and no service owes them.
    nlohmann::json inner = SchemaAt(member, depth + 1);
    if (!inner.empty()) schema["properties"][name] = std::move(inner);
  }
  return schema;
}

}  // namespace

std::string ExampleMessage::Field(std::string_view name) const {
  for (const auto& [field, value] : fields) {
    if (ToLower(field) == ToLower(name)) return value;
  }
  return "";
}

Examples ReadExamples(const PageContext& context, const DocumentedRequest& request) {
  Examples examples;
  bool chosen_fits = false;
  bool open = false;  // the chosen request still waits for its answer
  for (const Block& block : context.page.blocks) {
    if (block.kind != Block::Kind::kCode || block.section == Section::kHttpRequest) continue;
    std::optional<ExampleMessage> message = ReadMessage(block);
    if (!message) continue;
    if (message->status != 0) {
      examples.responses.push_back(*message);
      if (open || (!examples.request && !examples.response)) examples.response = std::move(message);
      open = false;
    } else if (IsOfOperation(*message, request)) {
      const bool fits = Fits(*message, request);
      if (examples.request && (chosen_fits || !fits)) continue;
      chosen_fits = fits;
      open = true;
      examples.request = std::move(message);
    }
  }
  if (!examples.response && !examples.responses.empty()) examples.response = examples.responses[0];
  return examples;
}

nlohmann::json JsonOf(const PageContext& context, const ExampleMessage& message) {
  if (message.body.empty()) return nullptr;
  if (message.body.size() > kMaxExampleBytes) {
    context.Warn(message.body_place.first_line, "this example is too long to keep");
    return nullptr;
  }
  bool too_deep = false;
  const auto within_depth = [&too_deep](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    too_deep = too_deep || depth > kMaxExampleDepth;
    return !too_deep;
  };
  nlohmann::json value =
      nlohmann::json::parse(JsonText(message.body), within_depth,
                            /*allow_exceptions=*/false, /*ignore_comments=*/true);
  if (!value.is_discarded() && !too_deep) return value;
  context.Warn(message.body_place.first_line, "this example is no JSON",
               "it is left out; write one into the contract by hand");
  return nullptr;
}

nlohmann::json SchemaOfExample(const nlohmann::json& example) { return SchemaAt(example, 0); }

}  // namespace conform
