// Why a file could not be written, and what to do about it.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace conform {

/// Writes all of it, however many calls that takes. Zero, or the errno that stopped it.
int WriteAll(int descriptor, std::string_view bytes);

/// `cannot write reports/junit.xml: no space is left on the device of reports; free some, or write
/// to another folder`. `number` is an errno.
Error DescribeWriteError(const std::filesystem::path& path, int number);

}  // namespace conform
