#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/count_text.h"
#include "base/digest.h"
#include "base/utf8.h"
#include "profile/profile.h"
#include "record/accepted_deviation.h"
#include "report/console.h"
#include "run/command.h"
#include "run/har_judge.h"
#include "run/har_secrets.h"
#include "run/make_header.h"
#include "run/profile_lookup.h"
#include "run/run_reports.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// Of exchanges of no operation so many are told on the console; run.json has all.
constexpr std::size_t kMostTold = 20;

struct JudgeFlags {
  std::string file;
  WorkspaceFlags workspace;
  ReportOptions reports;
  bool strict = false;
};

/// A recording taken apart: what is of an operation, and what is not with why.
struct Recording {
  std::vector<HarEntry> entries;
  std::vector<MatchedEntry> matched;
  std::vector<LeftOutRecord> left_out;
  std::set<std::string> origins;  ///< of what matched.
};

void Sort(const OperationMatcher& matcher, const std::string& path, const Redactor& redactor,
          Recording& recording) {
  for (const HarEntry& entry : recording.entries) {
    const auto address = ReadAddress(entry.url);
    OperationMatch match;
    if (entry.from_cache) {
      match.why_not = "it was answered from a cache";
    } else if (!address) {
      match.why_not = address.error().message;
    } else {
      match = matcher.Match(entry.method, *address);
    }
    if (match.contract != nullptr) {
      recording.matched.push_back({&entry, match.contract, *address});
      recording.origins.insert(FormatOrigin(address->origin));
      continue;
    }
    const std::string where =
        address ? FormatOrigin(address->origin) + address->path : std::string("(no address)");
    recording.left_out.push_back({redactor.Redact(fmt::format("{}: entry {}: {} {}", path,
                                                              entry.index, entry.method, where)),
                                  match.why_not});
  }
}

void TellLeftOut(const std::vector<LeftOutRecord>& left_out, std::ostream& out) {
  for (std::size_t i = 0; i < std::min(left_out.size(), kMostTold); ++i) {
    out << fmt::format("NOT JUDGED  {}: {}\n", ShowLine(left_out[i].what), left_out[i].by);
  }
  if (left_out.size() <= kMostTold) return;
  out << fmt::format("NOT JUDGED  {} more\n", left_out.size() - kMostTold);
}

/// A recording is not all that a deviation is about: that it did not happen there says nothing.
void KeepDeviationsFound(RunRecord& record) {
  std::erase_if(record.header.deviations, [&](const DeviationRecord& deviation) {
    return std::none_of(record.tests.begin(), record.tests.end(),
                        [&](const TestRecord& test) { return Happened(deviation, test); });
  });
}

/// One call of the command.
class Judging {
 public:
  Judging(const JudgeFlags& flags, Invocation& invocation)
      : flags_(flags), invocation_(invocation), redactor_(invocation.redactor) {}

  void Run() {
    if (!Load()) return;
    const std::optional<Origin> only =
        flags_.workspace.base_url.empty() ? std::nullopt : workspace_->profile.target;
    const OperationMatcher matcher(workspace_->catalog, workspace_->profile.as_of,
                                   ReadClouds(invocation_.folders.profiles), only);
    MaskRecording(recording_.entries, redactor_);
    Sort(matcher, source_->path(), redactor_, recording_);
    TellLeftOut(recording_.left_out, invocation_.out);
    if (recording_.matched.empty()) {
      invocation_.Refuse(
          fmt::format("{}: of its {} none is of an operation; where the service has another "
                      "address than the contracts say, give it with --base-url",
                      source_->path(), CountOf(recording_.entries.size(), "exchange")));
      return;
    }
    const HarJudge judge(*workspace_, recording_.matched, source_->path(), flags_.strict);
    JudgeAll(judge);
  }

 private:
  bool Load() {
    if (!MayWriteReports(flags_.reports.folder, invocation_)) return false;
    workspace_ = LoadOrRefuse(flags_.workspace, invocation_);
    if (workspace_ == nullptr) return false;
    const auto source = SourceText::Load(flags_.file, kMaxHarBytes);
    Diagnostics diagnostics;
    if (source) {
      source_ = *source;
      recording_.entries = ReadHar(source_, diagnostics);
    } else {
      diagnostics.AddFile(flags_.file, source.error().message);
    }
    invocation_.err << redactor_.Redact(diagnostics.RenderAll());
    if (!diagnostics.HasErrors()) return true;
    invocation_.Refuse("nothing was judged");
    return false;
  }

  /// Says what was recorded where, and what of all that is promised a recording cannot show.
  Expected<RunHeader> MakeJudgeHeader() {
    // A target that is no mock of our own is not connected to before its first request.
    const auto target = Target::Open(*workspace_, clock_);
    if (!target) return Fail(target.error().message);
    RunHeader header =
        MakeHeader(*workspace_, **target, clock_.Now(), ProcessEnvironment(), flags_.strict);
    header.target =
        fmt::format("{}, recorded in {}", fmt::join(recording_.origins, " and "), source_->path());
    header.mock =
        std::all_of(recording_.matched.begin(), recording_.matched.end(),
                    [](const MatchedEntry& each) { return IsLoopback(each.address.origin); });
    header.identities.clear();
    std::erase_if(header.files, [](const FileRecord& file) { return file.kind == "case"; });
    header.files.push_back({kRecording, source_->path(), Sha256Hex(source_->text())});
    header.population = recording_.entries.size();
    header.selected = recording_.matched.size();
    header.left_out = recording_.left_out;
    unshown_ = TellUnshown(workspace_->catalog, header.clauses);
    return header;
  }

  void JudgeAll(const HarJudge& judge) {
    Expected<RunHeader> header = MakeJudgeHeader();
    if (!header) {
      invocation_.Refuse(header.error().message);
      return;
    }
    RunRecord record;
    record.header = *std::move(header);
    Console console(invocation_.out, invocation_.colour, redactor_);
    for (std::size_t i = 0; i < judge.size(); ++i) {
      TestRecord test = judge.Judge(i, redactor_);
      test.position = static_cast<int>(i);
      console.TestLine(test);
      record.tests.push_back(std::move(test));
    }
    KeepDeviationsFound(record);
    record.duration =
        std::chrono::duration_cast<std::chrono::microseconds>(clock_.Now() - record.header.started);
    invocation_.out << fmt::format(
        "A recording shows neither the bytes on the wire, nor who asked, nor the tenant's state: "
        "{} cannot be judged for that\n",
        CountOf(unshown_, "clause"));
    std::error_code failed;
    fs::create_directories(flags_.reports.folder, failed);  // what fails is told by the first write
    FinishRun({record, EvidenceOf(record), {}, nullptr}, flags_.reports, "", invocation_);
  }

  const JudgeFlags& flags_;
  Invocation& invocation_;
  Redactor& redactor_;
  SystemClock clock_;
  std::unique_ptr<Workspace> workspace_;
  std::shared_ptr<const SourceText> source_;
  Recording recording_;
  std::size_t unshown_ = 0;
};

}  // namespace

void AddJudgeCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<JudgeFlags>();
  flags->workspace.profile = "global";
  CLI::App* command =
      app.add_subcommand("judge", "Judge exchanges that another tool recorded as HAR");
  command->add_option("FILE", flags->file, "The recording, HAR 1.2")->required();
  AddAsOfFlag(*command, flags->workspace.as_of);
  command
      ->add_option("--profile", flags->workspace.profile,
                   "Whose deviations and strengths apply (default: global)")
      ->type_name("NAME");
  command
      ->add_option("--base-url", flags->workspace.base_url,
                   "What went to this origin, in place of the contracts' own")
      ->type_name("ORIGIN");
  command->add_option("--out", flags->reports.folder, "Folder for reports (default: reports)")
      ->type_name("DIR");
  command->add_flag("--strict", flags->strict, "A broken should fails");
  AddFormatsFlag(*command, "--report", flags->reports.formats);
  command->footer(
      "Nothing is sent. No secret of the recording, token or cookie, enters a report.\n"
      "Exit: 0 conforms, 1 nonconformance, 2 bad usage or file, 3 could not tell.\n"
      "Example: conform judge session.har");
  command->callback([flags, &invocation] { Judging(*flags, invocation).Run(); });
}

}  // namespace conform
