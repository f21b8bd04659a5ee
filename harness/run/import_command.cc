#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "page/contract_from_page.h"
#include "page/openapi_import.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"
#include "page/request_line.h"
#include "run/command.h"
#include "run/first_cases.h"
#include "run/import_writer.h"
#include "run/run_host.h"

namespace conform {
namespace {

struct ImportFlags {
  std::string place;
  std::string out;
  std::string date;
  std::string repository;
  std::string revision;
  std::string conflicts;
  std::string server;
  OpenApiSelection selection;
  bool scaffold = false;
};

/// A page is Markdown; an API description is JSON or YAML.
bool IsDescription(const std::string& place) {
  return place.ends_with(".json") || place.ends_with(".yaml") || place.ends_with(".yml");
}

Expected<Page> ReadPage(const std::string& place, Diagnostics& diagnostics) {
  const Expected<FetchedPage> fetched =
      IsUrl(place) ? FetchPage(place, ProcessEnvironment()) : ReadPageFile(place);
  if (!fetched) return tl::unexpected(fetched.error());
  const OpenInclude open = IncludesOf(fetched->address, ProcessEnvironment());
  return LoadPage(fetched->address, fetched->bytes, open, diagnostics);
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

bool Selects(const OpenApiSelection& selection) {
  return !selection.operations.empty() || !selection.tags.empty() || !selection.paths.empty();
}

/// What is asked for must be of the kind of place it is asked of.
bool FlagsFit(const ImportFlags& flags, Invocation& invocation) {
  if (!IsDescription(flags.place)) {
    if (!Selects(flags.selection) && flags.server.empty()) return true;
    invocation.Refuse("--operation, --tag, --path and --server are for an OpenAPI document");
    return false;
  }
  if (IsUrl(flags.place)) {
    invocation.Refuse(fmt::format("{}: download the document and give the file", flags.place));
    return false;
  }
  if (flags.repository.empty() && flags.revision.empty()) return true;
  invocation.Refuse("--repository and --revision are for a page");
  return false;
}

/// First cases where they are asked for, and what is to be told once contracts are written.
/// `document`: all that it has now; of a page none.
void FinishImport(const ImportFlags& flags, const std::vector<ImportedOperation>& imported,
                  const std::vector<const Contract*>& document, Invocation& invocation) {
  Diagnostics told_by_lint;
  const Catalog catalog = LoadCatalog("specs", told_by_lint);
  if (flags.scaffold) {
    for (const ImportedOperation& each : imported) WriteFirstCases(each, catalog, invocation);
  }
  if (flags.out.empty() && !Selects(flags.selection)) TellDropped(document, catalog, invocation);
  if (!told_by_lint.HasErrors()) TellUnfit(imported, catalog, invocation);
}

void ImportDescription(const ImportFlags& flags, const ImportOptions& page_options,
                       Invocation& invocation) {
  Diagnostics diagnostics;
  Expected<OpenApiDocument> document = OpenApiDocument::Open(flags.place, diagnostics);
  if (!document) return invocation.Refuse(document.error().message);
  const OpenApiOptions options{flags.selection, flags.server,
                               page_options.day.value_or(page_options.today)};
  const auto read = ContractsFromOpenApi(*document, options);
  invocation.err << diagnostics.RenderAll();
  if (!read) return invocation.Refuse(read.error().message);
  if (!flags.out.empty() && read->size() > 1) {
    return invocation.Refuse(
        fmt::format("{} operations do not go into one file; leave -o out, or "
                    "choose one",
                    read->size()));
  }
  std::vector<const Contract*> contracts;
  for (const OpenApiContract& each : *read) contracts.push_back(&each.contract);
  if (flags.out.empty() && !PrepareSpecs(contracts, invocation)) return;
  std::vector<ImportedOperation> imported;
  for (const OpenApiContract& each : *read) {
    auto written = WriteImportedContract(each.contract, flags.out, flags.conflicts, invocation);
    if (written) imported.push_back(std::move(*written));
  }
  FinishImport(flags, imported, contracts, invocation);
}

void Import(const ImportFlags& flags, Invocation& invocation) {
  const std::optional<ImportOptions> options = OptionsOf(flags, invocation);
  if (!options || !FlagsFit(flags, invocation)) return;
  if (IsDescription(flags.place)) return ImportDescription(flags, *options, invocation);
  Diagnostics diagnostics;
  const Expected<Page> page = ReadPage(flags.place, diagnostics);
  if (!page) return invocation.Refuse(page.error().message);
  const Expected<Contract> contract = ContractFromPage(*page, *options, diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (!contract) return invocation.Refuse(contract.error().message);
  if (flags.out.empty() && !PrepareSpecs({&*contract}, invocation)) return;
  auto written = WriteImportedContract(*contract, flags.out, flags.conflicts, invocation);
  if (!written) return;
  written->example = ExampleOf(*page, written->contract);
  FinishImport(flags, {std::move(*written)}, {}, invocation);
}

void AddSelectionFlags(CLI::App& command, ImportFlags& flags) {
  command
      .add_option("--operation", flags.selection.operations,
                  "Of an OpenAPI document: these operationIds (default: all)")
      ->type_name("ID");
  command.add_option("--tag", flags.selection.tags, "Only operations of these tags")
      ->type_name("TAG");
  command.add_option("--path", flags.selection.paths, "Only operations of these paths")
      ->type_name("PATH");
  command.add_option("--server", flags.server, "The API's address, in place of the document's")
      ->type_name("URL");
}

}  // namespace

void AddImportCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ImportFlags>();
  CLI::App* command =
      app.add_subcommand("import", "Make contracts of a reference page or an OpenAPI document");
  command
      ->add_option("PLACE", flags->place,
                   "A page's Markdown, file or https address; or an OpenAPI file")
      ->required();
  command
      ->add_option("-o,--out", flags->out, "Write the contract here (default: its place in specs/)")
      ->type_name("FILE");
  command->add_flag("--scaffold", flags->scaffold,
                    "Also write first cases; those that a hand changed stay");
  AddSelectionFlags(*command, *flags);
  command
      ->add_option("--date", flags->date, "The page's day, where it bears none or another counts")
      ->type_name("DATE");
  command->add_option("--repository", flags->repository, "Where the page is kept, OWNER/NAME")
      ->type_name("NAME");
  command->add_option("--revision", flags->revision, "The commit it was taken from")
      ->type_name("ID");
  command
      ->add_option("--conflicts", flags->conflicts,
                   "Where both changed a line, take that of hand or page")
      ->check(OneOf({"hand", "page"}))
      ->type_name("WHOSE");
  command->footer(
      "Exit: 0 written (what was not understood is a warning), 2 not written.\n"
      "Examples: conform import user-sendmail.md --scaffold\n"
      "          conform import openapi.yaml --operation getLoan --scaffold");
  command->callback([flags, &invocation] { Import(*flags, invocation); });
}

}  // namespace conform
