#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"
#include "page/openapi_operation.h"
#include "page/openapi_schema.h"
#include "page/plain_text.h"

namespace conform {
namespace {

bool IsStatus(const std::string& key) {
  return key.size() == 3 && key[0] >= '1' && key[0] <= '5' &&
         std::all_of(key.begin(), key.end(), IsDigit);
}

/// `2XX`, or `default`: stands for many.
std::string MeantBy(const std::string& key) {
  return key == "default" ? "every other answer" : "a whole class of answers";
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
      } else if (IsStatus(key)) {
        Add(std::stoi(key), *response, /*success=*/false);
      } else {
        draft_.document.Warn(*response,
                             fmt::format("'{}' stands for {}, of which a contract names none",
                                         ShowLine(key), MeantBy(key)));
      }
    }
    if (!success_) return false;
    Add(IsStatus(success) ? std::stoi(success) : 200, *success_, /*success=*/true);
    return true;
  }

 private:
  /// The first of 2xx, else of 3xx; where there is none what stands for many is taken as 200.
  std::string SuccessOf(const OpenApiNode& responses) {
    for (const char first : {'2', '3'}) {
      for (const auto& [key, value] : responses.value.items()) {
        if (IsStatus(key) && key[0] == first) return key;
      }
    }
    for (const char* key : {"2XX", "default"}) {
      if (!responses.value.contains(key)) continue;
      draft_.document.Warn(responses.At(key), fmt::format("'{}' is taken as 200", key));
      return key;
    }
    return "";
  }

  void Add(int status, const OpenApiNode& response, bool success) {
    ResponseRule rule;
    rule.status = status;
    const std::string words = DescriptionOf(response);
    if (!success) {
      rule.when.kind = Condition::Kind::kStated;
      rule.when.state = words.empty() ? fmt::format("answered {}", status) : words;
    }
    if (response.At("headers").IsThere()) {
      draft_.document.Warn(response.At("headers"), "the answer's header fields are not checked");
    }
    const bool bare = status < 200 || status == 204 || status == 304;  // RFC 9110 §6.4.1
    const OpenApiNode content = response.At("content");
    if (bare && content.IsThere()) {
      draft_.document.Warn(content, fmt::format("a {} answer has no content", status));
    } else {
      rule.content = ReadOpenApiContent(draft_.document, content, /*of_request=*/false);
    }
    draft_.AddClause(
        {fmt::format("response.{}", status), fmt::format("responses.{}", status), Binds::kService,
         success ? fmt::format("A successful call is answered {}.", status)
                 : fmt::format("A call may be answered {}: {}", status, rule.when.state),
         success ? "" : "Its condition is told in words alone."},
        response);
    draft_.contract.responses.push_back(std::move(rule));
  }

  OpenApiDraft& draft_;
  std::optional<OpenApiNode> success_;
};

}  // namespace

bool AddOpenApiResponses(OpenApiDraft& draft) { return ResponsesReader(draft).Read(); }

}  // namespace conform
