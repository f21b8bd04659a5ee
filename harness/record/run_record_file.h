// A run record on the disk: reports/run.json, and finding one where a run left it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/redactor.h"
#include "record/evidence_reader.h"
#include "record/run_record.h"

namespace conform {

/// The names of what a run leaves in its reports folder.
inline constexpr const char* kRunRecordName = "run.json";
inline constexpr const char* kJournalName = "journal.jsonl";

/// Writes it whole or not at all, a test a line, never all of it in memory at once. Attempts that
/// the record does not hold are copied from `journal`. Errors: also where that has changed.
Expected<void> WriteRunRecord(const RunRecord& record, const std::filesystem::path& journal,
                              const std::filesystem::path& path, const Redactor& redactor);

/// Takes bytes of a record, and how many secrets were known when they were masked: nothing where
/// they were not.
using RecordWriter =
    std::function<Expected<void>(std::string_view, std::optional<std::uint32_t> masked_of)>;

/// The same bytes as WriteRunRecord's before they are masked, some at a time. Errors: also those of
/// `write`.
Expected<void> StreamRunRecord(const RunRecord& record, const std::filesystem::path& journal,
                               const RecordWriter& write);

/// A record, and where the attempts are that it does not hold.
struct LoadedRecord {
  RunRecord record;
  std::filesystem::path journal;  ///< empty: the record holds all.

  /// The object stays where it is meanwhile.
  EvidenceReader Evidence() const;
};

/// Reads into the record what its journal alone holds. Errors: the journal was changed.
Expected<void> HoldAllEvidence(LoadedRecord& loaded);

/// `run` is a run.json, a journal, or a folder: then its journal, which is always of the last run
/// there, else its run.json. Errors: none there, or not one that this conform reads.
Expected<LoadedRecord> LoadRunRecord(const std::filesystem::path& run);

}  // namespace conform
