// Writes imported contracts and their first cases to their places.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/source_text.h"
#include "contract/catalog.h"
#include "contract/contract.h"
#include "run/command.h"

namespace conform {

/// `graph/beta/deviceManagement/windowsAutopilotSettings/sync`, or `library/v1/loans/get`: where an
/// operation's files lie below specs/ and cases/.
std::filesystem::path FolderOf(const Contract& contract);

/// An operation as an import has written it.
struct ImportedOperation {
  Contract contract;  ///< as it now stands.
  /// What its file held before, and what the last import had put there.
  std::vector<std::shared_ptr<const SourceText>> before;
  std::string example;  ///< a request that its page shows; empty: none.
};

/// Writes what was read to `out`, or where that is empty to its place in specs/, merged with what a
/// hand changed since the last import (`conflicts`: `hand` or `page`), of that edition or else of
/// the one before. Where nothing but the day differs from that one, it stays the newest. Without an
/// example; nothing where it was not written, which is told.
std::optional<ImportedOperation> WriteImportedContract(const Contract& read, const std::string& out,
                                                       const std::string& conflicts,
                                                       Invocation& invocation);

/// Names the operations of the API that have a contract and are not among `read`, all that its
/// document has now: their contracts and cases stay, and would be judged for ever. An API whose
/// title is another now is known by an operation that is still called alike.
void TellDropped(const std::vector<const Contract*>& read, const Catalog& catalog,
                 Invocation& invocation);

/// In a folder without specs/ the first contracts are in need of the protocol sets beside them:
/// all, where a contract is of Graph, else what any HTTP API keeps. Where contracts are the first
/// that ask for a bearer token, what goes with it. False where they cannot be written, which is
/// told.
bool PrepareSpecs(const std::vector<const Contract*>& contracts, Invocation& invocation);

}  // namespace conform
