#include "report/har.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/json_text.h"
#include "base/utf8.h"
#include "report/har_entry.h"
#include "report/mock_text.h"

namespace conform {
namespace {

using nlohmann::ordered_json;

/// Bytes that are no UTF-8 do not stop a report.
std::string Dump(const ordered_json& json) { return ShowJsonText(WriteJsonText(json)); }

struct WrittenEntry {
  std::chrono::system_clock::time_point started;
  std::string text;
};

/// Appends an entry for each attempt of the test.
void AppendEntries(const TestRecord& test, std::vector<WrittenEntry>& entries) {
  for (const ExchangeRecord& exchange : test.exchanges) {
    for (std::size_t i = 0; i < exchange.attempts.size(); ++i) {
      entries.push_back({exchange.attempts[i].started, Dump(MakeHarEntry({&test, &exchange, i}))});
    }
  }
}

std::string DescribeLog(const RunRecord& record, std::size_t left_out) {
  std::string text = fmt::format("profile {}, target {}: {}", record.header.profile,
                                 record.header.target, DescribeProof(record));
  if (left_out > 0) {
    text += fmt::format(
        "; of {} tests only those that did not pass are here, {} left out: run.json has all",
        record.tests.size(), left_out);
  }
  if (record.header.SparesPasses()) {
    text += "; of tests that passed none was kept (--evidence failed)";
  }
  if (!record.complete) text += "; the run was cut off and did not finish";
  return text;
}

/// Everything of the log up to its entries.
std::string BeginLog(const RunRecord& record, std::size_t left_out) {
  ordered_json creator;
  creator["name"] = "conform";
  creator["version"] = record.header.tool.version;
  std::string text = R"({"log":{"version":"1.2","creator":)" + Dump(creator);
  text += R"(,"comment":)" + Dump(DescribeLog(record, left_out)) + R"(,"entries":[)";
  return text;
}

}  // namespace

Expected<void> WriteHar(const RunRecord& record, const EvidenceReader& evidence,
                        const WriteReport& write, const HarLimits& limits) {
  const bool all = record.tests.size() <= limits.most_tests_with_all;
  std::size_t left_out = 0;
  std::vector<WrittenEntry> entries;
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    const TestRecord& test = record.tests[i];
    if (test.exchanges.empty()) continue;
    if (!all && test.verdict.outcome == Outcome::kPass) {
      ++left_out;
      continue;
    }
    const Expected<TestRecord> whole = evidence(i);
    if (!whole) return Fail(whole.error().message);
    AppendEntries(*whole, entries);
  }
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const WrittenEntry& a, const WrittenEntry& b) { return a.started < b.started; });
  std::string text = BeginLog(record, left_out);
  const char* separator = "\n";
  for (WrittenEntry& entry : entries) {
    text += std::exchange(separator, ",\n") + std::exchange(entry.text, {});
  }
  text += "\n]}}\n";
  return write(kHarName, text);
}

}  // namespace conform
