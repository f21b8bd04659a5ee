#include "run/command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/count_text.h"
#include "base/date.h"
#include "run/profile_lookup.h"
#include "verdict/required_checks.h"

namespace conform {

void Invocation::Refuse(const std::string& message) {
  err << "conform: " << message << '\n';
  exit_code = ExitCode::kBadInput;
}

void Invocation::CannotTell(const std::string& message) {
  err << "conform: " << message << '\n';
  exit_code = ExitCode::kCouldNotTell;
}

void Invocation::Refuse(const Error& error) {
  error.may_pass ? CannotTell(error.message) : Refuse(error.message);
}

CLI::Validator OneOf(std::vector<std::string> words) {
  const auto told = [words = std::move(words)](const std::string& word) -> std::string {
    if (std::find(words.begin(), words.end(), word) != words.end()) return "";
    return fmt::format("'{}' is none of {}", word, fmt::join(words, ", "));
  };
  return CLI::Validator(told, "");
}

void AddPathOperand(CLI::App& command, WorkspaceFlags& flags) {
  command.add_option("PATH", flags.paths, "Case files or folders of them (default: all of cases/)");
}

void AddAsOfFlag(CLI::App& command, std::string& as_of) {
  command.add_option("--as-of", as_of, "Judge by the editions in force on DATE, YYYY-MM[-DD]")
      ->type_name("DATE");
}

void AddProfileFlag(CLI::App& command, std::string& profile, const std::string& what) {
  command.add_option("--profile", profile, what)->type_name("NAME");
}

bool ReadAsOf(const std::string& as_of, std::optional<std::chrono::sys_days>& day,
              Invocation& invocation) {
  if (as_of.empty()) return true;
  day = ParseDate(as_of);
  if (day) return true;
  invocation.Refuse(fmt::format("--as-of {}: no such day; write YYYY-MM-DD or YYYY-MM", as_of));
  return false;
}

bool HasEditions(const Catalog& catalog, std::optional<std::chrono::sys_days> day,
                 const std::string& said, Invocation& invocation) {
  if (!day || catalog.contracts.empty() || !catalog.Serving(day).empty()) return true;
  const auto first = std::min_element(
      catalog.contracts.begin(), catalog.contracts.end(),
      [](const Contract& a, const Contract& b) { return a.page.date < b.page.date; });
  invocation.Refuse(fmt::format("{}: no edition was in force yet; the first is of {}", said,
                                FormatDate(first->page.date)));
  return false;
}

void AddWorkspaceFlags(CLI::App& command, WorkspaceFlags& flags) {
  AddPathOperand(command, flags);
  AddAsOfFlag(command, flags.as_of);
  AddProfileFlag(command, flags.profile, "Where to run: mock (the default), global, or a path");
  command
      .add_option("--base-url", flags.base_url,
                  "Send to this origin instead; plain http only to loopback")
      ->type_name("ORIGIN");
}

void TellBundled(const WorkspaceFlags& flags, Invocation& invocation) {
  if (!invocation.folders.bundled || !flags.paths.empty()) return;
  invocation.err << fmt::format(
      "conform: no specs/ and no cases/ in this folder: the bundled ones are used, {}\n",
      invocation.folders.cases.string());
}

std::unique_ptr<Workspace> LoadOrRefuse(const WorkspaceFlags& flags, Invocation& invocation) {
  WorkspaceOptions options;
  options.paths.assign(flags.paths.begin(), flags.paths.end());
  options.profile = flags.profile;
  options.base_url = flags.base_url;
  if (!ReadAsOf(flags.as_of, options.as_of, invocation)) return nullptr;
  Diagnostics diagnostics;
  std::unique_ptr<Workspace> workspace = LoadWorkspace(options, invocation.folders, diagnostics);
  if (workspace != nullptr) RequireChecks(workspace->catalog, StandardChecks(), diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (!diagnostics.HasErrors()) {
    const std::optional<std::chrono::sys_days> day = workspace->profile.as_of;
    const std::string said =
        !flags.as_of.empty() || !day
            ? "--as-of " + flags.as_of
            : fmt::format("as_of {} of profile '{}'", FormatDate(*day), workspace->profile.name);
    const bool serves = HasEditions(workspace->catalog, day, said, invocation);
    return serves ? std::move(workspace) : nullptr;
  }
  invocation.Refuse(fmt::format("{}; nothing was sent", CountOf(diagnostics.errors(), "mistake")));
  return nullptr;
}

std::unique_ptr<Workspace> LoadCasesOrRefuse(const WorkspaceFlags& flags, Invocation& invocation) {
  std::unique_ptr<Workspace> workspace = LoadOrRefuse(flags, invocation);
  if (workspace == nullptr || !workspace->cases.empty()) return workspace;
  invocation.Refuse(
      "there is no case in cases/ yet: README.md shows a first one, and conform import --scaffold "
      "writes some");
  return nullptr;
}

bool RequireEmbedded(const Workspace& workspace, std::string_view what, Invocation& invocation) {
  if (IsEmbedded(workspace.profile)) return true;
  invocation.Refuse(fmt::format(
      "{} runs on the embedded mock, and profile '{}' is for another target; name one that has "
      "target: mock",
      what, workspace.profile.name));
  return false;
}

void WarnOfOtherServers(const Workspace& workspace, Invocation& invocation) {
  const std::optional<Origin>& target = workspace.profile.target;
  if (!target || IsLoopback(*target)) return;
  const std::vector<Cloud> clouds = ReadClouds(invocation.folders.profiles);
  const auto is_cloud = [&](const Origin& origin) {
    return std::any_of(clouds.begin(), clouds.end(),
                       [&](const Cloud& cloud) { return cloud.origin == origin; });
  };
  if (!is_cloud(*target)) return;
  for (const Test& test : workspace.tests) {
    const auto documented = ParseOrigin(test.contract->ServerOrigin());
    if (!documented || is_cloud(*documented)) continue;
    invocation.err << fmt::format(
        "conform: warning: {} is documented at {}, and profile '{}' sends to {}; a profile of your "
        "own names another target\n",
        test.contract->operation, FormatOrigin(*documented), workspace.profile.name,
        FormatOrigin(*target));
    return;
  }
}

}  // namespace conform
