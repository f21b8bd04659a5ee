#include "contract/media_range.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"

namespace conform {
namespace {

bool IsOf(std::string_view range, std::string_view type) {
  if (range == "*/*") return true;
  if (!range.ends_with("/*")) return range == type;
  const std::size_t kind = range.size() - 1;
  return type.size() > kind && type.starts_with(range.substr(0, kind));
}

}  // namespace

bool IsRange(std::string_view media_type) { return media_type.ends_with("/*"); }

std::string SampleTypeOf(const std::string& media_type) {
  if (!IsRange(media_type)) return media_type;
  return media_type == "text/*" ? "text/plain" : "application/json";
}

bool IsOneOf(const std::vector<MediaContent>& content, std::string_view given) {
  const auto essence = [](std::string_view text) {
    return ToLower(TrimWhiteSpace(text.substr(0, text.find(';'))));
  };
  const std::string type = essence(given);
  return std::any_of(content.begin(), content.end(), [&](const MediaContent& each) {
    return IsOf(essence(each.media_type), type);
  });
}

}  // namespace conform
