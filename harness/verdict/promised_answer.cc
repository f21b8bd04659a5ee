#include "verdict/promised_answer.h"

#include <algorithm>

#include "base/http_text.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;

constexpr const char* kContentType = "Content-Type";

bool IsOf(std::string_view range, std::string_view type) {
  if (range == "*/*") return true;
  if (!range.ends_with("/*")) return SameFieldName(range, type);
  const std::size_t kind = range.size() - 1;
  return type.size() > kind && SameFieldName(range.substr(0, kind), type.substr(0, kind));
}

bool NamesHeader(const std::vector<Expectation>& named, std::string_view name) {
  return std::any_of(named.begin(), named.end(), [name](const Expectation& each) {
    return each.subject == Subject::kHeader && SameFieldName(each.name, name);
  });
}

std::string ListTypes(const std::vector<MediaContent>& content) {
  std::string text;
  for (const MediaContent& each : content) {
    text += (text.empty() ? "" : " or ") + Quoted(each.media_type);
  }
  return text;
}

}  // namespace

bool IsOneOf(const std::vector<MediaContent>& content, std::string_view given) {
  const std::string_view type = TrimWhiteSpace(given.substr(0, given.find(';')));
  return std::any_of(content.begin(), content.end(), [type](const MediaContent& each) {
    const std::string_view range = each.media_type;
    return IsOf(TrimWhiteSpace(range.substr(0, range.find(';'))), type);
  });
}

std::vector<Mismatch> FindBrokenPromises(const ResponseRule& rule, std::string_view method,
                                         const Response& response,
                                         const std::vector<Expectation>& named) {
  std::vector<Mismatch> broken;
  if (response.fields.empty()) return broken;
  for (const ResponseHeader& header : rule.headers) {
    if (!header.required || NamesHeader(named, header.name)) continue;
    if (FindField(response.fields, header.name) != nullptr) continue;
    broken.push_back({"headers." + header.name, "a value", "absent"});
  }
  const bool none = std::any_of(named.begin(), named.end(), [](const Expectation& each) {
    return each.subject == Subject::kNoBody;
  });
  if (rule.content.empty() || none || method == "HEAD") return broken;
  if (response.body.empty()) {
    broken.push_back({"body", "content of " + ListTypes(rule.content), "none"});
  } else if (!NamesHeader(named, kContentType)) {
    const Field* type = FindField(response.fields, kContentType);
    if (type == nullptr || !IsOneOf(rule.content, type->value)) {
      broken.push_back({std::string("headers.") + kContentType, ListTypes(rule.content),
                        type == nullptr ? "absent" : Quoted(type->value)});
    }
  }
  return broken;
}

}  // namespace conform
