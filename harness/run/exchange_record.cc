#include "run/exchange_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/utf8.h"
#include "record/record_fields.h"

namespace conform {
namespace {

template <typename T>
inline constexpr bool kIsList = false;
template <typename T>
inline constexpr bool kIsList<std::vector<T>> = true;
template <>
inline constexpr bool kIsList<SharedList<ClauseKey>> = true;

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

/// What crossed the wire, for a redactor to go through.
template <typename Visit>
void VisitTexts(MessageRecord& message, const Visit& visit) {
  visit(message.start_line);
  for (std::vector<FieldRecord>* fields : {&message.fields, &message.trailers}) {
    for (FieldRecord& field : *fields) {
      visit(field.name);  // the history keeps it, and a peer can put anything there
      visit(field.value);
    }
  }
  visit(message.body);
}

template <typename Visit>
void VisitTexts(AttemptRecord& attempt, const Visit& visit) {
  VisitTexts(attempt.request, visit);
  for (MessageRecord& message : attempt.interim) VisitTexts(message, visit);
  for (MessageRecord& message : attempt.response) VisitTexts(message, visit);
  for (ObservationRecord& observation : attempt.observations) visit(observation.detail);
  visit(attempt.trouble);
}

template <typename Visit>
void VisitTexts(ExchangeRecord& exchange, const Visit& visit) {
  visit(exchange.request_line);
  visit(exchange.status_line);
  visit(exchange.client_request_id);
  visit(exchange.request_id);
  visit(exchange.trouble);
  visit(exchange.again);
  for (AttemptRecord& attempt : exchange.attempts) VisitTexts(attempt, visit);
}

template <typename Visit>
void VisitTexts(Verdict& verdict, const Visit& visit) {
  visit(verdict.reason);
  for (Finding& finding : verdict.findings) {
    visit(finding.expected);
    visit(finding.actual);
    visit(finding.message);
    visit(finding.excerpt);
    for (std::string& line : finding.diff) visit(line);
  }
  for (ObservedFact& fact : verdict.observed) visit(fact.value);
}

/// Adds every text of `value`, however deep in it: by the tables that it is written by, so that
/// none is forgotten.
template <typename T>
void AddAll(const T& value, std::vector<const std::string*>& all) {
  if constexpr (std::is_same_v<T, std::string>) {
    if (!value.empty()) all.push_back(&value);
  } else if constexpr (HasFields<T>) {
    VisitFields<T>([&](const auto& field) {
      AddAll(value.*field.member, all);
      return true;
    });
  } else if constexpr (kIsList<T>) {
    for (const auto& each : value) AddAll(each, all);
  } else {
    // What was judged is told by a key, and masked where it is told itself.
    constexpr bool kHoldsNone = std::is_arithmetic_v<T> || std::is_enum_v<T> ||
                                std::is_same_v<T, std::chrono::microseconds> ||
                                std::is_same_v<T, std::chrono::system_clock::time_point> ||
                                std::is_same_v<T, SharedList<JudgedClause>>;
    static_assert(kHoldsNone);
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
  const auto add = [&texts](std::string& text) {
    if (!text.empty()) texts.push_back(&text);
  };
  VisitTexts(record.verdict, add);
  for (StepRecord& step : record.steps) add(step.note);
  for (ExchangeRecord& exchange : record.exchanges) VisitTexts(exchange, add);
  // All others are names, by which something is found again: they stay.
  std::vector<const std::string*> names;
  AddAll(record, names);
  std::vector<const std::string*> masked(texts.begin(), texts.end());
  std::sort(masked.begin(), masked.end(), std::less<>());
  std::erase_if(names, [&masked](const std::string* text) {
    return std::binary_search(masked.begin(), masked.end(), text, std::less<>());
  });
  record.masked_of.reset();
  const auto known = redactor.RedactEach(texts, names);
  if (known) record.masked_of = static_cast<std::uint32_t>(*known);
}

}  // namespace conform
