// The formats that a run can be reported in, by the names they are asked for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "record/evidence_reader.h"
#include "record/run_record.h"
#include "report/conclusion.h"
#include "report/rendering.h"

namespace conform {

/// What every rendering is made of, the same for the same record.
struct RenderingSource {
  const RunRecord& record;
  const EvidenceReader& evidence;
  const Conclusion& conclusion;
  const RunRecord* baseline = nullptr;  ///< an earlier run to compare with, or null.
};

struct Rendering {
  std::string_view name;  ///< as `--report` and `--format` take it.
  std::string_view file;  ///< its only or first file.
  Expected<void> (*write)(const RenderingSource&, const WriteReport&);
};

const std::vector<Rendering>& AllRenderings();

}  // namespace conform
