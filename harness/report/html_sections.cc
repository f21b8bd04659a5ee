#include "report/html_sections.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "base/date.h"
#include "base/utf8.h"
#include "report/html_coverage.h"
#include "report/html_deviations.h"
#include "report/html_environment.h"
#include "report/html_timing.h"
#include "report/html_unjudged.h"
#include "report/html_verdict.h"
#include "report/mock_text.h"

namespace conform {
namespace {

void WriteNavigation(const HtmlRun& run, HtmlWriter& out) {
  const std::vector<std::pair<std::string_view, std::string>> places = {
      {"#findings", fmt::format("To act on ({})", run.to_act_on.size())},
      {"#coverage", "Coverage"},
      {"#tests", "Other tests"},
      {"#unjudged", "Not judged"},
      {"#deviations", "Deviations"},
      {"#timing", "Timing"},
      {"#environment", "Environment and digests"}};
  const auto navigation = out.Open("nav", {{"aria-label", "Contents"}});
  const auto list = out.Open("ul");
  for (const auto& [address, name] : places) {
    const auto item = out.Open("li");
    out.Leaf("a", name, {{"href", address}});
  }
}

}  // namespace

std::string TitleOf(const HtmlRun& run) {
  const RunHeader& header = run.record.header;
  return fmt::format("{}{}: conform against {}, {}", StampOf(run.conclusion), MarkOfMock(header),
                     ShowLine(header.target), FormatTimestamp(header.started));
}

void WriteOpening(const HtmlRun& run, HtmlWriter& out) {
  out.Leaf("a", "Skip to what was found", {{"class", "past"}, {"href", "#main"}});
  WriteVerdict(run, out);
  WriteNavigation(run, out);
}

void WriteRest(const HtmlRun& run, HtmlWriter& out) {
  WriteUnjudged(run, out);
  WriteDeviations(run, out);
  WriteTiming(run, out);
  WriteEnvironment(run, out);
}

void WriteFooter(const RunRecord& record, HtmlWriter& out) {
  const auto footer = out.Open("footer");
  out.Leaf("p",
           fmt::format("Made by conform {} from the run record in run.json, which has all that "
                       "is shown here; the same record gives the same page.",
                       record.header.tool.version));
}

}  // namespace conform
