#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/clock.h"
#include "base/date.h"
#include "contract/contract_loader.h"
#include "page/contract_from_page.h"
#include "page/contract_text.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"
#include "page/request_line.h"
#include "page/scaffold.h"
#include "run/command.h"
#include "run/import_files.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

struct ImportFlags {
  std::string place;
  std::string out;
  std::string date;
  std::string repository;
  std::string revision;
  std::string conflicts;
  bool scaffold = false;
};

/// `graph/beta/deviceManagement/windowsAutopilotSettings/sync`: where an operation's files lie.
fs::path FolderOf(const Contract& contract) {
  fs::path folder = fs::path("graph") / fs::path(contract.ServerPath()).relative_path();
  std::string name = contract.operation;
  std::replace(name.begin(), name.end(), '.', '/');
  return folder / name;
}

Expected<Page> ReadPage(const std::string& place, Diagnostics& diagnostics) {
  const Expected<FetchedPage> fetched = IsUrl(place) ? FetchPage(place) : ReadPageFile(place);
  if (!fetched) return tl::unexpected(fetched.error());
  const OpenInclude open =
      IsUrl(place) ? [](const std::string&) -> std::optional<std::string> { return std::nullopt; }
                   : IncludesBeside(fs::path(place).parent_path());
  return LoadPage(fetched->address, fetched->bytes, open, diagnostics);
}

/// What is to be written reads back, or is not written.
std::optional<Contract> ReadBack(const std::string& path, const std::string& text,
                                 Invocation& invocation) {
  Diagnostics diagnostics;
  auto contract = LoadContract(std::make_shared<SourceText>(path, text), diagnostics);
  if (contract) return contract;
  invocation.err << diagnostics.RenderAll();
  invocation.Refuse(fmt::format("what was read makes no contract; {} is not written", path));
  return std::nullopt;
}

/// The contract as it now stands in `file`; nothing where it was not written.
std::optional<Contract> WriteContract(const Contract& read, const ImportFlags& flags,
                                      const fs::path& file, Invocation& invocation) {
  const std::string text = RenderContract(read);
  if (!ReadBack(file.string(), text, invocation)) return std::nullopt;
  const ImportedFile imported{file, text, flags.conflicts};
  const Expected<ImportOutcome> outcome = MergeImport(imported);
  if (!outcome) {
    invocation.Refuse(outcome.error().message);
    return std::nullopt;
  }
  invocation.err << outcome->diagnostics.RenderAll();
  if (outcome->diagnostics.HasErrors()) {
    invocation.Refuse(fmt::format("{} is left as it was", file.string()));
    return std::nullopt;
  }
  std::optional<Contract> contract = ReadBack(file.string(), outcome->text, invocation);
  if (!contract) return std::nullopt;
  if (const Expected<void> written = WriteImport(imported, outcome->text); !written) {
    invocation.Refuse(written.error().message);
    return std::nullopt;
  }
  invocation.out << fmt::format("{}: {}, edition {}, {} clauses{}\n", file.string(),
                                contract->operation, contract->edition, contract->clauses.size(),
                                outcome->merged ? "; what was changed by hand is kept" : "");
  return contract;
}

/// The first example's path and query: values for the path's names.
std::string ExampleOf(const Page& page, const Contract& contract) {
  for (const Block& block : page.blocks) {
    if (block.kind != Block::Kind::kCode || block.section == Section::kHttpRequest) continue;
    const std::string first = block.code.substr(0, block.code.find('\n'));
    const auto line = ReadDocumentedLine(first);
    if (!line || line->method != contract.method) continue;
    if (!MatchesPath(contract.paths.front(), line->path)) continue;
    std::string target = line->path;
    for (std::size_t i = 0; i < line->query.size(); ++i) {
      target +=
          fmt::format("{}{}={}", i == 0 ? "?" : "&", line->query[i].first, line->query[i].second);
    }
    return target;
  }
  return "";
}

/// Whether the case there is tied to no other edition than this one.
bool IsOfEdition(const fs::path& file, const std::string& edition) {
  const auto source = SourceText::Load(file);
  return !source || (*source)->text().find("\neditions:") == std::string::npos ||
         (*source)->text().find(fmt::format("\neditions: [{}]\n", edition)) != std::string::npos;
}

void WriteCases(const Page& page, const Contract& contract, Invocation& invocation) {
  const fs::path folder = fs::path("cases") / FolderOf(contract);
  for (const CaseFile& each : ScaffoldCases(contract, ExampleOf(page, contract))) {
    fs::path file = folder / each.name;
    std::error_code ignored;
    if (each.of_edition && fs::exists(file, ignored) && !IsOfEdition(file, contract.edition)) {
      std::string edition = contract.edition;
      std::replace(edition.begin(), edition.end(), '-', '_');
      file.replace_filename(fmt::format("{}_{}.yaml", file.stem().string(), edition));
    }
    if (fs::exists(file, ignored)) {
      invocation.out << fmt::format("{}: is there already, and left as it is\n", file.string());
      continue;
    }
    if (const Expected<void> written = WriteWholeFile(file, each.text); !written) {
      invocation.Refuse(written.error().message);
      return;
    }
    invocation.out << file.string() << '\n';
  }
}

/// In a folder without specs/ the first contract is in need of the protocol sets beside it.
bool PrepareSpecs(Invocation& invocation) {
  std::error_code ignored;
  if (fs::exists("specs", ignored)) return true;
  for (fs::directory_iterator each(invocation.folders.specs / "protocol", ignored), end;
       !ignored && each != end; each.increment(ignored)) {
    const auto source = SourceText::Load(each->path());
    if (!source) continue;
    const fs::path file = fs::path("specs") / "protocol" / each->path().filename();
    if (const Expected<void> written = WriteWholeFile(file, (*source)->text()); !written) {
      invocation.Refuse(written.error().message);
      return false;
    }
    invocation.out << fmt::format("{}: what holds for every exchange\n", file.string());
  }
  return true;
}

std::optional<ImportOptions> OptionsOf(const ImportFlags& flags, Invocation& invocation) {
  ImportOptions options;
  options.repository = flags.repository;
  options.revision = flags.revision;
  options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  if (flags.date.empty()) return options;
  options.day = ParseDate(flags.date);
  if (options.day && flags.date.size() == 10) return options;
  invocation.Refuse(fmt::format("--date {}: no such day; write YYYY-MM-DD", flags.date));
  return std::nullopt;
}

void Import(const ImportFlags& flags, Invocation& invocation) {
  const std::optional<ImportOptions> options = OptionsOf(flags, invocation);
  if (!options) return;
  Diagnostics diagnostics;
  const Expected<Page> page = ReadPage(flags.place, diagnostics);
  if (!page) return invocation.Refuse(page.error().message);
  const Expected<Contract> contract = ContractFromPage(*page, *options, diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (!contract) return invocation.Refuse(contract.error().message);
  fs::path file = flags.out;
  if (file.empty()) {
    if (!PrepareSpecs(invocation)) return;
    file = fs::path("specs") / FolderOf(*contract) / (contract->edition + ".yaml");
  }
  const std::optional<Contract> written = WriteContract(*contract, flags, file, invocation);
  if (written && flags.scaffold) WriteCases(*page, *written, invocation);
}

}  // namespace

void AddImportCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command =
      app.add_subcommand("import", "Make a contract of a Microsoft Graph reference page");
  command->add_option("PAGE", flags->place, "The page's Markdown: a file, or an https address")
      ->required();
  command
      ->add_option("-o,--out", flags->out, "Write the contract here (default: its place in specs/)")
      ->type_name("FILE");
  command->add_flag("--scaffold", flags->scaffold,
                    "Also write first cases into cases/; those that are there stay as they are");
  command
      ->add_option("--date", flags->date, "The page's day, where it bears none or another counts")
      ->type_name("DATE");
  command->add_option("--repository", flags->repository, "Where the page is kept, OWNER/NAME")
      ->type_name("NAME");
  command->add_option("--revision", flags->revision, "The commit it was taken from")
      ->type_name("ID");
  command
      ->add_option(
          "--conflicts", flags->conflicts,
          "Importing again: where hand and page changed the same line, take `hand` or `page`")
      ->check(CLI::IsMember({"hand", "page"}));
  command->footer(
      "Exit: 0 written (what was not understood is a warning), 2 no operation, or not written.\n"
      "Example: conform import user-sendmail.md --scaffold");
  command->callback([flags, &invocation] { Import(*flags, invocation); });
}

}  // namespace conform
