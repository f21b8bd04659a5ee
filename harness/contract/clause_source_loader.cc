#include "contract/clause_source_loader.h"

#include <fmt/format.h>

#include <charconv>

#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kFingerprintSpelling = {
    IsFingerprint, "a fingerprint",
    "write the first 16 digits of the SHA-256 of the source text, in lower case"};

/// A whole number as YAML writes it; 0 where it is none.
int ParseLine(const std::string& text) {
  int line = 0;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(text.data(), end, line);
  return problem == std::errc{} && stop == end ? line : 0;
}

std::vector<int> LoadLines(const YamlContext& context, MapReader& reader) {
  std::vector<int> lines;
  for (const auto& [text, span] : ReadPlacedTexts(reader, "line")) {
    lines.push_back(ParseLine(text));
    if (lines.back() > 0) continue;
    context.Complain(span, fmt::format("'{}' is no line number", text),
                     "lines of a page are counted from 1");
  }
  return lines;
}

bool IsPointer(std::string_view text) { return IsLineOfText(text) && text.front() == '/'; }

constexpr SpellingRule kPointerSpelling = {IsPointer, "a JSON pointer",
                                           "begin with /, and write ~1 for a / in a name"};

ClauseSource LoadDescriptionPlace(const YamlContext& context, MapReader& reader) {
  ClauseSource source;
  source.document = RequireSpelled(context, reader, "document", kLineSpelling);
  source.version = RequireSpelled(context, reader, "version", kLineSpelling);
  source.pointer = RequireSpelled(context, reader, "pointer", kPointerSpelling);
  source.fingerprint = RequireSpelled(context, reader, "fingerprint", kFingerprintSpelling);
  reader.Finish();
  return source;
}

/// Exactly one of two keys must be there.
void RequireOneOf(const YamlContext& context, MapReader& reader, std::string_view first,
                  std::string_view second, const YamlEntry& entry, std::string advice) {
  const bool has_first = reader.Find(first) != nullptr;
  if (has_first != (reader.Find(second) != nullptr)) return;
  context.Complain(entry.key_span,
                   has_first ? fmt::format("source has both `{}` and `{}`", first, second)
                             : fmt::format("source has neither `{}` nor `{}`", first, second),
                   std::move(advice));
}

}  // namespace

ClauseSource LoadPagePlace(const YamlContext& context, const YamlEntry& entry) {
  ClauseSource source;
  MapReader reader(context, entry.value, "source", BlameSpan(entry));
  if (!reader.valid()) return source;
  if (reader.Find("pointer") != nullptr) return LoadDescriptionPlace(context, reader);
  source.heading = RequireSpelled(context, reader, "heading", kLineSpelling);
  source.sentences = reader.Texts("sentence");
  source.lines = LoadLines(context, reader);
  RequireOneOf(context, reader, "sentence", "line", entry,
               "cite sentence ids; where the page has none, its lines");
  source.fingerprint = RequireSpelled(context, reader, "fingerprint", kFingerprintSpelling);
  reader.Finish();
  return source;
}

ClauseSource LoadStandardPlace(const YamlContext& context, const YamlEntry& entry) {
  ClauseSource source;
  MapReader reader(context, entry.value, "source", BlameSpan(entry));
  if (!reader.valid()) return source;
  RequireOneOf(context, reader, "rfc", "document", entry,
               "cite an RFC by its number, anything else by its name");
  if (reader.Find("document") != nullptr) {
    source.document = RequireSpelled(context, reader, "document", kLineSpelling);
  } else if (const auto number = reader.Integer("rfc", 1, 99999)) {
    source.document = fmt::format("RFC {}", *number);
  }
  source.section = RequireSpelled(context, reader, "section", kLineSpelling);
  reader.Finish();
  return source;
}

}  // namespace conform
