#include "contract/media_range.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/http_text.h"

namespace conform {
namespace {

constexpr std::pair<std::string_view, std::string_view> kSamples[] = {
    {"*/*", "application/json"},
    {"application/*", "application/json"},
    {"text/*", "text/plain"},
    {"image/*", "image/png"}};

bool IsOf(std::string_view range, std::string_view type) {
  if (range == "*/*") return true;
  if (!IsRange(range)) return range == type;
  const std::size_t kind = range.size() - 1;
  return type.size() > kind && type.starts_with(range.substr(0, kind));
}

}  // namespace

bool IsRange(std::string_view media_type) { return media_type.ends_with("/*"); }

std::string SampleTypeOf(const std::string& media_type) {
  if (!IsRange(media_type)) return media_type;
  for (const auto& [range, sample] : kSamples) {
    if (range == ToLower(media_type)) return std::string(sample);
  }
  return media_type.substr(0, media_type.size() - 1) + "x-sample";
}

const MediaContent* FindContent(const std::vector<MediaContent>& content, std::string_view given) {
  const std::string type = ToLower(WithoutParameters(given));
  if (type.empty()) return nullptr;
  const MediaContent* best = nullptr;
  std::size_t told = 0;
  for (const MediaContent& each : content) {
    const std::string range = ToLower(WithoutParameters(each.media_type));
    // `a/*` is longer than `*/*`, and neither is as long as a type that it takes.
    if (!IsOf(range, type) || range.size() <= told) continue;
    best = &each;
    told = range.size();
  }
  return best;
}

bool IsOneOf(const std::vector<MediaContent>& content, std::string_view given) {
  return FindContent(content, given) != nullptr;
}

}  // namespace conform
