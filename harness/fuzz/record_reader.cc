#include <sstream>
#include <string>

#include "base/json_text.h"
#include "fuzz/fuzz_target.h"
#include "record/run_record_json.h"

namespace conform {

void FuzzRecordReader(std::string_view bytes) {
  std::istringstream text{std::string(bytes)};
  const auto record = ReadRunRecord(text);
  if (!record) return;
  // What is written reads back, and is written the same.
  const std::string written = WriteJsonText(ToJson(*record));
  std::istringstream again_text(written);
  const auto again = ReadRunRecord(again_text);
  Promise(again.has_value());
  Promise(WriteJsonText(ToJson(*again)) == written);
}

}  // namespace conform
