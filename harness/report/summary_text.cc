#include "report/summary_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/count_text.h"
#include "report/markdown.h"
#include "report/shared_cause.h"

namespace conform {
namespace {

/// Of one test: a page is read, not searched.
constexpr std::size_t kMostFindings = 5;

std::string Place(const std::string& path, int line, int column) {
  if (line < 1) return MarkdownCode(path);
  return MarkdownCode(column < 1 ? fmt::format("{}:{}", path, line)
                                 : fmt::format("{}:{}:{}", path, line, column));
}

std::string RenderFinding(const Finding& finding) {
  std::string text = fmt::format(
      "- {}: {} ({}): {}\n", Place(finding.path, finding.span.line, finding.span.column),
      MarkdownCode(finding.clause.id), NameOf(finding.strength), EscapeMarkdown(finding.says));
  if (!finding.step.empty()) text += fmt::format("  - step {}\n", MarkdownCode(finding.step));
  text += fmt::format("  - {}: expected {}, actual {}\n", MarkdownCode(finding.subject),
                      MarkdownCode(finding.expected), MarkdownCode(finding.actual));
  text += fmt::format("  - source: {}\n", EscapeMarkdown(finding.source));
  if (!finding.deviation.empty()) {
    text += fmt::format("  - accepted as a deviation: {}\n", EscapeMarkdown(finding.deviation));
  }
  return text;
}

/// The last exchange: what a test that ended in a failure ended with.
std::string RenderExchange(const ExchangeRecord& exchange) {
  const std::string answer =
      exchange.status_line.empty() ? "no answer: " + exchange.trouble : exchange.status_line;
  std::string text =
      fmt::format("- sent {}, got {}", MarkdownCode(exchange.request_line), MarkdownCode(answer));
  if (!exchange.request_id.empty()) {
    text += fmt::format(" (request-id {})", MarkdownCode(exchange.request_id));
  }
  return text + "\n";
}

}  // namespace

std::string RenderFailure(const TestRecord& test) {
  std::string text = fmt::format("### {}\n\n", EscapeMarkdown(test.Id()));
  if (!test.title.empty()) text += EscapeMarkdown(test.title) + "\n\n";
  const auto& findings = test.verdict.findings;
  for (std::size_t i = 0; i < std::min(findings.size(), kMostFindings); ++i) {
    text += RenderFinding(findings[i]);
  }
  if (findings.size() > kMostFindings) {
    text += fmt::format("- and {} more findings\n", findings.size() - kMostFindings);
  }
  if (!test.exchanges.empty()) text += RenderExchange(test.exchanges.back());
  if (!test.verdict.reason.empty()) {
    text += fmt::format("- {}\n", EscapeMarkdown(test.verdict.reason));
  }
  return text + "\n";
}

std::string RenderName(const TestRecord& test) {
  return fmt::format("- {} {}\n", MarkdownCode(test.Id()), EscapeMarkdown(test.title));
}

std::string RenderReason(const TestRecord& test) {
  return fmt::format("- {}: {}\n", MarkdownCode(test.Id()), EscapeMarkdown(test.verdict.reason));
}

std::string RenderSharedReason(const TestRecord& first, std::size_t tests) {
  return fmt::format("- {}, of which {} is the first: {}\n", CountOf(tests, "test"),
                     MarkdownCode(first.Id()), EscapeMarkdown(CauseOf(first)));
}

std::string RenderClauseRow(const ClauseCoverage& clause) {
  const ClauseRecord& record = *clause.clause;
  const std::string state = clause.broken_by.empty()
                                ? std::string(NameOf(clause.state))
                                : fmt::format("broken by {}", clause.broken_by.size());
  std::string name = MarkdownCode(record.key.id);
  if (!record.key.edition.empty()) name += " " + MarkdownCode(record.key.edition);
  return fmt::format("| {} | {} | {} | {} |\n", name, NameOf(record.strength), state,
                     EscapeMarkdown(record.says));
}

}  // namespace conform
