#include "history/history_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
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

struct Advice {
  int code;
  const char* says;
  bool may_pass;
};

constexpr int kPrimaryCode = 0xFF;  // of an extended one of SQLite's

constexpr const char* kBusyAdvice =
    "another process has kept it for 15 s: wait for its end, then call again";

constexpr std::array<Advice, 8> kAdvice = {{
    {SQLITE_CANTOPEN, "make sure that it is a file, which you may read, and may write beside",
     false},
    {SQLITE_BUSY, kBusyAdvice, true},
    {SQLITE_LOCKED, kBusyAdvice, true},
    {SQLITE_FULL, "free some space there, or name another file with --history", true},
    {SQLITE_IOERR,
     "the disk failed or is full, or files may not be so large here: mend that, or name another "
     "file with --history",
     true},
    {SQLITE_READONLY,
     "it may only be read here: copy it to where it may be written, or name another file with "
     "--history",
     false},
    {SQLITE_CORRUPT,
     "it is damaged: put a copy of it back, or name another file with --history and begin anew",
     false},
    {SQLITE_NOTADB, "name a history with --history, or a file that is not there yet", false},
}};

/// The address by which SQLite reads a file that nobody changes, without files beside it.
std::string ImmutablePlace(const fs::path& path) {
  std::string place = "file://";
  for (const char each : fs::absolute(path).string()) {
    if (each == '%' || each == '?' || each == '#') {
      place += fmt::format("%{:02X}", static_cast<unsigned>(each));
    } else {
      place += each;
    }
  }
  return place + "?immutable=1";
}

/// The file, or the nearest folder above it that is there.
fs::path NearestExisting(fs::path path) {
  std::error_code failed;
  path = fs::absolute(path, failed);
  while (!fs::exists(path, failed) && path.has_relative_path()) path = path.parent_path();
  return path;
}

/// SQLite writes beside it as well.
bool MayBeWritten(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  return ::access(folder.c_str(), W_OK) == 0 && ::access(path.c_str(), W_OK) == 0;
}

/// Whether a file beside it says that somebody writes to it, or was cut off.
bool IsBeingWritten(const fs::path& path) {
  std::error_code ignored;
  const std::string log = path.string() + "-wal";
  return fs::exists(path.string() + "-journal", ignored) ||
         (fs::exists(log, ignored) && fs::file_size(log, ignored) > 0);
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

Error DescribeHistoryError(const fs::path& path, const std::exception& thrown) {
  std::string message = fmt::format("{}: {}", path.string(), thrown.what());
  const auto* const of_sqlite = dynamic_cast<const SQLite::Exception*>(&thrown);
  if (of_sqlite == nullptr) return Error{std::move(message)};
  const int code = of_sqlite->getErrorCode() & kPrimaryCode;
  const auto* const advice = std::find_if(kAdvice.begin(), kAdvice.end(),
                                          [code](const Advice& each) { return each.code == code; });
  if (advice == kAdvice.end()) return Error{std::move(message)};
  return {message + ": " + advice->says, advice->may_pass};
}

HistoryFile::HistoryFile(const fs::path& path, const std::string& place, int flags)
    : path_(path), database_(place, flags, kBusyMs) {}

Expected<std::unique_ptr<HistoryFile>> HistoryFile::Open(const fs::path& path,
                                                         const DiskKind& disk) {
  if (const auto local = RefuseNetworkDisk(path, disk); !local) {
    return tl::unexpected(local.error());
  }
  std::error_code ignored;
  if (fs::exists(path, ignored) && !MayBeWritten(path)) {
    // SQLite would read it, and leave files beside it that keep its owner out.
    return tl::unexpected(DescribeHistoryError(
        path, SQLite::Exception("it may not be written, or nothing beside it", SQLITE_READONLY)));
  }
  CreatePrivateFolder(path.parent_path());
  // SQLite would make it readable for others, and gives the files beside it the mode of this one.
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made >= 0) ::close(made);  // what fails is told by the opening
  try {
    std::unique_ptr<HistoryFile> file(
        new HistoryFile(path, path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE));
    if (const auto prepared = file->Prepare(); !prepared) return tl::unexpected(prepared.error());
    if (file->database_.execAndGet("PRAGMA journal_mode").getString() != "wal") {
      // Needs the file for itself for a moment; whoever opens it next tries again.
      static_cast<void>(file->database_.tryExec("PRAGMA journal_mode = WAL"));
    }
    return file;
  } catch (const std::exception& thrown) {  // SQLiteCpp's and the standard library's
    return tl::unexpected(DescribeHistoryError(path, thrown));
  }
}

Expected<std::unique_ptr<HistoryFile>> HistoryFile::OpenToRead(const fs::path& path,
                                                               const DiskKind& disk) {
  std::error_code ignored;
  if (!fs::exists(path, ignored) || MayBeWritten(path)) return Open(path, disk);
  // Without a log nobody writes to it now, and none is to be made: its writer could not write to
  // it.
  const auto still_since = fs::last_write_time(path, ignored);
  const bool immutable = !IsBeingWritten(path);
  if (const auto local = RefuseNetworkDisk(path, disk); !local && !immutable) {
    return tl::unexpected(local.error());
  }
  try {
    const std::string place = immutable ? ImmutablePlace(path) : path.string();
    std::unique_ptr<HistoryFile> file(
        new HistoryFile(path, place, SQLite::OPEN_READONLY | SQLite::OPEN_URI));
    if (immutable) file->still_since_ = still_since;
    const auto current = file->Try([&] { return file->RequireCurrent(); });
    if (!current) return tl::unexpected(current.error());
    return file;
  } catch (const std::exception& thrown) {  // SQLiteCpp's and the standard library's
    return tl::unexpected(DescribeHistoryError(path, thrown));
  }
}

Error HistoryFile::Describe(const std::exception& thrown) const {
  std::error_code ignored;
  if (still_since_ &&
      (IsBeingWritten(path_) || fs::last_write_time(path_, ignored) != *still_since_)) {
    return {
        fmt::format("{}: {}: it was written meanwhile: call again", path_.string(), thrown.what()),
        /*may_pass=*/true};
  }
  return DescribeHistoryError(path_, thrown);
}

Expected<int> HistoryFile::ReadVersion() {
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
  return version;
}

Expected<void> HistoryFile::RequireCurrent() {
  const SQLite::Transaction reading(database_);
  const auto version = ReadVersion();
  if (!version) return tl::unexpected(version.error());
  if (*version == CurrentSchema()) return {};
  return Fail(
      fmt::format("{}: is of an older conform (schema {}, this one reads {}) and may not be "
                  "written: copy it to where it may be, and name that with --history",
                  path_.string(), *version, CurrentSchema()));
}

Expected<void> HistoryFile::Prepare() {
  database_.exec("PRAGMA foreign_keys = ON");
  {
    // Who finds all in order waits for no run that writes.
    const SQLite::Transaction reading(database_);
    const auto version = ReadVersion();
    if (!version) return tl::unexpected(version.error());
    if (*version == CurrentSchema()) return {};
  }
  SQLite::Transaction whole(database_, SQLite::TransactionBehavior::IMMEDIATE);
  const auto version = ReadVersion();
  if (!version) return tl::unexpected(version.error());
  if (*version < CurrentSchema()) {
    database_.exec(fmt::format("PRAGMA application_id = {}", kHistoryApplication));
    for (int i = *version; i < CurrentSchema(); ++i) {
      database_.exec(kHistorySteps[static_cast<std::size_t>(i)]);
    }
    database_.exec(fmt::format("PRAGMA user_version = {}", CurrentSchema()));
  }
  whole.commit();
  return {};
}

}  // namespace conform
