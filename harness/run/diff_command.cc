#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "record/run_record_file.h"
#include "run/command.h"
#include "run/contract_operands.h"
#include "run/difference_text.h"
#include "run/fact_table_text.h"
#include "run/run_operands.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct DiffFlags {
  std::string before;
  std::string now;
  std::string seen;  ///< a run; empty: none.
  std::string format = "text";
  HistoryOptions history;  ///< where `@` and `@-1` are looked up.
};

/// A run: `@`, `@-1`, a run.json, a journal, or a reports folder.
bool IsRun(const std::string& place) {
  std::error_code ignored;
  return place.starts_with("@") || place.ends_with(".json") || place.ends_with(".jsonl") ||
         fs::is_directory(place, ignored);
}

ComparedEdition Side(const std::string& place, const Contract& contract) {
  return {place, contract.operation, contract.edition, contract.page.sha256};
}

/// Three columns: what both say of each fact, and what the run saw of it.
void TellFacts(const DiffFlags& flags, const Contract& first, const Contract& second,
               Invocation& invocation) {
  const auto run = LoadRunRecord(flags.seen);
  if (!run) return invocation.Refuse(run.error().message);
  const auto whole = RequireEvidence(run->record, flags.seen);
  if (!whole) return invocation.Refuse(whole.error().message);
  const FactTable table{Side(flags.before, first), Side(flags.now, second), flags.seen,
                        CompareFacts(first, second, run->record)};
  invocation.out << RenderFacts(table, flags.format);
  const bool differs = std::any_of(table.rows.begin(), table.rows.end(),
                                   [](const FactRow& row) { return row.differs; });
  if (differs) invocation.exit_code = ExitCode::kNonconformance;
}

void Diff(const DiffFlags& flags, Invocation& invocation) {
  const bool first_is_run = IsRun(flags.before);
  if (!flags.seen.empty() && (first_is_run || IsRun(flags.now)))
    return invocation.Refuse("with RUN, A and B are contracts, pages or OpenAPI operations");
  if (first_is_run && IsRun(flags.now)) {
    return TellRunDifference(flags.before, flags.now, flags.format, flags.history, invocation);
  }
  if (first_is_run || IsRun(flags.now)) {
    return invocation.Refuse(fmt::format("{} is a run, {} is none; compare two of a kind",
                                         first_is_run ? flags.before : flags.now,
                                         first_is_run ? flags.now : flags.before));
  }
  ContractOperands operands(invocation);
  const auto both = operands.ReadBoth(flags.before, flags.now);
  if (!both) return;
  const auto& [before, now] = *both;
  if (!flags.seen.empty()) return TellFacts(flags, before, now, invocation);
  const EditionDifference difference{Side(flags.before, before), Side(flags.now, now),
                                     CompareEditions(before, now)};
  if (flags.format == "json") {
    invocation.out << RenderDifferenceJson(difference);
  } else if (flags.format == "markdown") {
    invocation.out << RenderDifferenceMarkdown(difference);
  } else {
    invocation.out << RenderDifferenceText(difference);
  }
  if (!difference.changes.empty()) invocation.exit_code = ExitCode::kNonconformance;
}

}  // namespace

void AddDiffCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<DiffFlags>();
  CLI::App* command =
      app.add_subcommand("diff", "Tell what changed between two editions, pages or runs");
  command
      ->add_option("A", flags->before,
                   "The earlier: a contract, a page's Markdown (file or address), or "
                   "OPERATION@EDITION, OPENAPI#OPERATIONID; or a run: @ (the newest), @-1, a "
                   "run.json, a journal, a reports folder")
      ->required();
  command->add_option("B", flags->now, "The later, in any of these forms")->required();
  command->add_option("RUN", flags->seen,
                      "A run, to show what it saw of A and B as a third column");
  command->add_option("--format", flags->format, "text (the default), markdown or json")
      ->check(OneOf({"text", "markdown", "json"}))
      ->type_name("FORM");
  AddHistoryFlags(*command, flags->history, /*optional=*/false);
  command->footer(
      "Exit: 0 the same, 1 something differs, 2 bad input, 3 the history is busy.\n"
      "Example: conform diff @-1 @");
  command->callback([flags, &invocation] { Diff(*flags, invocation); });
}

}  // namespace conform
