// What a command line that cannot be read probably meant.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// Of arguments in their order, without GoogleTest's: the first command or option that is not
/// there, or that stands before its command, as one line with its line end and with what was meant.
/// Empty where each is known.
std::string DescribeMistyped(const CLI::App& app, const std::vector<std::string>& arguments);

/// The first empty argument, or option with an empty value, as one line with its line end: it comes
/// of a variable that is not set, and would be taken for an option that was not given. Empty: none.
std::string DescribeEmpty(const std::vector<std::string>& arguments);

/// What CLI11 says of an option that takes one value and came more than once, in our words. Empty:
/// it says something else.
std::string DescribeRepeated(std::string_view message);

/// The same of `--gtest_` flags: one that GoogleTest does not know or that lacks its value, and any
/// where the command runs no tests of a user's choice.
std::string DescribeMistypedFlags(const CLI::App& app, const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& flags);

}  // namespace conform
