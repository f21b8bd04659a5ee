#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/utf8.h"
#include "page/answer_schema.h"
#include "page/openapi_operation.h"
#include "page/openapi_schema.h"
#include "page/plain_text.h"

namespace conform {
namespace {

bool IsStatus(const std::string& key) {
  return key.size() == 3 && key[0] >= '1' && key[0] <= '5' &&
         std::all_of(key.begin(), key.end(), IsDigit);
}

/// `4XX`, or `default`: stands for many.
bool IsRangeKey(const std::string& key) {
  return key == "default" ||
         (key.size() == 3 && key[0] >= '1' && key[0] <= '5' && key.ends_with("XX"));
}

/// On one line.
std::string DescriptionOf(const OpenApiNode& response) {
  const std::string text = CollapseSpace(response.Text("description"));
  return ShowLine(text, 150);
}

class ResponsesReader {
 public:
  explicit ResponsesReader(OpenApiDraft& draft) : draft_(draft) {}

  bool Read() {
    const OpenApiNode responses = draft_.operation.At("responses");
    if (!responses.value.is_object()) return false;
    const std::string success = SuccessOf(responses);
    if (success.empty()) return false;
    for (const auto& [key, value] : responses.value.items()) {
      const auto response = draft_.document.Resolve(responses.At(key));
      if (!response || key.starts_with("x-")) continue;
      if (key == success) {
        success_ = response;
      } else if (IsStatus(key) || IsRangeKey(key)) {
        Add(key, *response, /*success=*/false);
      } else {
        draft_.document.Warn(*response, fmt::format("'{}' is no status", ShowLine(key)));
      }
    }
    if (!success_) return false;
    Add(success == "default" ? "200" : success, *success_, /*success=*/true);
    return true;
  }

 private:
  /// The first of 2xx, else of 3xx; where there is none any of 2XX, else `default`, taken as 200.
  std::string SuccessOf(const OpenApiNode& responses) {
    for (const char first : {'2', '3'}) {
      for (const auto& [key, value] : responses.value.items()) {
        if (IsStatus(key) && key[0] == first) return key;
      }
    }
    if (responses.value.contains(kAnySuccess)) return std::string(kAnySuccess);
    if (!responses.value.contains("default")) return "";
    draft_.document.Warn(responses.At("default"), "'default' is taken as 200");
    return "default";
  }

  void Add(const std::string& key, const OpenApiNode& response, bool success) {
    ResponseRule rule;
    if (IsStatus(key)) {
      rule.status = std::stoi(key);
    } else {
      rule.range = key;
    }
    const std::string words = DescriptionOf(response);
    if (!success) {
      rule.when.kind = Condition::Kind::kStated;
      rule.when.state = words.empty() ? fmt::format("answered {}", key) : words;
    }
    AddHeaders(response.At("headers"), rule);
    if (response.At("links").IsThere())
      draft_.document.Warn(response.At("links"), "`links` are not supported");
    // RFC 9110 §6.4.1
    const bool bare = key.starts_with("1") || key == "204" || key == "304";
    const OpenApiNode content = response.At("content");
    if (bare && content.IsThere()) {
      draft_.document.Warn(content, fmt::format("a {} answer has no content", key));
    } else {
      rule.content = ReadOpenApiContent(draft_.document, content, /*of_request=*/false);
    }
    if (success) WarnOfUnjudged(content, rule);
    draft_.AddClause(
        {"response." + ToLower(key), "responses." + key, Binds::kService,
         success ? fmt::format("A successful call is answered {}{}.", key, FieldsOf(rule))
                 : fmt::format("A call may be answered {}: {}", key, rule.when.state),
         success ? "" : "Its condition is told in words alone."},
        response);
    draft_.contract.responses.push_back(std::move(rule));
  }

  /// Of the schema that a first case would hold the answer against, and does not.
  void WarnOfUnjudged(const OpenApiNode& content, const ResponseRule& rule) {
    if (rule.content.empty() || draft_.contract.method == "HEAD") return;
    const std::string reason = WhyUnjudged(rule.content.front());
    if (reason.empty()) return;
    for (const auto& [type, media] : content.value.items()) {
      if (WithoutParameters(type) != rule.content.front().media_type) continue;
      draft_.document.Warn(content.At(type).At("schema"),
                           "a first case does not hold the answer against its schema: " + reason);
    }
  }

  /// That a required field is there is all that is held of it: a schema that asks for more than a
  /// text would be taken for judged.
  void WarnOfUnjudgedField(const OpenApiNode& header, const ResponseHeader& field) {
    if (!field.schema.is_object()) return;
    const bool asks =
        std::any_of(field.schema.items().begin(), field.schema.items().end(), [](const auto& each) {
          return each.key() != "example" && each.key() != "default" && each.value() != "string";
        });
    if (!asks) return;
    draft_.document.Warn(header.At("schema"),
                         fmt::format("no answer is held against the schema of {}", field.name),
                         "say what its text must be by {matches: …} in a case");
  }

  /// Those that are always there, in words.
  static std::string FieldsOf(const ResponseRule& rule) {
    std::string words;
    for (const ResponseHeader& header : rule.headers) {
      if (header.required) words += (words.empty() ? ", with " : " and ") + header.name;
    }
    return words;
  }

  void AddHeaders(const OpenApiNode& headers, ResponseRule& rule) {
    if (!headers.value.is_object()) return;
    for (const auto& [name, value] : headers.value.items()) {
      const auto header = draft_.document.Resolve(headers.At(name));
      if (!header || ToLower(name) == "content-type") continue;  // OpenAPI 3.1 §4.8.17.1
      if (!IsToken(name)) {
        draft_.document.Warn(*header, fmt::format("'{}' is no field's name", ShowLine(name)));
        continue;
      }
      ResponseHeader field{name, MemberOf(header->value, "required") == true, nullptr};
      field.schema = SchemaOf(draft_.document, header->At("schema"), /*of_request=*/false);
      WarnOfUnjudgedField(*header, field);
      const nlohmann::json example = MemberOf(header->value, "example");
      if (!example.is_null() && !field.schema.is_boolean()) {
        if (field.schema.is_null()) field.schema = nlohmann::json::object();
        field.schema["example"] = example;
      }
      rule.headers.push_back(std::move(field));
    }
  }

  OpenApiDraft& draft_;
  std::optional<OpenApiNode> success_;
};

}  // namespace

bool AddOpenApiResponses(OpenApiDraft& draft) { return ResponsesReader(draft).Read(); }

}  // namespace conform
