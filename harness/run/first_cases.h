// Writes the first cases of imported operations over those that stand, and names what fits no more.
#pragma once

#include <vector>

#include "contract/catalog.h"
#include "run/command.h"
#include "run/import_writer.h"

namespace conform {

/// First cases, by ScaffoldCases, of the operation's newest edition in `catalog`, tied to the
/// editions that they fit where they do not fit all. What a hand changed stays as it is. One that
/// no hand changed since an import made it is written anew, and removed where none is made in its
/// place: it would be a mistake, for which lint and run refuse the folder. Of a page only what is
/// not there is written: with what request the others were made is not known.
void WriteFirstCases(const ImportedOperation& operation, const Catalog& catalog,
                     Invocation& invocation);

/// Warns of what lint will call a mistake: a case of these operations, or with a step of one, that
/// does not fit an edition it is run against. Nothing where there is no cases/.
void TellUnfit(const std::vector<ImportedOperation>& operations, const Catalog& catalog,
               Invocation& invocation);

}  // namespace conform
