#include "report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/count_text.h"
#include "base/diagnostic.h"
#include "base/utf8.h"

namespace conform {
namespace {

constexpr std::size_t kMaxLine = 300;
constexpr std::size_t kMaxCommand = 2000;  // cut shorter, a shell line is of no use

constexpr std::array<std::pair<Outcome, std::string_view>, kOutcomes.size()> kOutcomeWords = {
    {{Outcome::kPass, "PASS"},
     {Outcome::kDeviation, "DEVIATION"},
     {Outcome::kWarn, "WARN"},
     {Outcome::kInconclusive, "INCONCLUSIVE"},
     {Outcome::kFail, "FAIL"},
     {Outcome::kSkip, "SKIP"},
     {Outcome::kNotRun, "NOT RUN"}}};

void AppendLabelled(std::string_view label, std::string_view text, std::string& out) {
  out += fmt::format("      {:<9}{}\n", label, text);
}

std::string DescribeAnswer(const ExchangeRecord& exchange) {
  if (exchange.status_line.empty()) {
    return "no answer: " + ShowLine(exchange.trouble, kMaxLine);
  }
  std::string text = fmt::format("{}, {}, {}", ShowLine(exchange.status_line, kMaxLine),
                                 CountOf(exchange.field_count, "header field"),
                                 CountOf(exchange.body_bytes, "byte"));
  if (!exchange.trouble.empty()) text += "; " + ShowLine(exchange.trouble, kMaxLine);
  return text;
}

/// `text`, and from the column `width` on the id by which the other side knows the exchange.
std::string WithId(std::string text, std::size_t width, std::string_view name,
                   std::string_view id) {
  if (id.empty()) return text;
  text.append(width - CountCharacters(text) + 3, ' ');
  return text + fmt::format("{} {}", name, ShowLine(id, kMaxLine));
}

/// The begin of the content that came. Masked before it is cut: half a secret is known to nobody.
void AppendContent(const ExchangeRecord& exchange, const Redactor& redactor, std::string& out) {
  if (exchange.attempts.empty() || exchange.attempts.back().response.empty()) return;
  const std::string& body = exchange.attempts.back().response.front().body;
  if (!body.empty()) AppendLabelled("content", ShowLine(redactor.Redact(body)), out);
}

void AppendExchange(const ExchangeRecord& exchange, const Redactor* redactor, std::string& out) {
  if (!exchange.step.empty()) AppendLabelled("step", ShowLine(exchange.step, kMaxLine), out);
  const std::string sent = ShowLine(exchange.request_line, kMaxLine);
  const std::string got = DescribeAnswer(exchange);
  const std::size_t width = std::max(CountCharacters(sent), CountCharacters(got));
  AppendLabelled("sent", WithId(sent, width, "client-request-id", exchange.client_request_id), out);
  AppendLabelled("got", WithId(got, width, "request-id", exchange.request_id), out);
  if (redactor != nullptr) AppendContent(exchange, *redactor, out);
  if (!exchange.again.empty()) AppendLabelled("again", ShowLine(exchange.again, kMaxCommand), out);
}

void AppendFinding(const Finding& finding, std::string& out) {
  out += ShowLine(finding.path, kMaxLine);
  if (finding.span.line > 0) {
    out += fmt::format(":{}:{}", finding.span.line, finding.span.column);
  }
  out += fmt::format(": {}\n", ShowLine(finding.message, 2 * kMaxLine));
  if (finding.span.line > 0 && !finding.excerpt.empty()) {
    out += RenderExcerpt(finding.excerpt, finding.span);
  }
  for (std::size_t i = 0; i < finding.diff.size(); ++i) {
    AppendLabelled(i == 0 ? "differs" : "", ShowLine(finding.diff[i], kMaxLine), out);
  }
  AppendLabelled("clause",
                 fmt::format("{} ({}): {}", ShowLine(finding.clause.id), NameOf(finding.strength),
                             ShowLine(finding.says, kMaxLine)),
                 out);
  AppendLabelled("source", ShowLine(finding.source, kMaxLine), out);
  if (!finding.deviation.empty()) {
    AppendLabelled("accepted", "as a deviation: " + ShowLine(finding.deviation, kMaxLine), out);
  }
}

/// The last exchange of a step: where one is repeated until something holds, the last is judged.
const ExchangeRecord* FindExchange(const TestRecord& test, std::string_view step) {
  const auto found =
      std::find_if(test.exchanges.rbegin(), test.exchanges.rend(),
                   [step](const ExchangeRecord& exchange) { return exchange.step == step; });
  return found == test.exchanges.rend() ? nullptr : &*found;
}

}  // namespace

std::string_view WordOf(Outcome outcome) {
  for (const auto& [candidate, word] : kOutcomeWords) {
    if (candidate == outcome) return word;
  }
  return "";
}

std::string RenderTestName(const TestRecord& test) {
  std::string text = ShowLine(test.Id(), kMaxLine);
  if (!test.verdict.reason.empty()) text += ": " + ShowLine(test.verdict.reason, kMaxLine);
  return text;
}

std::string RenderVerdictLine(const TestRecord& test) {
  return fmt::format("{}  {}\n", WordOf(test.verdict.outcome), RenderTestName(test));
}

std::string RenderFindings(const TestRecord& test, const Redactor* redactor) {
  std::string text;
  const ExchangeRecord* shown = nullptr;
  const auto& findings = test.verdict.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    AppendFinding(findings[i], text);
    const bool last_of_step = i + 1 == findings.size() || findings[i + 1].step != findings[i].step;
    if (!last_of_step) continue;
    shown = FindExchange(test, findings[i].step);
    if (shown != nullptr) AppendExchange(*shown, redactor, text);
  }
  if (test.verdict.outcome == Outcome::kInconclusive && !test.exchanges.empty() &&
      shown != &test.exchanges.back()) {
    AppendExchange(test.exchanges.back(), redactor, text);
  }
  return text;
}

const Finding* FindDecidingFinding(const Verdict& verdict) {
  const Finding* deciding = nullptr;
  const auto weight = [](const Finding& finding) {
    if (!finding.deviation.empty()) return 0;
    return finding.strength == Strength::kMust ? 2 : 1;
  };
  for (const Finding& finding : verdict.findings) {
    if (deciding == nullptr || weight(finding) > weight(*deciding)) deciding = &finding;
  }
  return deciding;
}

}  // namespace conform
