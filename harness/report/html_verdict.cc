#include "report/html_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/date.h"
#include "base/utf8.h"
#include "report/html_tests.h"

namespace conform {
namespace {

/// By exit code: the word, how the sentence begins, and its class.
struct Form {
  std::string_view stamp;
  std::string_view kind;
};
constexpr std::array<Form, 4> kForms = {{{"PASSED", "pass"},
                                         {"FAILED", "fail"},
                                         {"BAD INPUT", "fail"},
                                         {"COULD NOT TELL", "inconclusive"}}};

const Form& FormOf(const Conclusion& conclusion) {
  const bool known = conclusion.exit_code >= 0 && conclusion.exit_code <= 3;
  return kForms[known ? static_cast<std::size_t>(conclusion.exit_code) : 3];
}

std::size_t CountTests(const RunRecord& record, Outcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(record.tests.begin(), record.tests.end(),
                    [outcome](const TestRecord& test) { return test.verdict.outcome == outcome; }));
}

/// Clauses that were judged, and of them broken.
struct Promises {
  std::size_t judged = 0;
  std::size_t broken = 0;
};

Promises CountPromises(const HtmlRun& run) {
  Promises count;
  for (const ClauseCoverage& entry : run.coverage) {
    count.judged += entry.state == ClauseCoverage::State::kJudged ? 1 : 0;
    count.broken += entry.broken_by.empty() ? 0 : 1;
  }
  return count;
}

/// `It proves …`: of the service or of the mock.
std::string DescribeProof(const HtmlRun& run) {
  const CoverageCount count = CountContractClauses(run.coverage);
  const std::string rest =
      count.judged == count.promised
          ? fmt::format("All {} were judged.", CountOf(count.promised, "contract clause"))
          : fmt::format("{} of {} were judged; of the rest it says nothing.", count.judged,
                        CountOf(count.promised, "contract clause"));
  if (run.record.header.mock) {
    return "A mock made from the contracts answered. A pass proves that cases, checks and harness "
           "work. It does not prove that the service keeps one promise. " +
           rest;
  }
  return fmt::format(
      "It proves what {} answered to these requests at these times. It does not prove what other "
      "requests, tenants or times would see. {}",
      ShowLine(run.record.header.target), rest);
}

/// What makes the run less than the whole population, each in a sentence.
std::vector<std::string> DescribeBounds(const RunRecord& record) {
  const RunHeader& header = record.header;
  std::vector<std::string> bounds;
  if (!record.complete) {
    bounds.emplace_back("The run was ended early: this is what it left.");
  }
  if (header.selected != header.population) {
    bounds.push_back(fmt::format("{} of {} were selected.", header.selected,
                                 CountOf(header.population, "test")));
  }
  if (header.shard_count > 1) {
    bounds.push_back(fmt::format("This is shard {} of {}, counted from 0.", header.shard_index,
                                 header.shard_count));
  }
  return bounds;
}

void WriteCounts(const RunRecord& record, HtmlWriter& out) {
  const auto list = out.Open("ul", {{"class", "counts"}});
  for (const Outcome outcome : kOutcomes) {
    const std::size_t count = CountTests(record, outcome);
    if (count == 0) continue;
    const auto item = out.Open("li", {{"class", NameOf(outcome)}});
    out.Leaf("b", std::to_string(count));
    out.Text(fmt::format(" {}", ProseOf(outcome)));
  }
}

/// A promise that broke, and the finding that shows it best.
struct Broken {
  const ClauseCoverage* entry = nullptr;
  const Finding* finding = nullptr;
  std::size_t test = 0;  ///< that has it.
  int grace = 0;         ///< 0: a must; 1: a should; 2: accepted.
};

int GraceOf(const Finding& finding) {
  if (!finding.deviation.empty()) return 2;
  return finding.strength == Strength::kMust ? 0 : 1;
}

Broken MakeBroken(const ClauseCoverage& entry, const HtmlRun& run) {
  Broken broken{&entry, nullptr, 0, 3};
  for (const std::string& id : entry.broken_by) {
    const std::size_t index = run.index_of.at(id);
    for (const Finding& finding : run.record.tests[index].verdict.findings) {
      if (finding.clause != entry.clause->key || GraceOf(finding) >= broken.grace) continue;
      broken = {&entry, &finding, index, GraceOf(finding)};
    }
  }
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
  out.Text(fmt::format(", in {}. ", CountOf(broken.entry->broken_by.size(), "test")));
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

std::string_view StampOf(const Conclusion& conclusion) { return FormOf(conclusion).stamp; }

std::string RenderVerdictSentence(const HtmlRun& run) {
  const Promises count = CountPromises(run);
  const std::string_view who = TargetNoun(run.record.header);
  const std::string promises = CountOf(count.judged, "promise");
  switch (run.conclusion.exit_code) {
    case 0:
      if (count.judged == 0) return "Passed: no test falls to this shard.";
      if (count.broken == 0) {
        return fmt::format("Passed: {} kept each of the {} that {} judged.", who, promises,
                           count.judged == 1 ? "was" : "were");
      }
      return fmt::format("Passed: {} broke {} of the {} judged, each only advised or accepted.",
                         who, count.broken, promises);
    case 1:
      return fmt::format("Failed: {} broke {} of the {} judged; {} of {} failed.", who,
                         count.broken, promises, CountTests(run.record, Outcome::kFail),
                         CountOf(run.record.tests.size(), "test"));
    case 2:
      return "No valid verdict: a file or an option must be put right first.";
    default:
      return fmt::format("Could not tell whether {} keeps its promises.", who);
  }
}

void WriteMockBand(HtmlWriter& out) {
  const auto band = out.Open("p", {{"class", "mock"}});
  out.Leaf("strong", "MOCK RUN: THE REAL SERVICE WAS NOT ASKED");
}

void WriteVerdict(const HtmlRun& run, HtmlWriter& out) {
  const RunRecord& record = run.record;
  const auto header = out.Open("header", {{"class", FormOf(run.conclusion).kind}});
  {
    const auto stamp = out.Open("p", {{"class", "stamp"}});
    out.Leaf("strong", StampOf(run.conclusion));
  }
  if (record.header.mock) WriteMockBand(out);
  out.Leaf("h1", RenderVerdictSentence(run));
  out.Leaf("p", DescribeProof(run), {{"class", "proof"}});
  for (const std::string& bound : DescribeBounds(record)) {
    const auto line = out.Open("p");
    out.Leaf("strong", bound);
  }
  WriteCounts(record, out);
  out.Leaf("p",
           fmt::format("Exit code {}: {}. Target {}, profile {}, {} in {}.",
                       run.conclusion.exit_code, ShowLine(run.conclusion.meaning, 1'000),
                       ShowLine(record.header.target), ShowLine(record.header.profile),
                       FormatTimestamp(record.header.started), ShowDuration(record.duration)),
           {{"class", "when"}});
}

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
