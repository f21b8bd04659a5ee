#include "run/notify_flags.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "run/run_host.h"

namespace conform {
namespace {

constexpr const char* kWebhookVariable = "CONFORM_WEBHOOK";
constexpr const char* kSlackVariable = "CONFORM_SLACK_WEBHOOK";

/// What gave the address: the variable, where it holds it, else the flag.
const char* GiverOf(const std::string& url, const char* flag, const char* variable) {
  return ProcessEnvironment()(variable) == url ? variable : flag;
}

}  // namespace

void AddNotifyFlags(CLI::App& command, NotifyFlags& flags) {
  command
      .add_option("--notify", flags.program,
                  "Run this when something changed: words, no shell; "
                  "the text is its standard input, CONFORM_SUBJECT its first line")
      ->type_name("COMMAND");
  command.add_option("--webhook", flags.webhook, "Post the change as JSON")
      ->envname(kWebhookVariable)
      ->type_name("URL");
  command.add_option("--slack", flags.slack, "In Slack's form")
      ->envname(kSlackVariable)
      ->type_name("URL");
  command.add_option("--metrics", flags.metrics, "Write this file for Prometheus' node exporter")
      ->type_name("FILE");
}

Expected<std::vector<Receiver>> MakeReceivers(const NotifyFlags& flags, const IsStopped& stopped) {
  std::vector<Receiver> receivers;
  const auto add = [&](const char* flag, Expected<Receiver> receiver) -> Expected<void> {
    if (!receiver) return Fail(fmt::format("{}: {}", flag, receiver.error().message));
    receivers.push_back(*std::move(receiver));
    return {};
  };
  const auto add_webhook = [&](const std::string& url, bool slack) {
    const char* const giver = slack ? GiverOf(url, "--slack", kSlackVariable)
                                    : GiverOf(url, "--webhook", kWebhookVariable);
    return add(giver, MakeWebhookReceiver(url, slack, ProcessEnvironment()));
  };
  Expected<void> added;
  if (!flags.program.empty()) {
    added = add("--notify", MakeProgramReceiver(flags.program, stopped));
  }
  if (added && !flags.webhook.empty()) added = add_webhook(flags.webhook, /*slack=*/false);
  if (added && !flags.slack.empty()) added = add_webhook(flags.slack, /*slack=*/true);
  if (!added) return tl::unexpected(added.error());
  return receivers;
}

std::string FindMetricsTrouble(const std::string& file, const std::filesystem::path& reports) {
  namespace fs = std::filesystem;
  if (file.empty()) return "";
  std::error_code failed;
  if (fs::is_directory(file, failed)) {
    return fmt::format("--metrics {}: is a folder: name a file in it", file);
  }
  fs::path folder = fs::path(file).parent_path();
  if (folder.empty()) folder = ".";
  const auto whole = [&failed](const fs::path& path) {
    return (fs::absolute(path, failed) / "").lexically_normal();
  };
  if (!fs::exists(folder, failed) && whole(folder) == whole(reports)) return "";
  if (!fs::is_directory(folder, failed)) {
    return fmt::format("--metrics {}: there is no folder {}: create it, or name another file", file,
                       folder.string());
  }
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return "";
  return fmt::format("--metrics {}: {} cannot be written: {}: mend that, or name another file",
                     file, folder.string(), std::strerror(errno));
}

}  // namespace conform
