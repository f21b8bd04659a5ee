#include "history/history_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "history/history_schema.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMs = 15'000;

/// f_type of statfs(2), as Linux numbers them.
constexpr std::array<std::pair<std::int64_t, std::string_view>, 13> kNetworkDisks = {
    {{0x6969, "NFS"},
     {0x517B, "SMB"},
     {0xFF534D42, "CIFS"},
     {0xFE534D42, "SMB2"},
     {0x65735546, "FUSE"},
     {0x01021997, "9P"},
     {0x00C36400, "Ceph"},
     {0x5346414F, "AFS"},
     {0x6B414653, "kAFS"},
     {0x73757245, "Coda"},
     {0x0BD00BD0, "Lustre"},
     {0x47504653, "GPFS"},
     {0x564C, "NCP"}}};

/// The file, or the nearest folder above it that is there.
fs::path NearestExisting(fs::path path) {
  std::error_code failed;
  path = fs::absolute(path, failed);
  while (!fs::exists(path, failed) && path.has_relative_path()) path = path.parent_path();
  return path;
}

Expected<void> RefuseNetworkDisk(const fs::path& path, const DiskKind& disk) {
  const Expected<std::int64_t> kind = disk(NearestExisting(path));
  if (!kind) return tl::unexpected(kind.error());
  const std::string_view name = NetworkDiskName(*kind);
  if (name.empty()) return {};
  return Fail(
      fmt::format("{}: lies on a {} disk, whose locks do not keep two runs apart: name a file on "
                  "a local disk with --history, or leave it out with --no-history",
                  path.string(), name));
}

/// Only its owner reads what a service answered. Errors are told by opening it.
void CreatePrivateFolder(const fs::path& folder) {
  std::error_code failed;
  if (folder.empty() || fs::exists(folder, failed)) return;
  fs::create_directories(folder, failed);
  ::chmod(folder.c_str(), S_IRWXU);
}

int ReadNumber(SQLite::Database& database, const char* pragma) {
  return database.execAndGet(fmt::format("PRAGMA {}", pragma)).getInt();
}

}  // namespace

Expected<std::int64_t> AskDiskKind(const fs::path& path) {
  struct statfs disk {};
  if (::statfs(path.c_str(), &disk) != 0) {
    return Fail(fmt::format("{}: cannot be reached: {}", path.string(), std::strerror(errno)));
  }
  return static_cast<std::int64_t>(static_cast<std::uint32_t>(disk.f_type));
}

std::string_view NetworkDiskName(std::int64_t kind) {
  for (const auto& [number, name] : kNetworkDisks) {
    if (number == kind) return name;
  }
  return "";
}

int CurrentSchema() { return static_cast<int>(kHistorySteps.size()); }

std::string SchemaScript(int version) {
  std::string script = fmt::format("PRAGMA application_id = {};", kHistoryApplication);
  for (int i = 0; i < version; ++i) script += kHistorySteps[static_cast<std::size_t>(i)];
  return script + fmt::format("PRAGMA user_version = {};", version);
}

HistoryFile::HistoryFile(const fs::path& path)
    : path_(path),
      database_(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMs) {}

Expected<std::unique_ptr<HistoryFile>> HistoryFile::Open(const fs::path& path,
                                                         const DiskKind& disk) {
  if (const auto local = RefuseNetworkDisk(path, disk); !local) {
    return tl::unexpected(local.error());
  }
  CreatePrivateFolder(path.parent_path());
  // SQLite would make it readable for others, and gives the files beside it the mode of this one.
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made >= 0) ::close(made);  // what fails is told by the opening
  try {
    std::unique_ptr<HistoryFile> file(new HistoryFile(path));
    if (const auto prepared = file->Prepare(); !prepared) return tl::unexpected(prepared.error());
    return file;
  } catch (const std::exception& thrown) {  // SQLiteCpp's and the standard library's
    return Fail(fmt::format("{}: {}", path.string(), thrown.what()));
  }
}

Expected<void> HistoryFile::Prepare() {
  database_.exec("PRAGMA foreign_keys = ON");
  SQLite::Transaction whole(database_, SQLite::TransactionBehavior::IMMEDIATE);
  const int application = ReadNumber(database_, "application_id");
  const int version = ReadNumber(database_, "user_version");
  const bool fresh = database_.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
  if (!fresh && application != kHistoryApplication) {
    return Fail(fmt::format("{}: is a database of another program, no history", path_.string()));
  }
  if (version > CurrentSchema()) {
    return Fail(
        fmt::format("{}: was written by a newer conform (schema {}, this one reads up to {}): use "
                    "that one, or name another file with --history",
                    path_.string(), version, CurrentSchema()));
  }
  if (version < CurrentSchema()) {
    database_.exec(fmt::format("PRAGMA application_id = {}", kHistoryApplication));
    for (int i = version; i < CurrentSchema(); ++i) {
      database_.exec(kHistorySteps[static_cast<std::size_t>(i)]);
    }
    database_.exec(fmt::format("PRAGMA user_version = {}", CurrentSchema()));
  }
  whole.commit();
  if (database_.execAndGet("PRAGMA journal_mode").getString() != "wal") {
    // Needs the file for itself for a moment; whoever opens it next tries again.
    static_cast<void>(database_.tryExec("PRAGMA journal_mode = WAL"));
  }
  return {};
}

}  // namespace conform
