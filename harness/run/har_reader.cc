#include "run/har_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json_depth.h"
#include "base/json_text.h"
#include "base/timestamp.h"
#include "record/json_reader.h"
#include "run/har_text.h"

namespace conform {
namespace {

using nlohmann::json;

/// Reads entries; each Read is false where something is wrong, and `error()` then says what.
class EntryReader {
 public:
  const std::string& error() const { return reader_.error(); }

  /// Null where there is none; then `error()` says why.
  const json* FindEntries(const json& root) {
    const json* log = Find(root, "log", Kind::kObject);
    const json* entries = log == nullptr ? nullptr : Find(*log, "entries", Kind::kArray);
    if (entries == nullptr) return nullptr;
    if (entries->size() <= kMaxHarEntries) return entries;
    reader_.Fail(fmt::format("holds more than {} entries", kMaxHarEntries));
    return nullptr;
  }

  bool ReadEntry(const json& from, std::size_t index, HarEntry& entry) {
    reader_.Enter(index);
    entry.index = index;
    if (!reader_.RequireObject(from)) return false;
    std::string started;
    if (!ReadOptional(from, "startedDateTime", started)) return false;
    if (!ReadTime(started, entry)) return false;
    if (!ReadOptional(from, "serverIPAddress", entry.server_address)) return false;
    entry.from_cache = from.contains("_fromCache");
    ReadTimings(from, entry.times);
    const json* request = Find(from, "request", Kind::kObject);
    if (request == nullptr || !ReadRequest(*request, entry)) return false;
    reader_.Leave();
    const json* response = Find(from, "response", Kind::kObject);
    if (response == nullptr || !ReadResponse(*response, entry)) return false;
    reader_.Leave();
    reader_.Leave();
    return true;
  }

 private:
  enum class Kind { kObject, kArray };

  /// The member, which must be there, and enters it; null: it is not, or of another kind.
  const json* Find(const json& object, const char* key, Kind kind) {
    if (!reader_.RequireObject(object)) return nullptr;
    reader_.Enter(key);
    const auto member = object.find(key);
    if (member == object.end()) {
      reader_.Fail("is missing");
      return nullptr;
    }
    const bool is =
        kind == Kind::kObject ? reader_.RequireObject(*member) : reader_.RequireArray(*member);
    return is ? &*member : nullptr;
  }

  /// Absent and null are alike: tools write either.
  bool ReadOptional(const json& object, const char* key, std::string& into) {
    const auto member = object.find(key);
    if (member == object.end() || member->is_null()) return true;
    reader_.Enter(key);
    if (!reader_.Read(*member, into)) return false;
    reader_.Leave();
    return true;
  }

  bool ReadRequired(const json& object, const char* key, std::string& into) {
    reader_.Enter(key);
    const auto member = object.find(key);
    if (member == object.end()) return reader_.Fail("is missing");
    if (!reader_.Read(*member, into)) return false;
    reader_.Leave();
    return true;
  }

  bool ReadTime(const std::string& text, HarEntry& entry) {
    if (text.empty()) return true;
    const auto time = ParseTimestamp(text);
    if (!time) {
      reader_.Enter("startedDateTime");
      return reader_.Fail("must be a time such as 2026-11-24T22:54:03.120+01:00");
    }
    entry.started = *time;
    return true;
  }

  /// Phases that are missing, negative or no number are not known.
  static void ReadTimings(const json& entry, PhaseTimes& times) {
    using std::chrono::microseconds;
    const auto timings = entry.find("timings");
    if (timings == entry.end() || !timings->is_object()) return;
    microseconds at{0};
    const auto add = [&](const char* key) -> std::optional<microseconds> {
      constexpr double kMostMilliseconds = 1e9;
      const auto phase = timings->find(key);
      if (phase == timings->end() || !phase->is_number()) return std::nullopt;
      const double lasted = phase->get<double>();
      if (!(lasted >= 0) || lasted > kMostMilliseconds) return std::nullopt;
      at += microseconds(static_cast<std::int64_t>(lasted * 1000));
      return at;
    };
    add("blocked");
    times.lookup = add("dns");
    times.connect = add("connect");  // `ssl` is part of it
    add("send");
    times.first_byte = add("wait");
    times.last_byte = add("receive");
  }

  /// Names that begin with a colon are HTTP/2's pseudo-fields, which are no fields.
  bool ReadFields(const json& message, Fields& fields) {
    const auto list = message.find("headers");
    if (list == message.end() || list->is_null()) return true;
    reader_.Enter("headers");
    if (!reader_.RequireArray(*list)) return false;
    for (std::size_t i = 0; i < list->size(); ++i) {
      reader_.Enter(i);
      Field field;
      if (!reader_.RequireObject((*list)[i])) return false;
      if (!ReadRequired((*list)[i], "name", field.name)) return false;
      if (!ReadOptional((*list)[i], "value", field.value)) return false;
      if (!field.name.starts_with(':')) fields.push_back(std::move(field));
      reader_.Leave();
    }
    reader_.Leave();
    return true;
  }

  bool ReadRequest(const json& request, HarEntry& entry) {
    if (!ReadRequired(request, "method", entry.method)) return false;
    if (!ReadRequired(request, "url", entry.url)) return false;
    if (!ReadFields(request, entry.request_fields)) return false;
    const auto content = request.find("postData");
    if (content == request.end() || content->is_null()) return true;
    reader_.Enter("postData");
    if (!reader_.RequireObject(*content)) return false;
    if (!ReadOptional(*content, "text", entry.request_body)) return false;
    reader_.Leave();
    return true;
  }

  bool ReadResponse(const json& response, HarEntry& entry) {
    reader_.Enter("status");
    const auto status = response.find("status");
    if (status == response.end()) return reader_.Fail("is missing");
    if (!reader_.Read(*status, entry.status)) return false;
    reader_.Leave();
    if (!ReadOptional(response, "statusText", entry.reason)) return false;
    if (!ReadOptional(response, "httpVersion", entry.version)) return false;
    if (!ReadOptional(response, "_error", entry.trouble)) return false;
    if (!ReadFields(response, entry.response_fields)) return false;
    const auto content = response.find("content");
    if (content == response.end() || content->is_null()) return true;
    reader_.Enter("content");
    if (!reader_.RequireObject(*content) || !ReadContent(*content, entry)) return false;
    reader_.Leave();
    return true;
  }

  bool ReadContent(const json& content, HarEntry& entry) {
    constexpr double kMostBytes = 1e15;  // which a number of any tool's holds
    std::string text;
    std::string encoding;
    if (!ReadOptional(content, "text", text)) return false;
    if (!ReadOptional(content, "encoding", encoding)) return false;
    if (encoding == "base64") {
      const auto decoded = DecodeHarBase64(text);
      reader_.Enter("text");
      if (!decoded) return reader_.Fail("must be base64, as encoding says");
      reader_.Leave();
      text = *decoded;
    }
    const auto size = content.find("size");
    const bool sized = size != content.end() && size->is_number();
    const double bytes = sized ? size->get<double>() : -1;
    entry.content_spoilt = content.contains("_body_cut") || content.contains("_body_shown") ||
                           bytes > MostBytesOf(text, encoding);
    const bool told = entry.content_spoilt && bytes >= 0;
    entry.content_bytes =
        told ? static_cast<std::uint64_t>(std::min(bytes, kMostBytes)) : text.size();
    if (!text.empty() || bytes == 0) entry.content = std::move(text);
    return true;
  }

  /// What a content may have had that is all there: of a text, tools drop a byte order mark and
  /// carriage returns.
  static double MostBytesOf(const std::string& text, const std::string& encoding) {
    constexpr std::size_t kMark = 3;
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    return static_cast<double>(text.size() + (encoding.empty() ? lines + kMark : 0));
  }

  JsonReader reader_;
};

/// 1-based line and column, in characters, of a byte (0-based).
Span PlaceOf(const SourceText& source, std::size_t byte) {
  const std::string_view before = std::string_view(source.text()).substr(0, byte);
  const int line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t start = before.rfind('\n') + 1;  // 0 where there is none
  return {line, source.Column(line, before.size() - start), 1};
}

/// Discarded where it is no JSON; then that was told.
json Parse(const SourceText& source, Diagnostics& diagnostics) {
  if (JsonDepth(source.text()) > kMaxHarDepth) {
    diagnostics.AddFile(source.path(), fmt::format("nests more than {} deep", kMaxHarDepth));
    return json(json::value_t::discarded);
  }
  try {
    return json::parse(JsonText(source.text()));
  } catch (const json::parse_error& error) {
    const std::size_t byte = error.byte == 0 ? 0 : error.byte - 1;
    diagnostics.Add(source, PlaceOf(source, std::min(byte, source.text().size())),
                    "here the file ceases to be JSON", "export it again, as HAR 1.2");
  } catch (const json::exception&) {
    diagnostics.AddFile(source.path(), "a number in it is too large to read");
  }
  return json(json::value_t::discarded);
}

}  // namespace

std::vector<HarEntry> ReadHar(const std::shared_ptr<const SourceText>& source,
                              Diagnostics& diagnostics) {
  const json root = Parse(*source, diagnostics);
  if (root.is_discarded()) return {};
  EntryReader reader;
  const json* list = reader.FindEntries(root);
  std::vector<HarEntry> entries;
  const std::vector<int> lines = FindEntryLines(source->text());
  bool whole = list != nullptr;
  for (std::size_t i = 0; whole && i < list->size(); ++i) {
    HarEntry& entry = entries.emplace_back();
    entry.line = i < lines.size() ? lines[i] : 0;
    whole = reader.ReadEntry((*list)[i], i, entry);
  }
  if (whole) return entries;
  diagnostics.AddFile(source->path(), reader.error(), "export it again, as HAR 1.2");
  return {};
}

}  // namespace conform
