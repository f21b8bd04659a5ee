#include "report/html_exchange.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "base/count_text.h"
#include "base/cut_mark.h"
#include "base/date.h"
#include "base/utf8.h"
#include "report/html_run.h"

namespace conform {
namespace {

std::string JoinFields(const std::vector<FieldRecord>& fields) {
  std::string text;
  for (const FieldRecord& field : fields) text += field.name + ": " + field.value + '\n';
  return text;
}

void WriteMessage(std::string_view caption, const MessageRecord& message, std::size_t most_body,
                  HtmlWriter& out) {
  const auto figure = out.Open("figure");
  out.Leaf("figcaption", caption);
  const std::string_view body = CutAfter(message.body, most_body);
  std::string text = message.start_line + '\n' + JoinFields(message.fields);
  const bool shortened = body.size() < message.body.size();
  if (!body.empty()) text += fmt::format("\n{}{}\n", body, shortened ? kCutMark : "");
  if (!message.trailers.empty()) text += "\ntrailers:\n" + JoinFields(message.trailers);
  out.Leaf("pre", text);
  if (message.body_cut || shortened) {
    out.Leaf("p", fmt::format("Cut here: the whole content has {}{}.",
                              CountOf(message.body_bytes, "byte"),
                              shortened ? "; more of it is in run.json" : ""));
  } else if (message.body_bytes == 0) {
    out.Leaf("p", "No content.");
  } else if (message.body_bytes != message.body.size()) {
    out.Leaf("p", fmt::format("{} crossed the wire.", CountOf(message.body_bytes, "byte")));
  }
  if (message.body_shown) out.Leaf("p", "No UTF-8 text: odd bytes are shown as \\xNN.");
}

/// `address found 0.10 ms, connected 0.20 ms, … after the attempt began`; empty: nothing is known.
std::string DescribeTimes(const PhaseRecord& times) {
  const std::array<std::pair<std::string_view, std::chrono::microseconds>, 6> phases = {
      {{"address found", times.lookup},
       {"connected", times.connect},
       {"TLS agreed", times.tls},
       {"first byte", times.first_byte},
       {"last byte", times.last_byte},
       {"given up", times.given_up}}};
  std::string text;
  for (const auto& [name, time] : phases) {
    if (time.count() <= 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, ShowDuration(time));
  }
  return text;
}

std::string DescribeConnection(const AttemptRecord& attempt) {
  std::string text =
      (IsUnsent(attempt) ? "Not sent: tried " : "Sent ") + FormatTimestamp(attempt.started);
  if (!attempt.remote_address.empty()) {
    text += fmt::format(" to {} over a {} connection", attempt.remote_address,
                        attempt.reused_connection ? "kept-alive" : "new");
  }
  const std::string times = DescribeTimes(attempt.times);
  if (!times.empty()) text += fmt::format(". Since then: {}", times);
  return text + '.';
}

void WriteTls(const TlsRecord& tls, HtmlWriter& out) {
  const auto line = out.Open("p");
  out.Text(fmt::format("{}; certificate of {}, issued by {}, valid until {}, SHA-256 ", tls.version,
                       tls.subject, tls.issuer, tls.not_after));
  out.Leaf("code", tls.certificate_sha256);
}

void WriteObservations(const std::vector<ObservationRecord>& observations, HtmlWriter& out) {
  if (observations.empty()) return;
  out.Leaf("p", "Odd on the wire:");
  const auto list = out.Open("ul");
  for (const ObservationRecord& observation : observations) {
    const auto item = out.Open("li");
    out.Leaf("code", observation.name);
    if (!observation.detail.empty()) out.Text(" " + observation.detail);
  }
}

void WriteAttempt(const AttemptRecord& attempt, std::size_t most_body, HtmlWriter& out) {
  out.Leaf("p", DescribeConnection(attempt));
  for (const TlsRecord& tls : attempt.tls) WriteTls(tls, out);
  {
    const auto pair = out.Open("div", {{"class", "pair"}});
    WriteMessage("Request", attempt.request, most_body, out);
    for (const MessageRecord& interim : attempt.interim) {
      WriteMessage("Interim answer", interim, most_body, out);
    }
    for (const MessageRecord& response : attempt.response) {
      WriteMessage("Answer", response, most_body, out);
    }
  }
  if (!attempt.trouble.empty()) {
    out.Leaf("p", fmt::format("No whole answer ({}): {}", attempt.trouble_kind, attempt.trouble));
  }
  WriteObservations(attempt.observations, out);
}

/// What is known of an exchange whose attempts are not in the record.
void WriteKnown(const ExchangeRecord& exchange, HtmlWriter& out) {
  out.Leaf("p", fmt::format("The record holds no more of it than this: {}, {} in the answer.",
                            CountOf(exchange.field_count, "field"),
                            CountOf(exchange.body_bytes, "byte")));
  if (!exchange.trouble.empty()) out.Leaf("p", "No whole answer: " + exchange.trouble);
}

}  // namespace

bool IsUnsent(const AttemptRecord& attempt) {
  return attempt.remote_address.empty() && !attempt.trouble.empty();
}

std::string DescribeExchange(const ExchangeRecord& exchange) {
  const std::string answer = exchange.status_line.empty() ? "no answer" : exchange.status_line;
  std::string text = exchange.step.empty() ? "" : exchange.step + ": ";
  text +=
      fmt::format("{} → {}, {}", exchange.request_line, answer, ShowDuration(exchange.duration));
  if (exchange.attempts.size() > 1) {
    text += fmt::format(", {} attempts", exchange.attempts.size());
  }
  return ShowLine(text, 1'000);
}

void WriteExchange(const ExchangeRecord& exchange, std::size_t most_body_bytes,
                   const std::string& id, HtmlWriter& out) {
  const auto fold = out.Open("details", {{"class", "exchange"}, {id.empty() ? "" : "id", id}});
  out.Leaf("summary", DescribeExchange(exchange));
  if (exchange.attempts.empty()) WriteKnown(exchange, out);
  for (std::size_t i = 0; i < exchange.attempts.size(); ++i) {
    if (exchange.attempts.size() > 1) {
      out.Leaf("p", fmt::format("Attempt {} of {}", i + 1, exchange.attempts.size()),
               {{"class", "label"}});
    }
    WriteAttempt(exchange.attempts[i], most_body_bytes, out);
  }
}

}  // namespace conform
