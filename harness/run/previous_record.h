// The record of the run before, in whose chain this one stands.
#pragma once

#include <filesystem>
#include <string>

namespace conform {

/// The SHA-256 of the run.json that stands in `folder`; empty where none does.
std::string DigestOfPrevious(const std::filesystem::path& folder);

}  // namespace conform
