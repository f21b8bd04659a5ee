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

using Suites = std::vector<std::vector<const TestRecord*>>;

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
void MakeRunProperties(const RunRecord& record, const Baseline& baseline, const JunitDetail& detail,
                       pugi::xml_document& made) {
  const RunHeader& header = record.header;
  pugi::xml_node properties = made.append_child("properties");
  AddProperty(properties, "tool", "conform " + header.tool.version);
  AddProperty(properties, "profile", header.profile);
  AddProperty(properties, "target", header.target);
  AddProperty(properties, "proves", WhatItProves(record));
  AddProperty(properties, "strict", header.strict ? "true" : "false");
  AddProperty(properties, "baseline", baseline.Began());
  if (!header.evidence.empty()) AddProperty(properties, "evidence", header.evidence);
  if (header.shard_count > 1) {
    AddProperty(properties, "shard",
                fmt::format("{} of {}, counted from 0", header.shard_index, header.shard_count));
  }
  AddProperty(properties, "complete", record.complete ? "true" : "false");
  if (!detail.left_out.empty()) AddProperty(properties, "left_out", detail.left_out);
}

/// With everything but its tests.
void AddSuite(const std::vector<const TestRecord*>& tests, const RunRecord& record,
              const Baseline& baseline, const pugi::xml_document& of_run,
              pugi::xml_document& document) {
  pugi::xml_node suite = document.append_child("testsuite");
  SetAttribute(suite, "name", tests[0]->suite);
  suite.append_copy(of_run.first_child());
  std::chrono::microseconds duration{0};
  auto started = std::chrono::system_clock::time_point::max();
  for (const TestRecord* test : tests) {
    duration += test->duration;
    if (HasStarted(*test)) started = std::min(started, test->started);
  }
  if (started == std::chrono::system_clock::time_point::max()) started = record.header.started;
  SetCounts(CountElements(tests, baseline), suite);
  SetTimes(duration, started, suite);
}

void AddRoot(const Suites& suites, const RunRecord& record, const Baseline& baseline,
             pugi::xml_document& document) {
  pugi::xml_node root = document.append_child("testsuites");
  SetAttribute(root, "name", "conform");
  Counts total;
  for (const auto& suite : suites) {
    const Counts counts = CountElements(suite, baseline);
    total.tests += counts.tests;
    total.failures += counts.failures;
    total.errors += counts.errors;
    total.skipped += counts.skipped;
  }
  SetCounts(total, root);
  SetTimes(record.duration, record.header.started, root);
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
std::string RenderTests(std::span<const TestRecord* const> tests, const RunHeader& header,
                        const Baseline& baseline, const JunitDetail& detail) {
  constexpr std::size_t kTestsAtOnce = 64;
  StringWriter writer;
  pugi::xml_document document;
  for (std::size_t i = 0; i < tests.size(); ++i) {
    AddTestcase(*tests[i], header, baseline, detail, document);
    if ((i + 1) % kTestsAtOnce == 0 || i + 1 == tests.size()) Flush(document, 2, writer);
  }
  return std::move(writer.text());
}

/// Nothing where it would take more than `max_bytes`.
std::optional<std::string> Render(const RunRecord& record, const Suites& suites,
                                  const Baseline& baseline, const JunitDetail& detail,
                                  std::size_t max_bytes) {
  constexpr std::size_t kTestsInStretch = 512;
  StringWriter writer;
  std::string& text = writer.text();
  text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  pugi::xml_document document;
  AddRoot(suites, record, baseline, document);
  Flush(document, 0, writer);
  if (suites.empty()) return std::move(text);
  Reopen(" />\n", ">\n", text);
  pugi::xml_document of_run;
  MakeRunProperties(record, baseline, detail, of_run);
  for (const auto& tests : suites) {
    AddSuite(tests, record, baseline, of_run, document);
    Flush(document, 1, writer);
    Reopen(" </testsuite>\n", "", text);
    const std::span<const TestRecord* const> all(tests);
    std::size_t stretches = 1 + tests.size() / kTestsInStretch;
    MakeInOrder(
        tests.size(), kTestsInStretch,
        [&](std::size_t begin, std::size_t end) {
          return RenderTests(all.subspan(begin, end - begin), record.header, baseline, detail);
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
  text += "</testsuites>\n";
  if (text.size() > max_bytes) return std::nullopt;
  return std::move(text);
}

}  // namespace

std::string RenderJunit(const RunRecord& record, const RunRecord* baseline_run,
                        const JunitLimits& limits) {
  const Baseline baseline(record, baseline_run);
  const Suites suites = GroupBySuite(record);
  const std::size_t first = record.tests.size() > limits.most_with_all_properties ? 1 : 0;
  for (std::size_t step = first; step + 1 < kJunitDetails.size(); ++step) {
    if (auto text = Render(record, suites, baseline, kJunitDetails[step], limits.max_bytes))
      return *std::move(text);
  }
  constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
  return Render(record, suites, baseline, kJunitDetails.back(), kNoLimit).value_or("");
}

}  // namespace conform
