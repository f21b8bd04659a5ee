#include "record/evidence_reader.h"

#include <fmt/format.h>

#include <memory>

#include "record/journal_file.h"

namespace conform {
namespace {

constexpr std::size_t kHeldBytes = std::size_t{4} << 20;

}  // namespace

EvidenceReader EvidenceOf(const RunRecord& record) {
  return [&record](std::size_t index) -> Expected<TestRecord> { return record.tests.at(index); };
}

EvidenceReader EvidenceIn(const std::filesystem::path& path, const RunRecord& record) {
  auto file = std::make_shared<const JournalFile>(path);
  return [file, &record](std::size_t index) -> Expected<TestRecord> {
    const TestRecord& test = record.tests.at(index);
    if (test.in_journal.bytes == 0 || HoldsEvidence(test)) return test;
    return file->ReadTest(test);
  };
}

void EvidenceBound::Hold(TestRecord& test) {
  if (test.in_journal.bytes == 0) return;
  if (held_ < kHeldBytes) {
    held_ += test.in_journal.bytes;
    return;
  }
  for (ExchangeRecord& exchange : test.exchanges) {
    exchange.attempts = {};
    if (test.verdict.outcome != Outcome::kPass) continue;
    std::string().swap(exchange.again);
    std::string().swap(exchange.client_request_id);
  }
}

Expected<void> RequireEvidence(const RunRecord& record, std::string_view place) {
  if (!record.header.SparesPasses()) return {};
  return Fail(fmt::format(
      "{}: the run was made with --evidence {}: it does not hold what tests that passed "
      "sent and saw; run again without",
      place, kFailedAlone));
}

}  // namespace conform
