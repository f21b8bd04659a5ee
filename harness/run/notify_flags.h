// Who is told of what a watch saw: the flags, and what is made of them.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "notify/notifier.h"

namespace conform {

struct NotifyFlags {
  std::string program;
  std::string webhook;
  std::string slack;
  std::string metrics;
};

/// `--notify`, `--webhook`, `--slack`, `--metrics`.
void AddNotifyFlags(CLI::App& command, NotifyFlags& flags);

/// Those that are named. Errors: each flag's or variable's, by its name: no address, no such
/// program. What cannot be told is to show before it is needed.
Expected<std::vector<Receiver>> MakeReceivers(const NotifyFlags& flags, const IsStopped& stopped);

/// Why the file of `--metrics` cannot be written, and what to do; empty: it can, or is not asked
/// for. The folder `reports` is made by the run where it is missing.
std::string FindMetricsTrouble(const std::string& file, const std::filesystem::path& reports);

}  // namespace conform
