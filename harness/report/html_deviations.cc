#include "report/html_deviations.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/count_text.h"
#include "record/accepted_deviation.h"

namespace conform {
namespace {

std::string DescribeHappened(const DeviationRecord& deviation, const RunRecord& record) {
  const auto count =
      std::count_if(record.tests.begin(), record.tests.end(),
                    [&](const TestRecord& test) { return Happened(deviation, test); });
  return count == 0 ? "did not happen"
                    : "happened in " + CountOf(static_cast<std::size_t>(count), "test");
}

void WriteRow(const DeviationRecord& deviation, const RunRecord& record, HtmlWriter& out) {
  const auto row = out.Open("tr");
  {
    const auto clause = out.Open("th", {{"scope", "row"}});
    out.Leaf("code", deviation.clause);
    out.Leaf("p", deviation.case_id == "*" ? "in every case" : "in " + deviation.case_id);
    out.Leaf("code", deviation.place);
  }
  {
    const auto actual = out.Open("td");
    if (!deviation.subject.empty()) out.Leaf("code", deviation.subject);
    if (deviation.actual.empty()) {
      out.Leaf("p", "whatever it is");
    } else {
      out.Leaf("code", deviation.actual);
    }
  }
  {
    const auto reason = out.Open("td");
    out.Leaf("p", deviation.reason);
    WriteLinkOrText(deviation.issue, out);
  }
  out.Leaf("td", deviation.approver);
  {
    const auto review = out.Open("td");
    out.Leaf("time", deviation.review);
    if (deviation.overdue) out.Leaf("strong", "OVERDUE", {{"class", "word fail"}});
  }
  out.Leaf("td", DescribeHappened(deviation, record));
}

}  // namespace

void WriteLinkOrText(const std::string& text, HtmlWriter& out) {
  if (text.starts_with("https://") || text.starts_with("http://")) {
    out.Leaf("a", text, {{"href", text}, {"rel", "noreferrer"}});
  } else {
    out.Text(text);
  }
}

void WriteDeviations(const HtmlRun& run, HtmlWriter& out) {
  const RunHeader& header = run.record.header;
  const auto section =
      out.Open("section", {{"id", "deviations"}, {"aria-labelledby", "deviations-title"}});
  out.Leaf("h2", "Deviations: known, and accepted for now", {{"id", "deviations-title"}});
  if (header.deviations.empty()) {
    out.Leaf("p", "None stands for this profile.");
    return;
  }
  const auto region = out.Open("div", {{"class", "scroll"},
                                       {"role", "region"},
                                       {"tabindex", "0"},
                                       {"aria-label", "Table of deviations"}});
  const auto table = out.Open("table");
  out.Leaf("caption", CountOf(header.deviations.size(), "deviation"));
  {
    const auto head = out.Open("thead");
    const auto row = out.Open("tr");
    for (const std::string_view name :
         {"Clause", "Accepted", "Reason", "Approved by", "Review by", "In this run"}) {
      out.Leaf("th", name, {{"scope", "col"}});
    }
  }
  const auto body = out.Open("tbody");
  for (const DeviationRecord& deviation : header.deviations) {
    WriteRow(deviation, run.record, out);
  }
}

}  // namespace conform
