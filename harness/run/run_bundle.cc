#include "run/run_bundle.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "bundle/bundle.h"
#include "bundle/run_inputs.h"
#include "bundle/time_stamp_client.h"
#include "record/atomic_file.h"
#include "record/run_record_file.h"
#include "run/exit_code.h"
#include "run/har_reader.h"
#include "run/har_secrets.h"
#include "run/rendering_table.h"
#include "run/run_host.h"

namespace conform {
namespace {

/// The run whose failures this one may have, but for what crossed its wires: that may lie in a
/// journal that is no more, and no conclusion rests on it.
Expected<BundleFile> RenderBaseline(RunRecord baseline) {
  for (TestRecord& test : baseline.tests) test.in_journal = {};
  BundleFile file{std::string(kBaselineName), ""};
  const auto streamed =
      StreamRunRecord(baseline, {}, [&](std::string_view bytes, auto) -> Expected<void> {
        file.bytes += bytes;
        return {};
      });
  if (!streamed) return tl::unexpected(streamed.error());
  return file;
}

/// All that is made of the record.
Expected<std::vector<BundleFile>> RenderAll(const FinishedRun& run, const Conclusion& conclusion) {
  std::vector<BundleFile> files = {{kRunRecordName, ""}};
  const auto streamed =
      StreamRunRecord(run.record, run.journal, [&](std::string_view bytes, auto) -> Expected<void> {
        files.front().bytes += bytes;
        return {};
      });
  if (!streamed) return tl::unexpected(streamed.error());
  const WriteReport keep = [&](std::string_view path, std::string_view bytes) -> Expected<void> {
    files.push_back({std::string(path), std::string(bytes)});
    return {};
  };
  for (const Rendering& each : AllRenderings()) {
    const auto written = each.write({run.record, run.evidence, conclusion, run.baseline}, keep);
    if (!written) return tl::unexpected(written.error());
  }
  if (run.baseline != nullptr) {
    auto baseline = RenderBaseline(*run.baseline);
    if (!baseline) return tl::unexpected(baseline.error());
    files.push_back(*std::move(baseline));
  }
  return files;
}

/// That of the file, where there is none yet.
Expected<void> MakeFolder(const std::string& file) {
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::error_code failed;
  std::error_code ignored;  // that there is no such file yet
  if (std::filesystem::is_directory(file, ignored)) {
    return Fail(fmt::format("--bundle {}: is a folder; name a file in it", file));
  }
  if (!folder.empty()) std::filesystem::create_directories(folder, failed);
  if (failed) return Fail(fmt::format("--bundle {}: {}", file, failed.message()));
  return {};
}

Expected<void> CheckSigning(const BundleOptions& options) {
  if (options.key.empty()) {
    if (options.tsa.empty()) return {};
    return Fail("--tsa stamps a signature: give --key FILE");
  }
  const auto key = SigningKey::Load(options.key);
  if (!key) return Fail("--key " + key.error().message);
  if (options.tsa.empty()) return {};
  const auto stamper = MakeTimeStamper(options.tsa, ProcessEnvironment());
  if (!stamper) return Fail("--tsa " + stamper.error().message);
  return {};
}

/// Where links and `..` lead, whether it is there or not.
std::filesystem::path PlaceOf(const std::string& path) {
  std::error_code ignored;
  const auto place = std::filesystem::weakly_canonical(
      std::filesystem::absolute(path.empty() ? "." : path, ignored), ignored);
  return place.has_filename() ? place : place.parent_path();
}

/// Whatever stands there is lost.
Expected<void> CheckOverwriting(const std::string& file, const std::string& reports) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path place = PlaceOf(file);
  if (place.parent_path() == PlaceOf(reports) && place.extension() != ".zip") {
    return Fail(
        fmt::format("--bundle {}: in the folder of the reports a bundle's name ends in .zip, as no "
                    "report's does",
                    file));
  }
  if (!fs::exists(place, ignored) || fs::is_directory(place, ignored)) return {};  // told elsewhere
  if (!fs::is_regular_file(place, ignored)) {
    return Fail(fmt::format("--bundle {}: is no file; give the name of one", file));
  }
  if (fs::file_size(place, ignored) == 0) return {};
  std::string begin(2, '\0');
  std::ifstream(place, std::ios::binary).read(begin.data(), 2);
  if (begin == "PK") return {};
  return Fail(
      fmt::format("--bundle {}: is there already and is no zip archive; give another name", file));
}

/// What judging it made known, so that no report of the bundle says it.
void LearnRecording(const std::string& path, std::string bytes, Redactor& redactor) {
  Diagnostics ignored;  // what is no recording tells nothing
  auto entries = ReadHar(std::make_shared<SourceText>(path, std::move(bytes)), ignored);
  MaskRecording(entries, redactor);
}

/// What may stand in a bundle of the files that the run read. What another tool recorded holds
/// tokens and people wherever it likes, and nobody can mask it and keep its digest, which the
/// statement tells: it is left out.
Expected<std::vector<BundleFile>> TakeInputs(const RunHeader& header, Redactor& redactor) {
  auto loaded = LoadRunInputs(header, std::filesystem::current_path());
  if (!loaded) return tl::unexpected(loaded.error());
  std::vector<BundleFile> inputs;
  for (std::size_t i = 0; i < loaded->size(); ++i) {
    BundleFile& input = (*loaded)[i];
    if (header.files[i].kind == kRecording) {
      LearnRecording(header.files[i].path, std::move(input.bytes), redactor);
    } else {
      inputs.push_back(std::move(input));
    }
  }
  std::set<std::string> noted;
  for (const std::string& path : header.secret_files) noted.insert(PathInBundle({"", path, ""}));
  for (const BundleFile& input : inputs) {
    if (noted.count(input.path) == 0 && !redactor.Holds(input.bytes)) continue;
    return Fail(
        fmt::format("no bundle is written: {} holds a secret of this run; take it out of the file",
                    input.path));
  }
  return inputs;
}

}  // namespace

void AddBundleFlags(CLI::App& command, BundleOptions& options) {
  command
      .add_option("--bundle", options.file, "Also write reports, specs and cases as one archive")
      ->type_name("FILE.zip");
  command.add_option("--key", options.key, "Private key that signs the bundle, in PEM")
      ->type_name("FILE");
  command.add_option("--tsa", options.tsa, "Authority that time stamps the signature (RFC 3161)")
      ->type_name("URL");
}

Expected<void> PrepareBundle(const BundleOptions& options, const std::string& reports) {
  if (options.file.empty() && options.key.empty() && options.tsa.empty()) return {};
  if (options.file.empty()) return Fail("--key and --tsa are of a bundle: give --bundle FILE.zip");
  if (auto signs = CheckSigning(options); !signs) return signs;
  if (auto checked = CheckOverwriting(options.file, reports); !checked) return checked;
  return MakeFolder(options.file);
}

Expected<void> CheckBundleInputs(const BundleOptions& options,
                                 const std::vector<FileRecord>& inputs) {
  std::vector<std::string> names;
  for (const FileRecord& input : inputs) names.push_back(PathInBundle(input));
  if (auto checked = CheckBundlePaths({names.begin(), names.end()}); !checked) return checked;
  for (const FileRecord& input : inputs) {
    std::error_code absent;
    if (!std::filesystem::equivalent(options.file, input.path, absent)) continue;
    return Fail(
        fmt::format("--bundle {}: is a file that the run reads; give another name", options.file));
  }
  return {};
}

void WarnOfExposedKey(const BundleOptions& options, std::ostream& err) {
  if (options.key.empty()) return;
  const std::string exposure = DescribeExposure(options.key);
  if (!exposure.empty()) err << "conform: warning: " << exposure << '\n';
}

Expected<void> WriteBundle(const FinishedRun& run, const RunConclusion& conclusion,
                           const BundleOptions& options, Redactor& redactor) {
  auto inputs = TakeInputs(run.record.header, redactor);
  if (!inputs) return tl::unexpected(inputs.error());
  auto files = RenderAll(run, Describe(conclusion));
  if (!files) return tl::unexpected(files.error());
  // As the same files in the reports folder are; the archive itself is bytes with checksums.
  for (BundleFile& file : *files) file.bytes = redactor.Redact(file.bytes);
  std::move(inputs->begin(), inputs->end(), std::back_inserter(*files));
  std::optional<SigningKey> key;
  BundleSeal seal;
  if (!options.key.empty()) {
    auto loaded = SigningKey::Load(options.key);
    if (!loaded) return Fail("--key " + loaded.error().message);
    seal.key = &key.emplace(*std::move(loaded));
  }
  if (!options.tsa.empty()) {
    auto stamper = MakeTimeStamper(options.tsa, ProcessEnvironment());
    if (!stamper) return Fail("--tsa " + stamper.error().message);
    seal.time_stamper = *std::move(stamper);
  }
  const auto archive = MakeBundle(
      run.record,
      {static_cast<int>(conclusion.code), std::string(NameOf(conclusion.code)), conclusion.reasons},
      *std::move(files), seal, &redactor);
  if (!archive) return tl::unexpected(archive.error());
  return ReplaceUnchanged(options.file, *archive, redactor);
}

}  // namespace conform
