#include "case/request_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/percent.h"
#include "base/utf8.h"

namespace conform {
namespace {

bool LeadsElsewhere(std::string_view segment) {
  const std::string plain = DecodePercent(segment);
  return plain.empty() || plain == "." || plain == "..";
}

/// Segment after segment, as written and as resolved.
class PathWriter {
 public:
  explicit PathWriter(const PlaceholderValue& value_of) : value_of_(value_of) {}

  Expected<void> AddText(std::string_view text) {
    while (true) {
      const std::size_t slash = text.find('/');
      written_ += text.substr(0, slash);
      resolved_ += text.substr(0, slash);
      if (slash == std::string_view::npos) return {};
      if (auto ended = EndSegment(); !ended) return ended;
      resolved_ += '/';
      begin_ = resolved_.size();
      text.remove_prefix(slash + 1);
    }
  }

  Expected<void> AddPlaceholder(const Placeholder& placeholder, std::string_view written) {
    const std::optional<nlohmann::json> value = value_of_(placeholder);
    if (!value) return Fail(fmt::format("'{}' has no value here", written));
    if (value->is_null() || value->is_structured()) {
      return Fail(fmt::format("'{}' is {} here, which is no part of a path", written,
                              value->is_null()     ? "null"
                              : value->is_object() ? "an object"
                                                   : "a list"));
    }
    const std::string text = value->is_string() ? value->get<std::string>() : value->dump();
    if (placeholder.begin == 0) return AddWhole(text, written);
    written_ += written;
    resolved_ += EncodePercent(text, kSegmentMarks);
    holds_value_ = true;
    return {};
  }

  Expected<std::string> Finish() {
    if (auto ended = EndSegment(); !ended) return tl::unexpected(ended.error());
    return std::move(resolved_);
  }

 private:
  Expected<void> AddWhole(const std::string& text, std::string_view written) {
    if (!BeginsAsTarget(text)) {
      return Fail(fmt::format("'{}' is '{}' here, which begins no path", written, ShowLine(text)));
    }
    resolved_ = text;
    begin_ = std::min(text.rfind('/'), text.size() - 1) + 1;
    return {};
  }

  Expected<void> EndSegment() {
    const std::string_view segment = std::string_view(resolved_).substr(begin_);
    if (holds_value_ && LeadsElsewhere(segment)) {
      return Fail(fmt::format("the path's '{}' becomes '{}', which asks for something else",
                              written_, segment));
    }
    written_.clear();
    holds_value_ = false;
    return {};
  }

  const PlaceholderValue& value_of_;
  std::string resolved_;
  std::size_t begin_ = 0;     ///< of the segment, in resolved_.
  std::string written_;       ///< the segment with its placeholders.
  bool holds_value_ = false;  ///< one of them brought a part of it.
};

}  // namespace

bool BeginsAsTarget(std::string_view path) {
  constexpr std::array<std::string_view, 3> kBeginnings = {"/", "http://", "https://"};
  return path == "*" || std::any_of(kBeginnings.begin(), kBeginnings.end(),
                                    [&](std::string_view each) { return path.starts_with(each); });
}

bool IsToldByRun(std::string_view path) {
  using Kind = Placeholder::Kind;
  const auto placeholders = FindPlaceholders(path);
  if (!placeholders || placeholders->empty() || placeholders->front().begin != 0) return false;
  return placeholders->front().kind == Kind::kCapture || placeholders->front().kind == Kind::kVar;
}

Expected<std::string> ResolvePath(std::string_view path, const PlaceholderValue& value_of) {
  const auto placeholders = FindPlaceholders(path);
  if (!placeholders) return tl::unexpected(placeholders.error());
  PathWriter writer(value_of);
  std::size_t done = 0;
  for (const Placeholder& each : *placeholders) {
    if (auto added = writer.AddText(path.substr(done, each.begin - done)); !added) {
      return tl::unexpected(added.error());
    }
    const std::string_view written = path.substr(each.begin, each.end - each.begin);
    if (auto added = writer.AddPlaceholder(each, written); !added) {
      return tl::unexpected(added.error());
    }
    done = each.end;
  }
  if (auto added = writer.AddText(path.substr(done)); !added) {
    return tl::unexpected(added.error());
  }
  return writer.Finish();
}

}  // namespace conform
