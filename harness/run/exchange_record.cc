#include "run/exchange_record.h"

#include <fmt/format.h>

#include <string>
#include <type_traits>
#include <vector>

#include "base/utf8.h"
#include "record/exchange_fields.h"

namespace conform {
namespace {

template <typename T>
inline constexpr bool kIsList = false;
template <typename T>
inline constexpr bool kIsList<std::vector<T>> = true;

using std::chrono::microseconds;

std::string FieldText(const Fields& fields, std::string_view name) {
  const Field* field = FindField(fields, name);
  return field == nullptr ? "" : ShowLine(field->value);
}

std::vector<FieldRecord> RecordFields(const Fields& fields) {
  constexpr std::size_t kMostCharacters = 8'000;
  std::vector<FieldRecord> records;
  records.reserve(fields.size());
  for (const Field& field : fields) {
    records.push_back(
        {ShowLine(field.name, kMostCharacters), ShowLine(field.value, kMostCharacters)});
  }
  return records;
}

void RecordBody(std::string_view body, std::size_t bytes, bool cut, MessageRecord& message) {
  message.body = ShowText(body.substr(0, kMostRecordedBody));
  message.body_cut = cut || body.size() > kMostRecordedBody;
  message.body_bytes = bytes;
}

MessageRecord RecordRequest(const Request& request) {
  MessageRecord message;
  message.start_line = ShowLine(fmt::format("{} {} HTTP/1.1", request.method, request.target),
                                /*max_characters=*/8'000);
  message.fields = RecordFields(request.fields);
  RecordBody(request.body, request.body.size(), false, message);
  return message;
}

MessageRecord RecordResponse(const Response& response) {
  MessageRecord message;
  message.start_line = ShowLine(response.status_line);
  message.fields = RecordFields(response.fields);
  message.trailers = RecordFields(response.trailers);
  RecordBody(response.decoded_body, response.body_bytes, response.body_cut, message);
  return message;
}

PhaseRecord RecordPhases(const PhaseTimes& times) {
  const auto or_zero = [](const std::optional<microseconds>& time) {
    return time.value_or(microseconds(0));
  };
  return {or_zero(times.lookup), or_zero(times.connect), or_zero(times.tls),
          or_zero(times.first_byte), or_zero(times.last_byte)};
}

AttemptRecord RecordAttempt(const Attempt& attempt) {
  AttemptRecord record;
  // As every report tells it: what is read again then gives the same bytes.
  record.started = std::chrono::floor<std::chrono::milliseconds>(attempt.started);
  record.times = RecordPhases(attempt.times);
  record.remote_address = attempt.remote_address;
  record.reused_connection = attempt.reused_connection;
  if (attempt.tls) {
    record.tls = {{attempt.tls->version, attempt.tls->certificate_sha256,
                   ShowLine(attempt.tls->issuer), ShowLine(attempt.tls->subject),
                   attempt.tls->not_after}};
  }
  record.request = RecordRequest(attempt.request);
  if (attempt.response) {
    for (const InterimResponse& interim : attempt.response->interim) {
      MessageRecord& message = record.interim.emplace_back();
      message.start_line = ShowLine(interim.status_line);
      message.fields = RecordFields(interim.fields);
    }
    record.response = {RecordResponse(*attempt.response)};
  }
  for (const Observation& observation : attempt.observations) {
    record.observations.push_back({std::string(observation.name), ShowLine(observation.detail)});
  }
  if (attempt.trouble) {
    record.trouble = ShowLine(attempt.trouble->text);
    record.trouble_kind = NameOf(attempt.trouble->kind);
  }
  return record;
}

/// Adds each text of `value`, however deep in it.
template <typename T>
void AddTexts(T& value, std::vector<std::string*>& texts) {
  if constexpr (std::is_same_v<T, std::string>) {
    if (!value.empty()) texts.push_back(&value);
  } else if constexpr (HasFields<T>) {
    VisitFields<T>([&](const auto& field) {
      AddTexts(value.*field.member, texts);
      return true;
    });
  } else if constexpr (kIsList<T>) {
    for (auto& each : value) AddTexts(each, texts);
  }
}

}  // namespace

ExchangeRecord RecordExchange(const Exchange& exchange, const Origin& origin) {
  const Attempt& last = exchange.last();
  ExchangeRecord record;
  record.request_line = ShowLine(
      fmt::format("{} {}{}", last.request.method, FormatOrigin(origin), last.request.target));
  record.client_request_id = FieldText(last.request.fields, "client-request-id");
  if (last.response) {
    record.status_line = ShowLine(last.response->status_line);
    record.field_count = last.response->fields.size();
    record.body_bytes = last.response->body_bytes;
    record.request_id = FieldText(last.response->fields, "request-id");
  }
  record.trouble =
      last.trouble ? ShowLine(last.trouble->text) : DescribeBoundHit(last.observations);
  record.duration = last.times.last_byte.value_or(microseconds(0));
  record.attempts.reserve(exchange.attempts.size());
  for (const Attempt& attempt : exchange.attempts) {
    record.attempts.push_back(RecordAttempt(attempt));
  }
  return record;
}

void RedactRecord(const Redactor& redactor, TestRecord& record) {
  std::vector<std::string*> texts;
  AddTexts(record.verdict.reason, texts);
  AddTexts(record.exchanges, texts);
  // By these something is found again.
  std::vector<const std::string*> names = {
      &record.suite,   &record.name, &record.case_id,  &record.title,          &record.operation,
      &record.edition, &record.path, &record.identity, &record.expects_success};
  for (Finding& finding : record.verdict.findings) {
    texts.insert(texts.end(),
                 {&finding.expected, &finding.actual, &finding.message, &finding.excerpt});
    AddTexts(finding.diff, texts);
    names.insert(names.end(), {&finding.says, &finding.source, &finding.step, &finding.subject,
                               &finding.path, &finding.deviation});
  }
  for (ObservedFact& fact : record.verdict.observed) {
    texts.push_back(&fact.value);
    names.insert(names.end(), {&fact.step, &fact.name});
  }
  for (StepRecord& step : record.steps) {
    texts.push_back(&step.note);
    names.insert(names.end(), {&step.name, &step.does});
  }
  const auto known = redactor.RedactEach(texts, names);
  if (known) record.masked_of = static_cast<std::uint32_t>(*known);
}

}  // namespace conform
