#include "run/exchange_record.h"

#include <chrono>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/cut_mark.h"
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

/// Of a start line, and of a field's name and value.
constexpr std::size_t kMostCharacters = 8'000;

std::string FieldText(const Fields& fields, std::string_view name) {
  const Field* field = FindField(fields, name);
  return field == nullptr ? "" : ShowLine(field->value);
}

std::vector<FieldRecord> RecordFields(Fields&& fields) {
  std::vector<FieldRecord> records;
  records.reserve(fields.size());
  for (Field& field : fields) {
    records.push_back({ShowLineOf(std::move(field.name), kMostCharacters),
                       ShowLineOf(std::move(field.value), kMostCharacters)});
  }
  return records;
}

void RecordBody(std::string&& body, std::size_t bytes, bool cut, MessageRecord& message) {
  message.body_cut = cut || body.size() > kMostRecordedBody;
  message.body_bytes = bytes;
  body.resize(CutAfter(body, kMostRecordedBody).size());
  message.body_shown = FindMalformedUtf8(body).has_value();
  message.body = message.body_shown ? ShowText(body) : std::move(body);
  // A recording of ours ends with it.
  if (message.body_cut && !message.body.ends_with(kCutMark)) message.body += kCutMark;
}

MessageRecord RecordRequest(Request&& request) {
  MessageRecord message;
  message.start_line =
      ShowLineOf(request.method + " " + request.target + " HTTP/1.1", kMostCharacters);
  message.fields = RecordFields(std::move(request.fields));
  const std::size_t bytes = request.body.size();
  RecordBody(std::move(request.body), bytes, false, message);
  return message;
}

MessageRecord RecordResponse(Response&& response) {
  MessageRecord message;
  message.start_line = ShowLineOf(std::move(response.status_line));
  message.fields = RecordFields(std::move(response.fields));
  message.trailers = RecordFields(std::move(response.trailers));
  RecordBody(std::move(response.decoded_body), response.body_bytes, response.body_cut, message);
  return message;
}

PhaseRecord RecordPhases(const PhaseTimes& times) {
  const auto or_zero = [](const std::optional<microseconds>& time) {
    return time.value_or(microseconds(0));
  };
  return {or_zero(times.lookup),     or_zero(times.connect),   or_zero(times.tls),
          or_zero(times.first_byte), or_zero(times.last_byte), or_zero(times.given_up)};
}

AttemptRecord RecordAttempt(Attempt&& attempt) {
  AttemptRecord record;
  // As every report tells it: what is read again then gives the same bytes.
  record.started = std::chrono::floor<std::chrono::milliseconds>(attempt.started);
  record.times = RecordPhases(attempt.times);
  record.remote_address = std::move(attempt.remote_address);
  record.reused_connection = attempt.reused_connection;
  if (attempt.tls) {
    record.tls.push_back({attempt.tls->version, attempt.tls->certificate_sha256,
                          ShowLine(attempt.tls->issuer), ShowLine(attempt.tls->subject),
                          attempt.tls->not_after});
  }
  record.request = RecordRequest(std::move(attempt.request));
  if (attempt.response) {
    for (InterimResponse& interim : attempt.response->interim) {
      MessageRecord& message = record.interim.emplace_back();
      message.start_line = ShowLineOf(std::move(interim.status_line));
      message.fields = RecordFields(std::move(interim.fields));
    }
    record.response.push_back(RecordResponse(*std::move(attempt.response)));
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

/// The texts of a record: those that are masked, and names.
struct Texts {
  std::vector<std::string*> masked;
  std::vector<const std::string*> names;
};

/// Adds every text of `value`, however deep in it: by the tables that it is written by, so that
/// none is forgotten.
template <typename T>
void AddTexts(T& value, bool masked, Texts& texts) {
  using Plain = std::remove_const_t<T>;
  if constexpr (std::is_same_v<Plain, std::string>) {
    if (value.empty()) return;
    if constexpr (!std::is_const_v<T>) {  // else of a list that others share
      if (masked) return texts.masked.push_back(&value);
    }
    texts.names.push_back(&value);
  } else if constexpr (HasFields<Plain>) {
    VisitFields<Plain>([&](const auto& field) {
      AddTexts(value.*field.member, masked || field.masked, texts);
      return true;
    });
  } else if constexpr (kIsList<Plain>) {
    for (auto& each : value) AddTexts(each, masked, texts);
  } else {
    // What was judged is told by a key, and masked where it is told itself.
    constexpr bool kHoldsNone = std::is_arithmetic_v<Plain> || std::is_enum_v<Plain> ||
                                std::is_same_v<Plain, microseconds> ||
                                std::is_same_v<Plain, std::chrono::system_clock::time_point> ||
                                std::is_same_v<Plain, SharedList<JudgedClause>>;
    static_assert(kHoldsNone);
  }
}

}  // namespace

ExchangeRecord RecordExchange(Exchange&& exchange, const Origin& origin) {
  const Attempt& last = exchange.last();
  ExchangeRecord record;
  record.request_line =
      ShowLineOf(last.request.method + " " + FormatOrigin(origin) + last.request.target);
  record.client_request_id = FieldText(last.request.fields, "client-request-id");
  if (last.response) {
    record.status_line = ShowLine(last.response->status_line);
    record.field_count = last.response->fields.size();
    record.body_bytes = last.response->body_bytes;
    record.request_id = FieldText(last.response->fields, "request-id");
  }
  record.trouble =
      last.trouble ? ShowLine(last.trouble->text) : DescribeBoundHit(last.observations);
  record.duration = last.times.given_up.value_or(last.times.last_byte.value_or(microseconds(0)));
  record.attempts.reserve(exchange.attempts.size());
  for (Attempt& attempt : exchange.attempts) {
    record.attempts.push_back(RecordAttempt(std::move(attempt)));
  }
  exchange.attempts.clear();
  return record;
}

void RedactRecord(const Redactor& redactor, TestRecord& record) {
  constexpr std::size_t kUsual = 64;
  Texts texts;
  texts.masked.reserve(kUsual);
  texts.names.reserve(kUsual);
  AddTexts(record, false, texts);
  record.masked_of.reset();
  const auto known = redactor.RedactEach(texts.masked, texts.names);
  if (known) record.masked_of = static_cast<std::uint32_t>(*known);
}

}  // namespace conform
