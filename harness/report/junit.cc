#include "report/junit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <optional>
#include <pugixml.hpp>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/utf8.h"
#include "report/finding_text.h"
#include "report/junit_detail.h"
#include "report/junit_testcase.h"

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

Counts CountElements(const pugi::xml_node& suite) {
  Counts counts;
  for (const pugi::xml_node& testcase : suite.children("testcase")) {
    ++counts.tests;
    counts.failures += testcase.child("failure") ? 1 : 0;
    counts.errors += testcase.child("error") ? 1 : 0;
    counts.skipped += testcase.child("skipped") ? 1 : 0;
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

void AddRunProperties(const RunRecord& record, const JunitDetail& detail, pugi::xml_node& suite) {
  const RunHeader& header = record.header;
  pugi::xml_node properties = suite.append_child("properties");
  AddProperty(properties, "tool", "conform " + header.tool_version);
  AddProperty(properties, "profile", header.profile);
  AddProperty(properties, "target", header.target);
  AddProperty(properties, "proves", header.mock ? "the harness (a mock answered)" : "the service");
  AddProperty(properties, "strict", header.strict ? "true" : "false");
  if (header.shard_count > 1) {
    AddProperty(properties, "shard",
                fmt::format("{} of {}, counted from 0", header.shard_index, header.shard_count));
  }
  AddProperty(properties, "complete", record.complete ? "true" : "false");
  if (!detail.left_out.empty()) AddProperty(properties, "left_out", detail.left_out);
}

/// Returns how many bytes of text stand in it; gives up above `max_bytes`.
std::size_t AddSuite(const std::vector<const TestRecord*>& tests, const RunRecord& record,
                     const JunitDetail& detail, std::size_t max_bytes, pugi::xml_node& root) {
  pugi::xml_node suite = root.append_child("testsuite");
  SetAttribute(suite, "name", tests[0]->suite);
  AddRunProperties(record, detail, suite);
  std::chrono::microseconds duration{0};
  auto started = std::chrono::system_clock::time_point::max();
  std::size_t bytes = 0;
  for (const TestRecord* test : tests) {
    bytes += AddTestcase(*test, record.header, detail, suite);
    if (bytes > max_bytes) return bytes;
    duration += test->duration;
    if (HasStarted(*test)) started = std::min(started, test->started);
  }
  if (started == std::chrono::system_clock::time_point::max()) started = record.header.started;
  SetCounts(CountElements(suite), suite);
  SetTimes(duration, started, suite);
  return bytes;
}

class StringWriter final : public pugi::xml_writer {
 public:
  void write(const void* bytes, std::size_t size) override {
    text_.append(static_cast<const char*>(bytes), size);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

/// Of the suites below `root`.
Counts CountSuites(const pugi::xml_node& root) {
  Counts total;
  for (const pugi::xml_node& suite : root.children("testsuite")) {
    const Counts counts = CountElements(suite);
    total.tests += counts.tests;
    total.failures += counts.failures;
    total.errors += counts.errors;
    total.skipped += counts.skipped;
  }
  return total;
}

/// Nothing where it would take more than `max_bytes`.
std::optional<std::string> Render(const RunRecord& record, const JunitDetail& detail,
                                  std::size_t max_bytes) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  SetAttribute(declaration, "version", "1.0");
  SetAttribute(declaration, "encoding", "UTF-8");
  pugi::xml_node root = document.append_child("testsuites");
  SetAttribute(root, "name", "conform");
  std::size_t bytes = 0;
  for (const auto& suite : GroupBySuite(record)) {
    bytes += AddSuite(suite, record, detail, max_bytes - bytes, root);
    if (bytes > max_bytes) return std::nullopt;
  }
  SetCounts(CountSuites(root), root);
  SetTimes(record.duration, record.header.started, root);
  StringWriter writer;
  document.save(writer, " ", pugi::format_indent, pugi::encoding_utf8);
  std::string text = writer.Take();
  if (text.size() > max_bytes) return std::nullopt;
  return text;
}

}  // namespace

std::string RenderJunit(const RunRecord& record, const JunitLimits& limits) {
  const std::size_t first = record.tests.size() > limits.most_with_all_properties ? 1 : 0;
  for (std::size_t step = first; step + 1 < kJunitDetails.size(); ++step) {
    if (auto text = Render(record, kJunitDetails[step], limits.max_bytes)) return *std::move(text);
  }
  constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
  return Render(record, kJunitDetails.back(), kNoLimit).value_or("");
}

}  // namespace conform
