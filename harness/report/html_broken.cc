#include "report/html_broken.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/count_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// A promise that broke, and the finding that shows it best.
struct Broken {
  const ClauseCoverage* entry = nullptr;
  const Finding* finding = nullptr;
  std::size_t test = 0;  ///< that has it.
  int grace = 0;         ///< 0: a must; 1: a should; 2: accepted.
  // The tests that broke it:
  std::size_t alike = 0;     ///< by the same values as `finding`.
  std::size_t accepted = 0;  ///< of the others, only as deviations accept.
  std::size_t other = 0;     ///< in other ways.
};

int GraceOf(const Finding& finding) {
  if (!finding.deviation.empty()) return 2;
  return finding.strength == Strength::kMust ? 0 : 1;
}

void CountTestsThatBroke(const HtmlRun& run, Broken& broken) {
  const Finding& shown = *broken.finding;
  for (const std::string& id : broken.entry->broken_by) {
    bool alike = false;
    bool accepted = true;
    for (const Finding& finding : run.record.tests[run.index_of.at(id)].verdict.findings) {
      if (finding.clause != shown.clause) continue;
      alike = alike || (GraceOf(finding) == broken.grace && finding.expected == shown.expected &&
                        finding.actual == shown.actual);
      accepted = accepted && GraceOf(finding) == 2;
    }
    ++(alike ? broken.alike : accepted ? broken.accepted : broken.other);
  }
}

/// `in 1 test; 4 more broke it in other ways; 1 more as a deviation accepts`.
std::string DescribeTests(const Broken& broken) {
  std::string text = "in " + CountOf(broken.alike, "test");
  if (broken.other > 0) text += fmt::format("; {} more broke it in other ways", broken.other);
  if (broken.accepted > 0) text += fmt::format("; {} more as a deviation accepts", broken.accepted);
  return text;
}

Broken MakeBroken(const ClauseCoverage& entry, const HtmlRun& run) {
  Broken broken{.entry = &entry, .grace = 3};
  for (const std::string& id : entry.broken_by) {
    const std::size_t index = run.index_of.at(id);
    for (const Finding& finding : run.record.tests[index].verdict.findings) {
      if (finding.clause != entry.clause->key || GraceOf(finding) >= broken.grace) continue;
      broken = {.entry = &entry, .finding = &finding, .test = index, .grace = GraceOf(finding)};
    }
  }
  if (broken.finding != nullptr) CountTestsThatBroke(run, broken);
  return broken;
}

std::vector<Broken> FindBroken(const HtmlRun& run) {
  std::vector<Broken> all;
  for (const ClauseCoverage& entry : run.coverage) {
    if (entry.broken_by.empty()) continue;
    const Broken broken = MakeBroken(entry, run);
    if (broken.finding != nullptr) all.push_back(broken);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Broken& a, const Broken& b) { return a.grace < b.grace; });
  return all;
}

void WriteBroken(const Broken& broken, const HtmlRun& run, HtmlWriter& out) {
  const Finding& finding = *broken.finding;
  const auto item = out.Open("li");
  out.Leaf("strong", broken.entry->clause->says);
  out.Text(" Expected ");
  out.Leaf("code", ShowLine(finding.expected));
  out.Text(", got ");
  out.Leaf("code", ShowLine(finding.actual));
  out.Text(", " + DescribeTests(broken) + ". ");
  const std::string address = run.AddressOf(broken.test);
  if (!address.empty()) {
    out.Leaf("a", "Proof",
             {{"href", address}, {"aria-label", "Proof of " + finding.clause.id + " broken"}});
  }
  const auto basis = out.Open("p", {{"class", "id"}});
  out.Leaf("code", finding.clause.id);
  out.Text(fmt::format(" ({}{}), {}", NameOf(finding.strength),
                       broken.grace == 2 ? ", accepted as a deviation" : "", finding.source));
}

}  // namespace

void WriteBrokenPromises(const HtmlRun& run, HtmlWriter& out) {
  constexpr std::size_t kMost = 10;
  const std::vector<Broken> all = FindBroken(run);
  if (all.empty()) return;
  const auto section = out.Open("section", {{"id", "broken"}, {"aria-labelledby", "broken-title"}});
  out.Leaf("h2", all.size() == 1 ? "The promise that broke" : "The promises that broke",
           {{"id", "broken-title"}});
  {
    const auto list = out.Open("ol");
    for (std::size_t i = 0; i < std::min(all.size(), kMost); ++i) WriteBroken(all[i], run, out);
  }
  if (all.size() > kMost) {
    out.Leaf("p", fmt::format("And {} more: see the coverage matrix.", all.size() - kMost));
  }
}

}  // namespace conform
