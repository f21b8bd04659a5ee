#include "run/first_cases.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/folder.h"
#include "case/case_loader.h"
#include "case/test.h"
#include "contract/contract_loader.h"
#include "page/scaffold.h"
#include "run/import_files.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEditions = "\neditions: [";
constexpr std::string_view kIdentity = "\nidentity: ";

bool IsTied(const std::string& text) { return text.find(kEditions) != std::string::npos; }

std::string WithoutEditions(std::string text) {
  const std::size_t begin = text.find(kEditions);
  if (begin == std::string::npos) return text;
  return text.erase(begin, text.find('\n', begin + 1) - begin);
}

std::string Tie(std::string text, const std::vector<std::string>& editions) {
  return text.insert(text.find(kIdentity),
                     fmt::format("{}{}]", kEditions, fmt::join(editions, ", ")));
}

bool Holds(const std::vector<std::string>& editions, const std::string& edition) {
  return std::find(editions.begin(), editions.end(), edition) != editions.end();
}

std::optional<Case> ReadCase(const std::shared_ptr<const SourceText>& source) {
  Diagnostics told_by_lint;
  return LoadCase(source, fs::path(source->path()).stem().string(), told_by_lint);
}

bool IsDescribed(const Contract& contract) { return !contract.page.document.empty(); }

/// The newest edition, where `written` is one of those that are loaded.
const Contract& NewestOf(const Contract& written, const Catalog& catalog) {
  const bool is_loaded = catalog.Find(written.operation, written.edition) != nullptr;
  return is_loaded && IsDescribed(written) ? *catalog.Editions(written.operation).back() : written;
}

/// Of one operation.
class FirstCases {
 public:
  FirstCases(const ImportedOperation& operation, const Catalog& catalog, Invocation& invocation)
      : operation_(operation),
        catalog_(catalog),
        invocation_(invocation),
        contract_(NewestOf(operation.contract, catalog)),
        editions_(catalog.Editions(contract_.operation)),
        folder_("cases" / FolderOf(contract_)) {}

  void Write() {
    std::set<std::string> names;
    for (const CaseFile& made : ScaffoldCases(contract_, operation_.example)) {
      if (!Place(made)) return;
      names.insert(made.name);
    }
    RemoveForgotten(names);
  }

 private:
  /// False where it could not be written, which is told.
  bool Place(const CaseFile& made) {
    const std::string text = TieToFitting(made);
    std::error_code ignored;
    for (const fs::path& file : PlacesOf(made.name)) {
      if (!fs::exists(file, ignored)) continue;
      const auto source = SourceText::Load(file);
      if (source && !IsUpToDate(*source, text) && IsUntouched((*source)->text())) {
        return WriteCase(file, text,
                         fmt::format(": written anew for edition {}, no hand had changed it",
                                     contract_.edition));
      }
      if (!source || IsRun(*source)) return Leave(file);
    }
    const auto places = PlacesOf(made.name);
    const fs::path& free = places[fs::exists(places[0], ignored) ? 1 : 0];
    return fs::exists(free, ignored) ? Leave(free) : WriteCase(free, text, "");
  }

  /// As it would be written, or as a hand has tied it to fewer editions.
  bool IsUpToDate(const std::shared_ptr<const SourceText>& source, const std::string& text) const {
    const std::string& there = source->text();
    if (there == text) return true;
    return WithoutEditions(there) == WithoutEditions(text) && IsTied(there) && IsRun(source);
  }

  /// Where a first case may stand: its name alone, or behind it an edition, this one before others.
  std::vector<fs::path> PlacesOf(const std::string& name) const {
    std::vector<fs::path> places = {folder_ / name};
    const auto add = [&](std::string edition) {
      std::replace(edition.begin(), edition.end(), '-', '_');
      fs::path place = folder_ / name;
      place.replace_filename(fmt::format("{}_{}.yaml", place.stem().string(), edition));
      places.push_back(std::move(place));
    };
    add(contract_.edition);
    std::for_each(editions_.rbegin(), editions_.rend(),
                  [&](const Contract* each) { add(each->edition); });
    return places;
  }

  bool Leave(const fs::path& file) {
    invocation_.out << fmt::format("{}: is there already, and left as it is\n", file.string());
    return true;
  }

  bool WriteCase(const fs::path& file, const std::string& text, const std::string& told) {
    const Expected<void> written = WriteWholeFile(file, text, invocation_.redactor);
    if (written) {
      invocation_.out << file.string() << told << '\n';
    } else {
      invocation_.Refuse(written.error().message);
    }
    return written.has_value();
  }

  /// As it is where it fits every edition, and where it does not fit its own: that is told then.
  std::string TieToFitting(const CaseFile& made) const {
    if (IsTied(made.text)) return made.text;
    std::optional<Case> read =
        ReadCase(std::make_shared<SourceText>((folder_ / made.name).string(), made.text));
    if (!read) return made.text;
    std::vector<Case> cases;
    cases.push_back(std::move(*read));
    std::vector<std::string> fitting;
    for (const Contract* each : editions_) {
      cases.front().editions = {each->edition};
      Diagnostics mistakes;
      PlanTests(cases, catalog_, {true, {}}, mistakes);
      if (!mistakes.HasErrors()) fitting.push_back(each->edition);
    }
    const bool as_it_is = fitting.size() == editions_.size() || !Holds(fitting, contract_.edition);
    return as_it_is ? made.text : Tie(made.text, fitting);
  }

  /// Whether it is run against the edition, as far as can be read.
  bool IsRun(const std::shared_ptr<const SourceText>& source) const {
    const std::optional<Case> read = ReadCase(source);
    return !read || read->editions.empty() || Holds(read->editions, contract_.edition);
  }

  /// Whether an import made this text, or would have made it of a contract that stood.
  bool IsUntouched(const std::string& text) { return MadeBefore().contains(WithoutEditions(text)); }

  /// Texts of first cases without their editions, and the names of their files. Empty for a page:
  /// with what request it made others is not known.
  const std::map<std::string, std::string>& MadeBefore() {
    if (made_before_) return *made_before_;
    made_before_.emplace();
    if (!IsDescribed(contract_)) return *made_before_;
    AddMade(operation_.before);
    for (const Contract* each : editions_) AddMade(LoadImported(each->source->path()));
    return *made_before_;
  }

  void AddMade(const std::vector<std::shared_ptr<const SourceText>>& sources) {
    for (const auto& source : sources) {
      Diagnostics told_by_lint;
      const std::optional<Contract> contract = LoadContract(source, told_by_lint);
      if (!contract) continue;
      for (CaseFile& made : ScaffoldCases(*contract, "")) {
        made_before_->emplace(WithoutEditions(std::move(made.text)), std::move(made.name));
      }
    }
  }

  /// Those of other names than it makes, or in the folder of an edition with another address.
  void RemoveForgotten(const std::set<std::string>& names) {
    std::set<fs::path> folders = {folder_};
    for (const Contract* each : editions_) folders.insert("cases" / FolderOf(*each));
    Diagnostics told_by_lint;
    for (const fs::path& folder : folders) {
      for (const fs::path& file : FindYamlFiles(folder, told_by_lint).files) {
        const bool is_placed = folder == folder_ && names.contains(file.filename().string());
        if (!is_placed && IsForgotten(file, folder == folder_ ? names : std::set<std::string>{})) {
          Remove(file);
        }
      }
    }
  }

  /// An untouched one that is run against the edition, which makes none of its name (`names`).
  bool IsForgotten(const fs::path& file, const std::set<std::string>& names) {
    const auto source = SourceText::Load(file);
    if (!source) return false;
    const auto made = MadeBefore().find(WithoutEditions((*source)->text()));
    return made != MadeBefore().end() && !names.contains(made->second) && IsRun(*source);
  }

  void Remove(const fs::path& file) {
    std::error_code failed;
    fs::remove(file, failed);
    if (failed) return invocation_.Refuse(fmt::format("{}: {}", file.string(), failed.message()));
    invocation_.out << fmt::format("{}: removed, edition {} has no reason for it\n", file.string(),
                                   contract_.edition);
  }

  const ImportedOperation& operation_;
  const Catalog& catalog_;
  Invocation& invocation_;
  const Contract& contract_;  ///< whose first cases they are.
  const std::vector<const Contract*> editions_;
  const fs::path folder_;
  std::optional<std::map<std::string, std::string>> made_before_;
};

/// Whether it is one of these operations, or has a step of one.
bool Concerns(const Case& one, const std::set<std::string_view>& operations) {
  return operations.contains(one.operation) ||
         std::any_of(one.steps.begin(), one.steps.end(),
                     [&](const Step& step) { return operations.contains(step.operation); });
}

}  // namespace

void WriteFirstCases(const ImportedOperation& operation, const Catalog& catalog,
                     Invocation& invocation) {
  FirstCases(operation, catalog, invocation).Write();
}

void TellUnfit(const std::vector<ImportedOperation>& operations, const Catalog& catalog,
               Invocation& invocation) {
  std::error_code ignored;
  if (!fs::is_directory("cases", ignored)) return;
  std::set<std::string_view> names;
  for (const ImportedOperation& each : operations) names.insert(each.contract.operation);
  Diagnostics told_by_lint;
  std::vector<Case> cases = LoadCases({"cases"}, told_by_lint);
  std::erase_if(cases, [&](const Case& each) { return !Concerns(each, names); });
  Diagnostics unfit;
  PlanTests(cases, catalog, {true, {}}, unfit);
  for (Diagnostic& each : unfit.Sorted()) {
    each.kind = Diagnostic::Kind::kWarning;
    invocation.err << Render(each);
  }
}

}  // namespace conform
