#include "exchange/field_section.h"

#include <fmt/format.h>

#include "base/byte_words.h"
#include "base/http_text.h"
#include "exchange/observation_names.h"
#include "exchange/start_line.h"

namespace conform {
namespace {

/// What a byte of a value is observed as; empty: nothing odd (RFC 9110 §5.5).
std::string_view OddityOf(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return observed::kNonAsciiInField;
  if (byte >= 0x20 && byte != 0x7f) return {};
  if (c == '\t') return {};
  if (c == '\0') return observed::kNulInField;
  return c == '\r' ? observed::kBareCr : observed::kControlInField;
}

void ObserveValue(std::string_view name, std::string_view value, std::size_t offset,
                  ObservationLog& log) {
  if (NoneStops(value, kHoldsUnprintable)) return;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string_view oddity = OddityOf(value[i]);
    if (oddity.empty() || log.Has(oddity)) continue;
    log.AddShown(oddity, offset + i, fmt::format("{}: {}", name, value));
  }
}

}  // namespace

void FieldSection::Fold(const Line& line, Fields& fields, ObservationLog& log) {
  const std::string_view more = TrimWhiteSpace(line.text);
  if (!follows_field_) {
    // Before the first field: RFC 9112 §2.2 has such lines rejected or left out. After a line that
    // was no field there is nothing to join it to either.
    if (count_ == 0) log.AddShown(observed::kLeadingWhiteSpaceLine, line.offset, line.text);
    return;
  }
  Field& field = fields.back();
  // Asked first: to show a long value at every fold would cost time quadratic in its length.
  if (!log.Has(observed::kObsFold)) {
    log.AddShown(observed::kObsFold, line.offset,
                 fmt::format("{}: {}\r\n{}", field.name, field.value, line.text));
  }
  ObserveValue(field.name, more, line.offset, log);
  if (more.empty()) return;
  if (!field.value.empty()) field.value += ' ';
  field.value += more;
}

FieldSection::Taken FieldSection::Take(const Line& line, Fields& fields, ObservationLog& log) {
  if (line.bare_lf) log.AddShown(observed::kBareLf, line.offset, line.text);
  if (line.text.empty()) return Taken::kEnd;
  if (line.text.front() == ' ' || line.text.front() == '\t') {
    Fold(line, fields, log);
    return Taken::kMore;
  }
  if (++count_ > max_count_) return Taken::kFull;
  follows_field_ = false;
  const std::size_t colon = line.text.find(':');
  if (colon == std::string_view::npos) {
    log.AddShown(observed::kFieldWithoutColon, line.offset, line.text);
    return Taken::kMore;
  }
  std::string_view name = line.text.substr(0, colon);
  if (name.empty()) {
    log.AddShown(observed::kEmptyFieldName, line.offset, line.text);
    return Taken::kMore;
  }
  if (const std::string_view trimmed = TrimWhiteSpace(name); trimmed.size() != name.size()) {
    log.AddShown(observed::kSpaceBeforeColon, line.offset, line.text);
    name = trimmed;
  }
  if (!IsToken(name)) log.AddShown(observed::kMalformedFieldName, line.offset, line.text);
  const std::string_view value = TrimWhiteSpace(line.text.substr(colon + 1));
  ObserveValue(name, value, line.offset + colon + 1, log);
  constexpr std::size_t kUsual = 16;
  if (fields.empty()) fields.reserve(kUsual);
  fields.push_back({std::string(name), std::string(value)});
  follows_field_ = true;
  return Taken::kMore;
}

}  // namespace conform
