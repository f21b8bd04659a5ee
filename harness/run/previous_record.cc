#include "run/previous_record.h"

#include <fstream>

#include "base/digest.h"
#include "record/run_record_file.h"

namespace conform {

std::string DigestOfPrevious(const std::filesystem::path& folder) {
  std::ifstream file(folder / kRunRecordName, std::ios::binary);
  if (!file) return "";
  return Sha256Hex(file);
}

}  // namespace conform
