#include "report/junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <pugixml.hpp>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/in_order.h"
#include "base/utf8.h"
#include "report/baseline.h"
#include "report/finding_text.h"
#include "report/junit_detail.h"
#include "report/junit_testcase.h"
#include "report/mock_text.h"

namespace conform {
namespace {

/// Of the elements below a suite, or of all suites.
struct Counts {
  std::size_t tests = 0;
  std::size_t failures = 0;
  std::size_t errors = 0;
  std::size_t skipped = 0;
};

void Add(const Counts& more, Counts& counts) {
  counts.tests += more.tests;
  counts.failures += more.failures;
  counts.errors += more.errors;
  counts.skipped += more.skipped;
}

using Suites = std::vector<std::vector<const TestRecord*>>;

/// What all of the file is made of.
struct JunitRun {
  const RunRecord& record;
  const Conclusion& conclusion;
  const Baseline& baseline;
  Suites suites = {};
  Counts of_tests = {};

  /// Whether the run has something to tell that none of its tests shows: a bad file is no test's,
  /// and where nothing could be told a test says so by its `<error>`, or none does.
  bool HasTestcaseOfRun() const {
    const bool bad_input = conclusion.exit_code == 2;
    return bad_input || (conclusion.IsOfTheRun() && of_tests.errors == 0);
  }
};

/// Suites in the order in which they first appear; a shuffled run mixes their tests.
Suites GroupBySuite(const RunRecord& record) {
  Suites suites;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const TestRecord& test : record.tests) {
    const auto [place, is_new] = places.try_emplace(test.suite, suites.size());
    if (is_new) suites.emplace_back();
    suites[place->second].push_back(&test);
  }
  return suites;
}

Counts CountElements(const std::vector<const TestRecord*>& tests, const Baseline& baseline) {
  Counts counts;
  for (const TestRecord* test : tests) {
    const Outcome outcome = baseline.CountsAs(*test);
    ++counts.tests;
    counts.failures += outcome == Outcome::kFail ? 1 : 0;
    counts.errors += outcome == Outcome::kInconclusive ? 1 : 0;
    counts.skipped += WasRun(outcome) ? 0 : 1;
  }
  return counts;
}

void SetCounts(const Counts& counts, pugi::xml_node& node) {
  node.append_attribute("tests").set_value(counts.tests);
  node.append_attribute("failures").set_value(counts.failures);
  node.append_attribute("errors").set_value(counts.errors);
  node.append_attribute("skipped").set_value(counts.skipped);
}

void SetTimes(std::chrono::microseconds duration, std::chrono::system_clock::time_point started,
              pugi::xml_node& node) {
  SetAttribute(node, "time", FormatSeconds(duration));
  SetAttribute(node, "timestamp", FormatTimestamp(started));
}

/// What each suite says of the run: made once, since a record of thousands is looked through for
/// it.
void MakeRunProperties(const JunitRun& run, const JunitDetail& detail, pugi::xml_document& made) {
  const RunRecord& record = run.record;
  const RunHeader& header = record.header;
  pugi::xml_node properties = made.append_child("properties");
  AddProperty(properties, "tool", "conform " + header.tool.version);
  AddProperty(properties, "profile", header.profile);
  AddProperty(properties, "target", header.target);
  AddProperty(properties, "proves", WhatItProves(record));
  AddProperty(properties, "strict", header.strict ? "true" : "false");
  AddProperty(properties, "baseline", run.baseline.Began());
  if (!header.evidence.empty()) AddProperty(properties, "evidence", header.evidence);
  if (header.shard_count > 1) {
    AddProperty(properties, "shard",
                fmt::format("{} of {}, counted from 0", header.shard_index, header.shard_count));
  }
  AddProperty(properties, "complete", record.complete ? "true" : "false");
  AddProperty(properties, "exit_code", std::to_string(run.conclusion.exit_code));
  AddProperty(properties, "verdict", ShowLine(run.conclusion.meaning, detail.message_characters));
  if (!detail.left_out.empty()) AddProperty(properties, "left_out", detail.left_out);
}

/// With everything but its tests.
void AddSuite(const std::vector<const TestRecord*>& tests, const JunitRun& run,
              const pugi::xml_document& of_run, pugi::xml_document& document) {
  pugi::xml_node suite = document.append_child("testsuite");
  SetAttribute(suite, "name", tests[0]->suite);
  suite.append_copy(of_run.first_child());
  std::chrono::microseconds duration{0};
  auto started = std::chrono::system_clock::time_point::max();
  for (const TestRecord* test : tests) {
    duration += test->duration;
    if (HasStarted(*test)) started = std::min(started, test->started);
  }
  if (started == std::chrono::system_clock::time_point::max()) started = run.record.header.started;
  SetCounts(CountElements(tests, run.baseline), suite);
  SetTimes(duration, started, suite);
}

constexpr Counts kCountsOfRun = {.tests = 1, .errors = 1};

/// The suite of the run itself, whose one testcase says why the run is no pass.
void AddSuiteOfRun(const JunitRun& run, const pugi::xml_document& of_run,
                   pugi::xml_document& document) {
  constexpr const char* kName = "conform";
  const auto started = run.record.header.started;
  pugi::xml_node suite = document.append_child("testsuite");
  SetAttribute(suite, "name", kName);
  suite.append_copy(of_run.first_child());
  SetCounts(kCountsOfRun, suite);
  SetTimes({}, started, suite);
  pugi::xml_node testcase = suite.append_child("testcase");
  SetAttribute(testcase, "classname", kName);
  SetAttribute(testcase, "name", "run");
  SetTimes({}, started, testcase);
  pugi::xml_node error = testcase.append_child("error");
  SetAttribute(error, "message", run.conclusion.meaning);
  SetAttribute(error, "type", fmt::format("exit_code_{}", run.conclusion.exit_code));
  std::string body;
  for (const std::string& reason : run.conclusion.reasons) body += ShowLine(reason, 1'000) + '\n';
  error.append_child(pugi::node_pcdata).set_value(body.c_str());
}

void AddRoot(const JunitRun& run, pugi::xml_document& document) {
  pugi::xml_node root = document.append_child("testsuites");
  SetAttribute(root, "name", "conform");
  Counts total = run.of_tests;
  if (run.HasTestcaseOfRun()) Add(kCountsOfRun, total);
  SetCounts(total, root);
  SetTimes(run.record.duration, run.record.header.started, root);
}

class StringWriter final : public pugi::xml_writer {
 public:
  void write(const void* bytes, std::size_t size) override {
    text_.append(static_cast<const char*>(bytes), size);
  }
  std::string& text() { return text_; }

 private:
  std::string text_;
};

/// Writes the elements of `document` at this depth, and empties it.
void Flush(pugi::xml_document& document, unsigned depth, StringWriter& writer) {
  for (const pugi::xml_node& element : document.children()) {
    element.print(writer, " ", pugi::format_indent, pugi::encoding_utf8, depth);
  }
  document.reset();
}

/// The element that was written last is opened again, for what belongs into it.
void Reopen(std::string_view written_end, std::string_view open_end, std::string& text) {
  text.resize(text.size() - written_end.size());
  text += open_end;
}

/// The elements of some tests. Of a hundred thousand only the text is ever held.
std::string RenderTests(std::span<const TestRecord* const> tests, const JunitRun& run,
                        const JunitDetail& detail) {
  constexpr std::size_t kTestsAtOnce = 64;
  StringWriter writer;
  pugi::xml_document document;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    AddTestcase(*tests[i], run.record.header, run.baseline, detail, document);
    if ((i + 1) % kTestsAtOnce == 0 || i + 1 == tests.size()) Flush(document, 2, writer);
  }
  return std::move(writer.text());
}

/// Nothing where it would take more than `max_bytes`.
std::optional<std::string> Render(const JunitRun& run, const JunitDetail& detail,
                                  std::size_t max_bytes) {
  constexpr std::size_t kTestsInStretch = 512;
  StringWriter writer;
  std::string& text = writer.text();
  text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  pugi::xml_document document;
  AddRoot(run, document);
  Flush(document, 0, writer);
  if (run.suites.empty() && !run.HasTestcaseOfRun()) return std::move(text);
  Reopen(" />\n", ">\n", text);
  pugi::xml_document of_run;
  MakeRunProperties(run, detail, of_run);
  for (const auto& tests : run.suites) {
    AddSuite(tests, run, of_run, document);
    Flush(document, 1, writer);
    Reopen(" </testsuite>\n", "", text);
    const std::span<const TestRecord* const> all(tests);
    std::size_t stretches = 1 + tests.size() / kTestsInStretch;
    MakeInOrder(
        tests.size(), kTestsInStretch,
        [&](std::size_t begin, std::size_t end) {
          return RenderTests(all.subspan(begin, end - begin), run, detail);
        },
        [&](const std::string& told) {
          // Else the text is copied to ever new places, of which each costs more than the copying.
          const std::size_t about = text.size() + stretches-- * (told.size() + told.size() / 8);
          if (text.capacity() < about) text.reserve(std::min(about, max_bytes));
          text += told;
          return text.size() <= max_bytes;
        });
    if (text.size() > max_bytes) return std::nullopt;
    text += " </testsuite>\n";
  }
  if (run.HasTestcaseOfRun()) {
    AddSuiteOfRun(run, of_run, document);
    Flush(document, 1, writer);
  }
  text += "</testsuites>\n";
  if (text.size() > max_bytes) return std::nullopt;
  return std::move(text);
}

}  // namespace

std::string RenderJunit(const RunRecord& record, const Conclusion& conclusion,
                        const RunRecord* baseline_run, const JunitLimits& limits) {
  const Baseline baseline(record, baseline_run);
  JunitRun run{record, conclusion, baseline, GroupBySuite(record)};
  for (const auto& tests : run.suites) Add(CountElements(tests, baseline), run.of_tests);
  const std::size_t first = record.tests.size() > limits.most_with_all_properties ? 1 : 0;
  for (std::size_t step = first; step + 1 < kJunitDetails.size(); ++step) {
    if (auto text = Render(run, kJunitDetails[step], limits.max_bytes)) return *std::move(text);
  }
  constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
  return Render(run, kJunitDetails.back(), kNoLimit).value_or("");
}

}  // namespace conform
