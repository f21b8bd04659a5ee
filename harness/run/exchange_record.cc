#include "run/exchange_record.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace conform {
namespace {

std::string FieldText(const Fields& fields, std::string_view name) {
  const Field* field = FindField(fields, name);
  return field == nullptr ? "" : ShowLine(field->value);
}

}  // namespace

ExchangeRecord RecordExchange(const Attempt& attempt, const Origin& origin) {
  ExchangeRecord record;
  record.request_line = ShowLine(
      fmt::format("{} {}{}", attempt.request.method, FormatOrigin(origin), attempt.request.target));
  record.client_request_id = FieldText(attempt.request.fields, "client-request-id");
  if (attempt.response) {
    record.status_line = ShowLine(attempt.response->status_line);
    record.field_count = attempt.response->fields.size();
    record.body_bytes = attempt.response->body_bytes;
    record.request_id = FieldText(attempt.response->fields, "request-id");
  }
  record.trouble =
      attempt.trouble ? ShowLine(attempt.trouble->text) : DescribeBoundHit(attempt.observations);
  record.duration = attempt.times.last_byte.value_or(std::chrono::microseconds(0));
  return record;
}

void RedactRecord(const Redactor& redactor, TestRecord& record) {
  const auto redact = [&](std::string& text) { text = redactor.Redact(text); };
  redact(record.verdict.reason);
  for (Finding& finding : record.verdict.findings) {
    redact(finding.expected);
    redact(finding.actual);
    redact(finding.message);
    redact(finding.excerpt);
    for (std::string& line : finding.diff) redact(line);
  }
  for (ObservedFact& fact : record.verdict.observed) redact(fact.value);
  for (ExchangeRecord& exchange : record.exchanges) {
    redact(exchange.request_line);
    redact(exchange.status_line);
    redact(exchange.client_request_id);
    redact(exchange.request_id);
    redact(exchange.trouble);
    redact(exchange.again);
  }
}

}  // namespace conform
