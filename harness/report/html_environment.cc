#include "report/html_environment.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <utility>
#include <vector>

#include "base/count_text.h"
#include "base/date.h"
#include "report/html_deviations.h"
#include "report/mock_text.h"

namespace conform {
namespace {

/// More of them make a page that no reader and no browser likes.
constexpr std::size_t kMostListedFiles = 2'000;

using Facts = std::vector<std::pair<std::string_view, std::string>>;

void WriteFact(std::string_view term, const std::string& text, HtmlWriter& out) {
  if (text.empty()) return;
  const auto pair = out.Open("div");
  out.Leaf("dt", term);
  const auto told = out.Open("dd");
  WriteLinkOrText(text, out);
}

std::string ShowTool(const ToolRecord& tool) {
  std::string text = "conform " + tool.version;
  text += tool.commit.empty() ? ", built outside a repository" : ", commit " + tool.commit;
  return tool.build.empty() ? text : text + ", " + tool.build;
}

std::string ShowSelfCheck(const std::vector<SelfCheckRecord>& self_check) {
  if (self_check.empty()) return "not known of this build: run conform self-check";
  const SelfCheckRecord& check = self_check.front();
  return fmt::format("{}: {} of {} caught through exactly the clauses that they break",
                     FormatTimestamp(check.when), check.caught,
                     CountOf(check.planted, "planted fault"));
}

std::string DescribeOrder(const RunHeader& header) {
  return header.shuffle_seed == 0 ? "as written"
                                  : fmt::format("shuffled, seed {}", header.shuffle_seed);
}

std::string DescribeShard(const RunHeader& header) {
  if (header.shard_count == 1) return "not sharded";
  return fmt::format("{} of {}, counted from 0", header.shard_index, header.shard_count);
}

Facts ListFacts(const RunRecord& record) {
  const RunHeader& header = record.header;
  return {{"Tool", ShowTool(header.tool)},
          {"Self-check", ShowSelfCheck(header.self_check)},
          {"Target", header.target},
          {"Who answered", std::string(DescribeProof(record))},
          {"Profile", header.profile},
          {"Started",
           fmt::format("{}, host's zone {}", FormatTimestamp(header.started), header.time_zone)},
          {"Took", ShowDuration(record.duration)},
          {"Finished", record.complete ? "yes" : "NO: it was ended early"},
          {"Host", header.host},
          {"CI run", header.ci_run},
          {"Population",
           fmt::format("{} exist, {} selected, {} in this record",
                       CountOf(header.population, "test"), header.selected, record.tests.size())},
          {"Shard", DescribeShard(header)},
          {"Order", DescribeOrder(header)},
          {"Jobs", std::to_string(header.jobs)},
          {"Strict", header.strict ? "yes: a broken should fails" : "no: a broken should warns"},
          {"Exchanges kept", header.SparesPasses()
                                 ? "of tests that did not pass alone (--evidence failed)"
                                 : "of every test"},
          {"Must be judged", fmt::format("{}", fmt::join(header.requires_clauses, ", "))},
          {"Run before this",
           header.previous_sha256.empty() ? "none is known" : "SHA-256 " + header.previous_sha256}};
}

void WriteHead(std::initializer_list<std::string_view> names, HtmlWriter& out) {
  const auto head = out.Open("thead");
  const auto row = out.Open("tr");
  for (const std::string_view name : names) out.Leaf("th", name, {{"scope", "col"}});
}

void WriteIdentities(const std::vector<IdentityRecord>& identities, HtmlWriter& out) {
  if (identities.empty()) return;
  const auto region = out.Open("div", {{"class", "scroll"},
                                       {"role", "region"},
                                       {"tabindex", "0"},
                                       {"aria-label", "Table of identities"}});
  const auto table = out.Open("table");
  out.Leaf("caption", "Who asked: as the tokens claimed");
  WriteHead({"Identity", "Token from", "Tenant", "Application", "Scopes and roles"}, out);
  const auto body = out.Open("tbody");
  for (const IdentityRecord& identity : identities) {
    const auto row = out.Open("tr");
    out.Leaf("th", identity.identity, {{"scope", "row"}});
    out.Leaf("td", identity.source);
    out.Leaf("td", identity.tenant);
    out.Leaf("td", identity.application);
    std::vector<std::string> granted = identity.scopes;
    granted.insert(granted.end(), identity.roles.begin(), identity.roles.end());
    out.Leaf("td", fmt::format("{}", fmt::join(granted, " ")));
  }
}

void WriteFiles(const std::vector<FileRecord>& files, HtmlWriter& out) {
  if (files.empty()) return;
  if (files.size() > kMostListedFiles) {
    out.Leaf("p", fmt::format("{} were read: run.json lists each with its SHA-256.",
                              CountOf(files.size(), "file")));
    return;
  }
  const auto fold = out.Open("details");
  out.Leaf("summary", CountOf(files.size(), "file") + " as read, by digest");
  const auto region = out.Open("div", {{"class", "scroll"},
                                       {"role", "region"},
                                       {"tabindex", "0"},
                                       {"aria-label", "Table of files"}});
  const auto table = out.Open("table");
  out.Leaf("caption", "Files as read");
  WriteHead({"Path", "Kind", "SHA-256"}, out);
  const auto body = out.Open("tbody");
  for (const FileRecord& file : files) {
    const auto row = out.Open("tr");
    out.Leaf("th", file.path, {{"scope", "row"}});
    out.Leaf("td", file.kind);
    const auto digest = out.Open("td");
    out.Leaf("code", file.sha256);
  }
}

}  // namespace

void WriteEnvironment(const HtmlRun& run, HtmlWriter& out) {
  const auto section =
      out.Open("section", {{"id", "environment"}, {"aria-labelledby", "environment-title"}});
  out.Leaf("h2", "Environment and digests", {{"id", "environment-title"}});
  {
    const auto facts = out.Open("dl", {{"class", "facts"}});
    for (const auto& [term, text] : ListFacts(run.record)) WriteFact(term, text, out);
  }
  WriteIdentities(run.record.header.identities, out);
  WriteFiles(run.record.header.files, out);
}

}  // namespace conform
