#include "record/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "record/run_record_json.h"

namespace conform {
namespace {

template <typename T>
std::string Text(const T& value) {
  return fmt::format("{}", value);
}

std::string Describe(const ToolRecord& tool) {
  return tool.commit.empty() ? tool.version : fmt::format("{} ({})", tool.version, tool.commit);
}

/// All that the record says which no shard may say otherwise, as text.
std::string ClausesText(const RunHeader& header) {
  RunHeader told;
  told.requires_clauses = header.requires_clauses;
  told.clauses = header.clauses;
  told.deviations = header.deviations;
  told.files = header.files;
  std::string text;
  AppendJson(told, text);
  return text;
}

std::string EvidenceText(const RunHeader& header) {
  return header.evidence.empty() ? "all" : header.evidence;
}

/// Mocks are alike wherever they listen: each shard may have started its own.
std::string_view TargetText(const RunHeader& header) {
  return header.mock ? std::string_view("mock") : header.target;
}

/// Whatever words each was left out by.
bool SelectTheSame(const RunHeader& a, const RunHeader& b) {
  return std::equal(
      a.left_out.begin(), a.left_out.end(), b.left_out.begin(), b.left_out.end(),
      [](const LeftOutRecord& x, const LeftOutRecord& y) { return x.what == y.what; });
}

/// What differs between two headers that must not; empty: nothing.
std::string FindDifference(const RunHeader& a, const RunHeader& b) {
  const std::array<std::pair<std::string_view, std::array<std::string, 2>>, 9> facts = {{
      {"number of shards", {Text(a.shard_count), Text(b.shard_count)}},
      {"version of conform", {Describe(a.tool), Describe(b.tool)}},
      {"profile", {a.profile, b.profile}},
      {"--strict", {Text(a.strict), Text(b.strict)}},
      {"--evidence", {EvidenceText(a), EvidenceText(b)}},
      {"kind of target", {a.mock ? "mock" : "service", b.mock ? "mock" : "service"}},
      {"target", {Text(TargetText(a)), Text(TargetText(b))}},
      {"number of tests", {Text(a.population), Text(b.population)}},
      {"number of tests selected", {Text(a.selected), Text(b.selected)}},
  }};
  for (const auto& [what, values] : facts) {
    if (values[0] != values[1]) {
      return fmt::format("the {} differs: {} and {}", what, values[0], values[1]);
    }
  }
  if (!SelectTheSame(a, b)) return "their filters or paths select other tests";
  if (ClausesText(a) != ClausesText(b)) return "their clauses, deviations or files differ";
  return "";
}

/// Adds who asked in another shard and in none before, or by another token.
void AddIdentities(const std::vector<IdentityRecord>& others,
                   std::vector<IdentityRecord>& identities) {
  for (const IdentityRecord& other : others) {
    const bool known = std::find(identities.begin(), identities.end(), other) != identities.end();
    if (!known) identities.push_back(other);
  }
}

/// Adds what stood in another shard's alone.
void AddSecretFiles(const std::vector<std::string>& others, std::vector<std::string>& paths) {
  paths.insert(paths.end(), others.begin(), others.end());
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
}

/// Every shard once, all of one run.
Expected<void> RequireWhole(const std::vector<RunRecord>& shards) {
  if (shards.empty()) return Fail("there is nothing to merge");
  const RunHeader& first = shards.front().header;
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const RunHeader& header = shards[i].header;
    if (const std::string difference = FindDifference(first, header); !difference.empty()) {
      return Fail(fmt::format("these are not shards of one run: {}", difference));
    }
    const auto expected = static_cast<int>(i);
    if (header.shard_index == expected) continue;
    return header.shard_index < expected
               ? Fail(fmt::format("shard {} is there twice", header.shard_index))
               : Fail(fmt::format("shard {} of {}, counted from 0, is missing", i,
                                  header.shard_count));
  }
  if (shards.size() != static_cast<std::size_t>(first.shard_count)) {
    return Fail(fmt::format("shard {} of {}, counted from 0, is missing", shards.size(),
                            first.shard_count));
  }
  return {};
}

bool IsNotRun(const TestRecord& test) { return test.verdict.outcome == Outcome::kNotRun; }

/// GoogleTest deals the selected tests out one by one: the pth of shard s is the (p·N + s)th.
Expected<TestRecords> DealBack(std::vector<RunRecord>& shards) {
  TestRecords tests;
  for (std::size_t s = 0; s < shards.size(); ++s) {
    for (TestRecord& test : shards[s].tests) {
      const std::size_t place = static_cast<std::size_t>(test.position) * shards.size() + s;
      constexpr std::size_t kLast = std::numeric_limits<int>::max();
      test.position = static_cast<int>(std::min(place, kLast));  // which is none of a run's
      tests.push_back(std::move(test));
    }
  }
  std::sort(tests.begin(), tests.end(),
            [](const TestRecord& a, const TestRecord& b) { return a.position < b.position; });
  for (std::size_t i = 0; i < tests.size(); ++i) {
    if (tests[i].position == static_cast<int>(i)) continue;
    return Fail("these are not shards of one run: their tests were not dealt out one by one");
  }
  std::stable_partition(tests.begin(), tests.end(),
                        [](const TestRecord& test) { return !IsNotRun(test); });
  return tests;
}

}  // namespace

Expected<RunRecord> MergeShards(std::vector<RunRecord> shards) {
  std::sort(shards.begin(), shards.end(), [](const RunRecord& a, const RunRecord& b) {
    return a.header.shard_index < b.header.shard_index;
  });
  if (auto whole = RequireWhole(shards); !whole) return tl::unexpected(whole.error());
  auto tests = DealBack(shards);
  if (!tests) return tl::unexpected(tests.error());
  RunRecord merged;
  merged.tests = *std::move(tests);
  merged.header = std::move(shards.front().header);
  auto end = merged.header.started;
  for (const RunRecord& shard : shards) {
    // The first was moved from, but for its times.
    AddIdentities(shard.header.identities, merged.header.identities);
    AddSecretFiles(shard.header.secret_files, merged.header.secret_files);
    merged.header.started = std::min(merged.header.started, shard.header.started);
    end = std::max(end, shard.header.started + shard.duration);
    merged.complete = merged.complete && shard.complete;
  }
  merged.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(end - merged.header.started);
  merged.header.shard_index = 0;
  merged.header.shard_count = 1;
  return merged;
}

}  // namespace conform
