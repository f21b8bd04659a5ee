#include <fmt/format.h>

#include "contract/contract_loader.h"
#include "page/contract_text.h"
#include "page/openapi_export.h"
#include "run/command.h"
#include "run/contract_operands.h"
#include "run/import_files.h"

namespace conform {
namespace {

struct ExportFlags {
  std::vector<std::string> specs;
  std::string out;
  std::string as_of;
  bool openapi = false;
};

/// A page's contract has no file of its own yet.
std::optional<Contract> WithFile(Contract contract) {
  if (contract.source != nullptr) return contract;
  Diagnostics diagnostics;
  return LoadContract(std::make_shared<SourceText>("contract.yaml", RenderContract(contract)),
                      diagnostics);
}

/// What was named, else one edition of each operation of specs/. Nothing where one cannot be read,
/// which is told.
std::optional<std::vector<Contract>> ContractsOf(const ExportFlags& flags, Invocation& invocation) {
  ContractOperands operands(invocation);
  std::vector<Contract> contracts;
  for (const std::string& place : flags.specs) {
    std::optional<Contract> contract = operands.Read(place);
    if (contract) contract = WithFile(std::move(*contract));
    if (!contract) return std::nullopt;
    contracts.push_back(std::move(*contract));
  }
  if (!flags.specs.empty()) return contracts;
  std::optional<std::chrono::sys_days> day;
  if (!ReadAsOf(flags.as_of, day, invocation)) return std::nullopt;
  const Catalog* catalog = operands.LoadedCatalog();
  if (catalog == nullptr || !HasEditions(*catalog, day, "--as-of " + flags.as_of, invocation))
    return std::nullopt;
  for (const Contract* each : catalog->Serving(day)) contracts.push_back(*each);
  if (!contracts.empty()) return contracts;
  invocation.Refuse("there are no contracts");
  return std::nullopt;
}

void Export(const ExportFlags& flags, Invocation& invocation) {
  const std::optional<std::vector<Contract>> contracts = ContractsOf(flags, invocation);
  if (!contracts) return;
  std::vector<const Contract*> pointers;
  pointers.reserve(contracts->size());
  for (const Contract& each : *contracts) pointers.push_back(&each);
  const auto document = OpenApiOf(pointers);
  if (!document) return invocation.Refuse(document.error().message);
  const std::string text =
      document->dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  if (flags.out.empty()) {
    invocation.out << text;
  } else if (const Expected<void> written = WriteWholeFile(flags.out, text, invocation.redactor);
             !written) {
    invocation.Refuse(written.error().message);
  } else {
    invocation.out << fmt::format("{}: {} operation{}\n", flags.out, contracts->size(),
                                  contracts->size() == 1 ? "" : "s");
  }
}

}  // namespace

void AddExportCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<ExportFlags>();
  CLI::App* command = app.add_subcommand("export", "Write contracts as an OpenAPI 3.1 document");
  command->add_option(
      "SPEC", flags->specs,
      "Contracts, pages or OPERATION@EDITION (default: the newest edition of each operation)");
  command->add_flag("--openapi", flags->openapi, "As OpenAPI 3.1, JSON")->required();
  command->add_option("--as-of", flags->as_of, "Without SPEC: the editions in force on DATE")
      ->type_name("DATE");
  command->add_option("-o,--out", flags->out, "Write it here, not to standard output")
      ->type_name("FILE");
  command->footer(
      "What OpenAPI has no words for stands under x-conform; `conform import` reads it\nback.\n"
      "Exit: 0 written, 2 bad input.\nExample: conform export --openapi -o openapi.json");
  command->callback([flags, &invocation] { Export(*flags, invocation); });
}

}  // namespace conform
