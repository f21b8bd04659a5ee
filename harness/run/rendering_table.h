// The formats that a run can be reported in, by the names they are asked for.
#pragma once

#include <cstddef>
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

inline constexpr std::size_t kMarkedBytes = 1'024;

struct Rendering {
  std::string_view name;  ///< as `--report` and `--format` take it.
  std::string_view file;  ///< its only or first file.
  std::string_view mark;  ///< stands among its first kMarkedBytes, and hardly in another tool's.
  Expected<void> (*write)(const RenderingSource&, const WriteReport&);
};

const std::vector<Rendering>& AllRenderings();

}  // namespace conform
