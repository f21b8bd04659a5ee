// One test as a JUnit <testcase>.
#pragma once

#include <chrono>
#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "record/run_record.h"
#include "report/baseline.h"
#include "report/junit_detail.h"

namespace conform {

/// Appends it to `suite`.
void AddTestcase(const TestRecord& test, const RunHeader& header, const Baseline& baseline,
                 const JunitDetail& detail, pugi::xml_node& suite);

/// The values as XML can hold them, on one line.
void SetAttribute(pugi::xml_node& node, const char* name, std::string_view value);
void AddProperty(pugi::xml_node& properties, const char* name, std::string_view value);

/// Seconds with six decimals, never negative.
std::string FormatSeconds(std::chrono::microseconds duration);

/// Whether a request could have been sent for it.
bool HasStarted(const TestRecord& test);

}  // namespace conform
