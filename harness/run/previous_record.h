// The record of the run before, in whose chain this one stands.
#pragma once

#include <filesystem>
#include <future>
#include <string>

namespace conform {

/// The SHA-256 of the run.json that stands in `folder`; empty where none does.
std::string DigestOfPrevious(const std::filesystem::path& folder);

/// The same, of the file that stands there now, on a thread of its own where there may be one: of a
/// large record it takes as long as loading the cases.
std::shared_future<std::string> BeginDigestOfPrevious(const std::filesystem::path& folder);

}  // namespace conform
