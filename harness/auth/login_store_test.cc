#include "auth/login_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/sample_sign_in.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

const LoginKey kKey{"https://login.example.test/contoso", "client", IdentityKind::kDelegatedWork};

class KeepLogin : public SignInTest {
 protected:
  std::string Found(const LoginKey& key = kKey) const {
    const auto found = store_.Find(key);
    return found ? found->value_or("nothing") : Shown(found.error().message);
  }
  /// Without this test's own paths.
  std::string Shown(std::string text) const {
    const std::pair<std::string, std::string> names[] = {
        {store_.FileOf(kKey).string(), "FILE"}, {(folder_ / "conform").string(), "FOLDER"}};
    for (const auto& [path, name] : names) {
      for (std::size_t at = 0; (at = text.find(path)) != std::string::npos;) {
        text.replace(at, path.size(), name);
      }
    }
    return text;
  }
  static mode_t ModeOf(const fs::path& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 ? about.st_mode & 07777U : 0;
  }

  const LoginStore store_ = LoginStore(folder_ / "conform");
};

TEST_F(KeepLogin, ForItsOwnerAloneAndNothingBeside) {
  EXPECT_EQ(Found(), "nothing");
  EXPECT_FALSE(fs::exists(folder_));
  ASSERT_TRUE(store_.Keep(kKey, "first"));
  ASSERT_TRUE(store_.Keep(kKey, "second"));
  EXPECT_EQ(Found(), "second");
  EXPECT_EQ(ModeOf(store_.FileOf(kKey)), 0600U);
  EXPECT_EQ(ModeOf(folder_ / "conform"), 0700U);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "conform"), {}), 1);
  EXPECT_TRUE(store_.Forget(kKey).value());
  EXPECT_FALSE(store_.Forget(kKey).value());
  EXPECT_EQ(Found(), "nothing");
}

TEST_F(KeepLogin, ApartByAuthorityClientAndIdentity) {
  LoginKey authority = kKey;
  authority.authority += "x";
  LoginKey client = kKey;
  client.client += "x";
  LoginKey identity = kKey;
  identity.identity = IdentityKind::kDelegatedPersonal;
  ASSERT_TRUE(store_.Keep(kKey, "kept"));
  for (const LoginKey& other : {authority, client, identity}) EXPECT_EQ(Found(other), "nothing");
}

TEST_F(KeepLogin, RefusesWhatOthersCouldReadOrHavePutThere) {
  ASSERT_TRUE(store_.Keep(kKey, "marked"));
  const fs::path file = store_.FileOf(kKey);
  fs::permissions(file, fs::perms(0640));
  EXPECT_EQ(Found(), "FILE holds sign-ins and is open to others: chmod 600 FILE");
  fs::permissions(file, fs::perms(0600));
  fs::permissions(folder_ / "conform", fs::perms(0750));
  EXPECT_EQ(Found(), "FOLDER holds sign-ins and is open to others: chmod 700 FOLDER");
  EXPECT_EQ(Shown(store_.Keep(kKey, "other").error().message),
            "FOLDER holds sign-ins and is open to others: chmod 700 FOLDER");
  fs::permissions(folder_ / "conform", fs::perms(0700));
  fs::rename(file, folder_ / "elsewhere");
  fs::create_symlink(folder_ / "elsewhere", file);
  EXPECT_EQ(Found(), "FILE is a link: remove it and sign in anew");
  fs::remove(file);
  std::ofstream(file) << "marked";
  fs::permissions(file, fs::perms(0600));
  EXPECT_EQ(Found(), "FILE holds no sign-in: sign in anew");
  fs::rename(folder_ / "conform", folder_ / "moved");
  fs::create_directory_symlink(folder_ / "moved", folder_ / "conform");
  EXPECT_EQ(Found(), "FOLDER is a link: remove it and sign in anew");
}

TEST_F(KeepLogin, OneProcessAtATimeHoldsIt) {
  auto lock = store_.Hold(kKey);
  ASSERT_TRUE(lock) << lock.error().message;
  const fs::path file = store_.FileOf(kKey).replace_extension(".lock");
  const int other = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(other, 0);
  EXPECT_NE(::flock(other, LOCK_EX | LOCK_NB), 0);
  lock->reset();
  EXPECT_EQ(::flock(other, LOCK_EX | LOCK_NB), 0);
  ::close(other);
  EXPECT_EQ(ModeOf(file), 0600U);
}

TEST(OpenLoginStore, InTheStateFolder) {
  const auto open = [](const char* home) {
    return LoginStore::Open([&](std::string_view name) -> std::optional<std::string> {
      if (name != "HOME" || home == nullptr) return std::nullopt;
      return home;
    });
  };
  const auto store = open("/home/a");
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ(store->FileOf(kKey).parent_path(), "/home/a/.local/state/conform");
  const auto nowhere = open(nullptr);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().message,
            "there is no place to keep sign-ins: set HOME or XDG_STATE_HOME");
}

}  // namespace
}  // namespace conform
