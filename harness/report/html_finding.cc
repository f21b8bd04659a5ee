#include "report/html_finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/count_text.h"
#include "base/utf8.h"
#include "report/html_exchange.h"
#include "report/html_run.h"

namespace conform {
namespace {

constexpr std::size_t kMaxSide = 4'000;        // characters of a value
constexpr std::size_t kMostOfCommand = 4'000;  // cut shorter, a shell line is of no use

/// Bytes of the first `characters` of `text`.
std::size_t BytesOf(std::string_view text, int characters) {
  std::size_t bytes = 0;
  for (; characters > 0 && bytes < text.size(); --characters) {
    bytes += FirstCharacter(text.substr(bytes)).bytes;
  }
  return bytes;
}

/// The line of the case with what it blames marked.
void WriteExcerpt(const Finding& finding, HtmlWriter& out) {
  if (finding.span.line <= 0 || finding.excerpt.empty()) return;
  const std::string_view line = finding.excerpt;
  const std::size_t begin = BytesOf(line, finding.span.column - 1);
  const std::size_t size = BytesOf(line.substr(begin), finding.span.length);
  const auto excerpt = out.Open("pre");
  out.Text(fmt::format("{} | {}", finding.span.line, line.substr(0, begin)));
  out.Leaf("mark", line.substr(begin, size));
  out.Text(line.substr(begin + size));
}

/// A term and what it means.
void WritePair(std::string_view term, std::string_view text, HtmlWriter& out) {
  if (text.empty()) return;
  const auto pair = out.Open("div");
  out.Leaf("dt", term);
  out.Leaf("dd", text);
}

void WriteSides(const Finding& finding, const ExchangeRecord* exchange, const std::string& link,
                HtmlWriter& out) {
  const auto sides = out.Open("dl", {{"class", "sides"}});
  for (const auto& [term, value] :
       {std::pair{"Expected", &finding.expected}, std::pair{"Actual", &finding.actual}}) {
    const auto side = out.Open("div");
    out.Leaf("dt", term);
    const auto told = out.Open("dd");
    out.Leaf("code", ShowLine(value->empty() ? "not stated" : *value, kMaxSide));
    if (!finding.subject.empty()) out.Leaf("p", "of " + ShowLine(finding.subject));
  }
  const auto side = out.Open("div");
  out.Leaf("dt", "Evidence");
  const auto told = out.Open("dd");
  if (exchange == nullptr) {
    out.Text("No exchange of this step is in the record.");
  } else {
    WriteEvidence(*exchange, link, out);
  }
}

void WritePlace(const Finding& finding, HtmlWriter& out) {
  const auto pair = out.Open("div");
  out.Leaf("dt", "Case");
  const auto told = out.Open("dd");
  std::string place = finding.path;
  if (finding.span.line > 0) {
    place += fmt::format(":{}:{}", finding.span.line, finding.span.column);
  }
  out.Leaf("code", place);
  WriteExcerpt(finding, out);
}

void WriteClause(const Finding& finding, HtmlWriter& out) {
  const auto pair = out.Open("div");
  out.Leaf("dt", "Promise");
  const auto told = out.Open("dd");
  out.Text(fmt::format("{} ({}) ", finding.says, NameOf(finding.strength)));
  out.Leaf("code", finding.clause.id);
}

}  // namespace

std::size_t FindJudgedExchange(const TestRecord& test, std::string_view step) {
  for (std::size_t i = test.exchanges.size(); i > 0; --i) {
    if (test.exchanges[i - 1].step == step) return i - 1;
  }
  return SIZE_MAX;
}

void WriteEvidence(const ExchangeRecord& exchange, const std::string& link, HtmlWriter& out) {
  const bool unsent = !exchange.attempts.empty() &&
                      std::all_of(exchange.attempts.begin(), exchange.attempts.end(), IsUnsent);
  out.Leaf("p", (unsent ? "not sent: " : "sent ") + exchange.request_line);
  out.Leaf("p", exchange.status_line.empty() ? "no answer: " + exchange.trouble
                                             : fmt::format("got {}, {}, {}", exchange.status_line,
                                                           CountOf(exchange.field_count, "field"),
                                                           CountOf(exchange.body_bytes, "byte")));
  for (const auto& [name, id] : {std::pair{"request-id", &exchange.request_id},
                                 std::pair{"client-request-id", &exchange.client_request_id}}) {
    if (id->empty()) continue;
    const auto line = out.Open("p");
    out.Text(fmt::format("{} ", name));
    out.Leaf("code", *id);
  }
  if (!link.empty()) out.Leaf("a", "The whole exchange", {{"href", link}});
}

void WriteAgain(const ExchangeRecord& exchange, HtmlWriter& out) {
  if (exchange.again.empty()) return;
  const auto pair = out.Open("div");
  out.Leaf("dt", "Again");
  const auto told = out.Open("dd");
  out.Leaf("pre", ShowLine(exchange.again, kMostOfCommand));
}

void WriteFinding(const Finding& finding, const TestRecord& test, const std::string& link,
                  HtmlWriter& out) {
  const std::size_t place = FindJudgedExchange(test, finding.step);
  const ExchangeRecord* exchange = place == SIZE_MAX ? nullptr : &test.exchanges[place];
  const auto section = out.Open("div", {{"class", "finding"}});
  out.Leaf("h4", ShowLine(finding.message, kMaxSide));
  WriteSides(finding, exchange, link, out);
  if (!finding.diff.empty()) {
    std::string diff;
    for (const std::string& line : finding.diff) diff += ShowLine(line, kMaxSide) + '\n';
    out.Leaf("pre", diff);
  }
  const auto basis = out.Open("dl", {{"class", "facts"}});
  WriteClause(finding, out);
  WritePair("Source", finding.source, out);
  WritePlace(finding, out);
  WritePair("Step", finding.step, out);
  if (exchange != nullptr) WriteAgain(*exchange, out);
  WritePair("Accepted", finding.deviation.empty() ? "" : "as a deviation: " + finding.deviation,
            out);
}

}  // namespace conform
