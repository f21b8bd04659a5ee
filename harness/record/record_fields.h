// The members of a run record in JSON.
#pragma once

#include <tuple>

#include "record/exchange_fields.h"
#include "record/field_table.h"
#include "record/header_fields.h"
#include "record/run_record.h"
#include "record/verdict_fields.h"

namespace conform {

template <>
inline constexpr auto kFields<StepRecord> =
    std::tuple{Always("name", &StepRecord::name), Always("does", &StepRecord::does),
               UnlessEmpty("cleanup", &StepRecord::cleanup), Always("done", &StepRecord::done),
               Masked(UnlessEmpty("note", &StepRecord::note))};

/// A test that has not run carries no `started`.
template <>
inline constexpr auto kFields<TestRecord> =
    std::tuple{Always("suite", &TestRecord::suite),
               Always("name", &TestRecord::name),
               Always("position", &TestRecord::position),
               Always("case_id", &TestRecord::case_id),
               UnlessEmpty("title", &TestRecord::title),
               Always("operation", &TestRecord::operation),
               Always("edition", &TestRecord::edition),
               Always("path", &TestRecord::path),
               Always("line", &TestRecord::line),
               UnlessEmpty("identity", &TestRecord::identity),
               UnlessEmpty("expects_success", &TestRecord::expects_success),
               Always("verdict", &TestRecord::verdict),
               UnlessEmpty("flaky", &TestRecord::flaky),
               UnlessEmpty("steps", &TestRecord::steps),
               UnlessEmpty("exchanges", &TestRecord::exchanges),
               UnlessEmpty("started", &TestRecord::started),
               UnlessEmpty("duration_us", &TestRecord::duration)};

template <>
inline constexpr auto kFields<RunRecord> = std::tuple{
    Always("header", &RunRecord::header), Always("tests", &RunRecord::tests),
    Always("duration_us", &RunRecord::duration), Always("complete", &RunRecord::complete)};

}  // namespace conform
