#include "run/rendering_table.h"

#include "report/har.h"
#include "report/html.h"
#include "report/junit.h"
#include "report/sarif.h"
#include "report/summary.h"

namespace conform {
namespace {

Expected<void> Junit(const RenderingSource& source, const WriteReport& write) {
  return write(kJunitName, RenderJunit(source.record, source.conclusion, source.baseline));
}

Expected<void> Html(const RenderingSource& source, const WriteReport& write) {
  return WriteHtml(source.record, source.evidence, source.conclusion, write, source.baseline);
}

Expected<void> Har(const RenderingSource& source, const WriteReport& write) {
  return WriteHar(source.record, source.evidence, write);
}

Expected<void> Sarif(const RenderingSource& source, const WriteReport& write) {
  return write(kSarifName, RenderSarif(source.record, source.conclusion));
}

Expected<void> Summary(const RenderingSource& source, const WriteReport& write) {
  SummaryOptions options;
  options.verdict = source.conclusion.meaning;
  options.baseline = source.baseline;
  return write(kSummaryName, RenderSummary(source.record, options));
}

}  // namespace

const std::vector<Rendering>& AllRenderings() {
  static const std::vector<Rendering> kAll = {
      {"junit", kJunitName, R"(<testsuites name="conform")", Junit},
      {"html", kHtmlName, ": conform against ", Html},
      {"summary", kSummaryName, "# conform: ", Summary},
      {"sarif", kSarifName, R"("name": "conform")", Sarif},
      {"har", kHarName, R"("creator":{"name":"conform")", Har},
  };
  return kAll;
}

}  // namespace conform
