#include "report/har_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "report/har_target.h"

namespace conform {
namespace {

using nlohmann::ordered_json;
using std::chrono::microseconds;

ordered_json FieldsOf(const std::vector<FieldRecord>& fields) {
  ordered_json list = ordered_json::array();
  for (const FieldRecord& field : fields) {
    list.push_back({{"name", field.name}, {"value", field.value}});
  }
  return list;
}

std::string FieldValue(const MessageRecord& message, std::string_view lower_name,
                       std::string_view absent) {
  for (const FieldRecord& field : message.fields) {
    const bool same =
        std::equal(field.name.begin(), field.name.end(), lower_name.begin(), lower_name.end(),
                   [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
    if (same) return field.value;
  }
  return std::string(absent);
}

/// Says of `content` what its text is not, for people and for who judges it.
void SetKept(const MessageRecord& message, ordered_json& content) {
  std::vector<std::string> comments;
  if (message.body_cut) {
    content["_body_cut"] = true;
    comments.push_back(fmt::format("only the beginning of {} bytes", message.body_bytes));
  }
  if (message.body_shown) {
    content["_body_shown"] = true;
    comments.emplace_back("no UTF-8 text: odd bytes are shown as \\xNN");
  }
  if (!comments.empty()) content["comment"] = fmt::format("{}", fmt::join(comments, "; "));
}

/// Of the content without its coding, in bytes; -1: not known.
std::int64_t SizeOf(const MessageRecord& message) {
  if (message.HoldsContent()) return static_cast<std::int64_t>(message.body.size());
  const bool coded = !FieldValue(message, "content-encoding", "").empty();
  return coded ? -1 : static_cast<std::int64_t>(message.body_bytes);
}

ordered_json MakeRequest(const ExchangeRecord& exchange, const MessageRecord& sent) {
  const HarRequestLine line = SplitRequestLine(sent.start_line);
  ordered_json request;
  request["method"] = line.method;
  request["url"] = UrlOf(exchange.request_line, line.target);
  request["httpVersion"] = line.version;
  request["cookies"] = ordered_json::array();
  request["headers"] = FieldsOf(sent.fields);
  request["queryString"] = QueryOf(line.target);
  request["headersSize"] = -1;
  request["bodySize"] = sent.body_bytes;
  if (sent.body_bytes > 0) {
    ordered_json& content = request["postData"];
    content["mimeType"] = FieldValue(sent, "content-type", "");
    content["text"] = sent.body;
    SetKept(sent, content);
  }
  if (!line.target.starts_with('/')) {
    request["comment"] = fmt::format("the request-target was '{}'", line.target);
  }
  return request;
}

ordered_json MakeNoResponse() {
  ordered_json response;
  response["status"] = 0;
  response["statusText"] = "";
  response["httpVersion"] = "";
  response["cookies"] = ordered_json::array();
  response["headers"] = ordered_json::array();
  response["content"] = {{"size", 0}, {"mimeType", "x-unknown"}};
  response["redirectURL"] = "";
  response["headersSize"] = -1;
  response["bodySize"] = -1;
  return response;
}

/// What stands behind the version and its space: a number, then the reason.
void SetStatus(std::string_view status_line, ordered_json& response) {
  const std::size_t first = status_line.find(' ');
  response["httpVersion"] = status_line.substr(0, first);
  if (first == std::string_view::npos) return;
  const std::string_view rest = status_line.substr(first + 1);
  int status = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), status);
  response["status"] = status;
  std::string_view reason = rest.substr(static_cast<std::size_t>(read.ptr - rest.data()));
  if (reason.starts_with(' ')) reason.remove_prefix(1);
  response["statusText"] = reason;
}

ordered_json MakeResponse(const AttemptRecord& attempt) {
  ordered_json response = MakeNoResponse();
  if (!attempt.response.empty()) {
    const MessageRecord& answer = attempt.response.front();
    SetStatus(answer.start_line, response);
    response["headers"] = FieldsOf(answer.fields);
    ordered_json& content = response["content"];
    content["size"] = SizeOf(answer);
    content["mimeType"] = FieldValue(answer, "content-type", "x-unknown");
    if (!answer.body.empty()) content["text"] = answer.body;
    SetKept(answer, content);
    response["redirectURL"] = FieldValue(answer, "location", "");
    response["bodySize"] = answer.body_bytes;
    if (!answer.trailers.empty()) response["_trailers"] = FieldsOf(answer.trailers);
  }
  if (!attempt.trouble.empty()) response["_error"] = attempt.trouble;
  return response;
}

double Milliseconds(microseconds duration) { return static_cast<double>(duration.count()) / 1000; }

/// The record's phases end at a time since the attempt began; a HAR's are as long as they lasted.
void SetTimes(const PhaseRecord& times, ordered_json& entry) {
  const microseconds ready = std::max({times.lookup, times.connect, times.tls});
  const bool began = times.first_byte > microseconds(0);  // else it was waited for to the end
  const microseconds first = std::max(began ? times.first_byte : times.given_up, ready);
  const microseconds last = std::max({times.last_byte, times.given_up, first});
  const auto lasted = [](microseconds from, microseconds to) {
    return to > microseconds(0) ? Milliseconds(std::max(to - from, microseconds(0))) : -1.0;
  };
  entry["time"] = Milliseconds(last);
  ordered_json& timings = entry["timings"];
  timings["blocked"] = -1;
  timings["dns"] = lasted(microseconds(0), times.lookup);
  timings["connect"] = lasted(times.lookup, std::max(times.connect, times.tls));  // with `ssl`
  timings["ssl"] = lasted(times.connect, times.tls);
  timings["send"] = 0;
  timings["wait"] = Milliseconds(first - ready);
  timings["receive"] = Milliseconds(last - first);
  timings["comment"] = "the time to send is part of wait";
}

/// `127.0.0.1` and `8080` of `127.0.0.1:8080`, `::1` of `[::1]:8080`.
void SetConnection(std::string_view remote, ordered_json& entry) {
  const std::size_t colon = remote.rfind(':');
  if (colon == std::string_view::npos) return;
  std::string_view host = remote.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  entry["serverIPAddress"] = host;
  entry["connection"] = remote.substr(colon + 1);
}

void SetOurOwn(const HarAttempt& place, ordered_json& entry) {
  const AttemptRecord& attempt = place.exchange->attempts[place.index];
  ordered_json& own = entry["_conform"];
  own["test"] = place.test->Id();
  if (!place.exchange->step.empty()) own["step"] = place.exchange->step;
  own["outcome"] = NameOf(place.test->verdict.outcome);
  own["attempt"] = place.index + 1;
  own["attempts"] = place.exchange->attempts.size();
  own["reused_connection"] = attempt.reused_connection;
  for (const TlsRecord& tls : attempt.tls) {
    own["tls"] = {{"version", tls.version}, {"certificate_sha256", tls.certificate_sha256}};
  }
  for (const MessageRecord& interim : attempt.interim) {
    own["interim"].push_back(
        {{"status_line", interim.start_line}, {"headers", FieldsOf(interim.fields)}});
  }
  for (const ObservationRecord& observation : attempt.observations) {
    own["observations"].push_back({{"name", observation.name}, {"detail", observation.detail}});
  }
}

}  // namespace

ordered_json MakeHarEntry(const HarAttempt& place) {
  const AttemptRecord& attempt = place.exchange->attempts[place.index];
  ordered_json entry;
  entry["startedDateTime"] = FormatTimestamp(attempt.started);
  SetTimes(attempt.times, entry);
  entry["request"] = MakeRequest(*place.exchange, attempt.request);
  entry["response"] = MakeResponse(attempt);
  entry["cache"] = ordered_json::object();
  SetConnection(attempt.remote_address, entry);
  std::string comment = place.test->Id();
  if (!place.exchange->step.empty()) comment += ", step " + place.exchange->step;
  entry["comment"] = fmt::format("{}: {}", comment, NameOf(place.test->verdict.outcome));
  SetOurOwn(place, entry);
  return entry;
}

}  // namespace conform
