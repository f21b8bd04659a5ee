#include "run/previous_record.h"

#include <fstream>

#include "base/digest.h"
#include "base/signals_held_back.h"
#include "record/run_record_file.h"

namespace conform {

namespace {

std::ifstream OpenRecord(const std::filesystem::path& folder) {
  return std::ifstream(folder / kRunRecordName, std::ios::binary);
}

std::string DigestOfRecord(std::ifstream file) { return file ? Sha256Hex(file) : std::string(); }

}  // namespace

std::string DigestOfPrevious(const std::filesystem::path& folder) {
  return DigestOfRecord(OpenRecord(folder));
}

std::shared_future<std::string> BeginDigestOfPrevious(const std::filesystem::path& folder) {
  const SignalsHeldBack held_back;
  return std::async(std::launch::async | std::launch::deferred, DigestOfRecord, OpenRecord(folder));
}

}  // namespace conform
