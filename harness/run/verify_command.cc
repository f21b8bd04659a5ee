#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>

#include "bundle/bundle_check.h"
#include "run/command.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// As many as WriteZip gives.
constexpr std::uintmax_t kMostBundleBytes = 0xffff'fffe;

struct VerifyFlags {
  std::string bundle;
  std::string public_key;
  std::string tsa_ca;
};

Expected<std::string> ReadBundle(const fs::path& path) {
  std::error_code failed;
  // Before it is opened: a pipe without a writer would keep us for ever.
  const bool is_file = fs::is_regular_file(path, failed);
  std::ifstream file;
  if (is_file) file.open(path, std::ios::binary);
  if (!is_file || !file) {
    const std::string why = failed || is_file
                                ? std::generic_category().message(failed ? failed.value() : errno)
                                : "it is no file";
    return Fail(fmt::format("cannot read {}: {}", path.string(), why));
  }
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed || size > kMostBundleBytes) {
    return Fail(fmt::format("{} is no bundle: a bundle holds less than 4 GiB", path.string()));
  }
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  if (!file) return Fail(fmt::format("cannot read {} to its end", path.string()));
  return bytes;
}

/// A run's exit code here would say that the bundle is unaltered.
[[noreturn]] void EndUnverified() {
  constexpr std::string_view kTold =
      "conform: no memory is left: the bundle was not looked at to its end, and nothing is known "
      "of "
      "it\n";
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kTold.data(), kTold.size());
  ::_exit(static_cast<int>(ExitCode::kBadInput));
}

void Tell(const std::string& bundle, const BundleVerdict& verdict, Invocation& invocation) {
  if (verdict.state == BundleVerdict::State::kUnreadable) {
    invocation.Refuse(fmt::format("{} is no bundle: {}", bundle, verdict.summary));
    return;
  }
  invocation.out << fmt::format("{}: {}\n", bundle, verdict.summary);
  for (const std::string& breach : verdict.breaches) invocation.out << "  " << breach << '\n';
  switch (verdict.state) {
    case BundleVerdict::State::kHolds:
      invocation.exit_code = ExitCode::kConforms;
      break;
    case BundleVerdict::State::kBroken:
      invocation.exit_code = ExitCode::kNonconformance;
      break;
    default:
      invocation.exit_code = ExitCode::kCouldNotTell;
  }
}

void Verify(const VerifyFlags& flags, Invocation& invocation) {
  std::set_new_handler(EndUnverified);
  BundleTrust trust;
  std::optional<PublicKey> key;
  std::optional<TimeStampRoots> roots;
  if (!flags.public_key.empty()) {
    auto loaded = PublicKey::Load(flags.public_key);
    if (!loaded) return invocation.Refuse("--public-key " + loaded.error().message);
    trust.key = &key.emplace(*std::move(loaded));
  }
  if (!flags.tsa_ca.empty()) {
    auto loaded = TimeStampRoots::Load(flags.tsa_ca);
    if (!loaded) return invocation.Refuse("--tsa-ca " + loaded.error().message);
    trust.roots = &roots.emplace(*std::move(loaded));
  }
  const auto archive = ReadBundle(flags.bundle);
  if (!archive) return invocation.Refuse(archive.error().message);
  Tell(flags.bundle, CheckBundle(*archive, trust), invocation);
}

}  // namespace

void AddVerifyCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<VerifyFlags>();
  CLI::App* command =
      app.add_subcommand("verify", "Tell whether a bundle is as it was made, and who signed it");
  command->add_option("BUNDLE", flags->bundle, "The zip archive that --bundle wrote")->required();
  command
      ->add_option("--public-key", flags->public_key,
                   "The key that signed it, in PEM, from somebody you trust")
      ->type_name("FILE");
  command
      ->add_option("--tsa-ca", flags->tsa_ca,
                   "The CA of its time stamp's authority, in PEM: no time stamp is a breach then")
      ->type_name("FILE");
  command->footer(
      "Exit: 0 unaltered and signed by the key, 1 altered or not signed by it,\n"
      "2 no bundle, 3 unaltered and no key given. How its run ended does not "
      "count.\n"
      "Example: conform verify run.zip --public-key signer.pub.pem");
  command->callback([flags, &invocation] { Verify(*flags, invocation); });
}

}  // namespace conform
