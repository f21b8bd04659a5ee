#include "profile/connection_loader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "profile/profile.h"
#include "testing/program.h"
#include "testing/test_authority.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A folder with a certificate authority's files in it, and a profile that names some of them.
class ConnectionOfAProfile : public testing::Test {
 protected:
  ConnectionOfAProfile() {
    fs::create_directories(folder_);
    Write("ca.pem", authority_.credential().certificate);
    Write("client.pem", client_.certificate);
    Write("client.key", client_.key, fs::perms::owner_read | fs::perms::owner_write);
    Write("open.key", client_.key, fs::perms(0644));
    Write("other.key", other_.key, fs::perms(0600));
    Write("both.pem", client_.certificate + client_.key, fs::perms(0600));
    Write("open.pem", client_.certificate + client_.key, fs::perms(0640));
    Write("text.pem", "nothing in here\n", fs::perms(0600));
  }
  ~ConnectionOfAProfile() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text,
             fs::perms mode = fs::perms(0644)) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    fs::permissions(folder_ / name, mode);
  }

  std::optional<Profile> Load(const std::string& keys, std::string& told) const {
    Diagnostics diagnostics;
    const std::string text = "name: x\ntitle: X\ntarget: https://graph.example\n" + keys;
    auto profile =
        LoadProfile(std::make_shared<SourceText>((folder_ / "lab.yaml").string(), text),
                    diagnostics, [](std::string_view name) -> std::optional<std::string> {
                      if (name != "WRONG") return std::nullopt;
                      return "not-the-password";
                    });
    told = diagnostics.RenderAll();
    const std::string place = folder_.string() + "/";
    for (auto at = told.find(place); at != std::string::npos; at = told.find(place, at)) {
      told.erase(at, place.size());
    }
    return profile;
  }

  const fs::path folder_ =
      fs::path(testing::TempDir()) / fmt::format("connection_loader.{}", ::getpid());
  const TestAuthority authority_;
  const Credential client_ = authority_.IssueForClient("alice");
  const Credential other_ = authority_.IssueForClient("bob");
};

TEST_F(ConnectionOfAProfile, ReadsEveryKey) {
  std::string told;
  const auto profile = Load(
      "ca_file: ca.pem\nclient_certificates:\n"
      "  - {host: Graph.EXAMPLE, certificate_file: client.pem, key_file: client.key}\n"
      "  - {host: 127.0.0.1, certificate_file: both.pem, password_variable: ABSENT}\n"
      "proxy: {address: 'http://proxy.example:3128', sign_in_variable: PROXY_SIGN_IN, no_proxy: "
      "[a.example, 10.0.0.0/8]}\n",
      told);
  EXPECT_EQ(told, "");
  ASSERT_TRUE(profile);
  const TlsSettings& tls = profile->connection.tls;
  EXPECT_EQ(tls.ca_file, folder_ / "ca.pem");
  ASSERT_EQ(tls.client_certificates.size(), 2U);
  EXPECT_EQ(tls.client_certificates[0].host, "graph.example");
  EXPECT_EQ(tls.client_certificates[0].file, folder_ / "client.pem");
  EXPECT_EQ(tls.client_certificates[0].key_file, folder_ / "client.key");
  EXPECT_EQ(tls.client_certificates[0].password_variable, "");
  EXPECT_EQ(tls.client_certificates[1].file, folder_ / "both.pem");
  EXPECT_EQ(tls.client_certificates[1].key_file, "");
  EXPECT_EQ(tls.client_certificates[1].password_variable, "ABSENT");
  const ProxySettings& proxy = profile->connection.proxy;
  EXPECT_EQ(proxy.address, "http://proxy.example:3128");
  EXPECT_EQ(proxy.credentials_variable, "PROXY_SIGN_IN");
  EXPECT_EQ(proxy.no_proxy, (std::vector<std::string>{"a.example", "10.0.0.0/8"}));
}

TEST_F(ConnectionOfAProfile, NamesAFileByItsWholePathToo) {
  std::string told;
  const auto profile = Load(fmt::format("ca_file: {}\n", (folder_ / "ca.pem").string()), told);
  EXPECT_EQ(told, "");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->connection.tls.ca_file, folder_ / "ca.pem");
}

TEST_F(ConnectionOfAProfile, LeavesAllToTheMachineWithoutTheKeys) {
  std::string told;
  const auto profile = Load("", told);
  ASSERT_TRUE(profile);
  EXPECT_TRUE(profile->connection.tls.ca_file.empty());
  EXPECT_TRUE(profile->connection.tls.client_certificates.empty());
  EXPECT_EQ(profile->connection.proxy.address, std::nullopt);
}

TEST_F(ConnectionOfAProfile, SaysThatThereIsNoProxy) {
  std::string told;
  const auto profile = Load("proxy: none\n", told);
  EXPECT_EQ(told, "");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->connection.proxy.address, "");
}

struct RefusedRow {
  std::string keys;
  std::string told;  // all of it
};

const std::string kOne = "client_certificates:\n  - {host: a.example, ";
const RefusedRow kRefusedRows[] = {
    {"ca_file: absent.pem\n",
     "lab.yaml:4:10: error: the CA file absent.pem cannot be read or holds no certificate: it is "
     "to be PEM\n 4 | ca_file: absent.pem\n   |          ^^^^^^^^^^\n"
     "      name a PEM file of certificates; its path begins at the profile's folder\n"},
    {"ca_file: text.pem\n",
     "lab.yaml:4:10: error: the CA file text.pem cannot be read or holds no certificate: it is "
     "to be PEM\n 4 | ca_file: text.pem\n   |          ^^^^^^^^\n"
     "      name a PEM file of certificates; its path begins at the profile's folder\n"},
    {kOne + "certificate_file: client.pem, key_file: absent.key}\n",
     "lab.yaml:5:63: error: absent.key cannot be read, or is no file\n"
     " 5 |   - {host: a.example, certificate_file: client.pem, key_file: absent.key}\n"
     "   |                                                               ^^^^^^^^^^\n"},
    {kOne + "certificate_file: absent.pem}\n",
     "lab.yaml:5:41: error: absent.pem cannot be read, or is no file\n"
     " 5 |   - {host: a.example, certificate_file: absent.pem}\n"
     "   |                                         ^^^^^^^^^^\n"},
    {kOne + "certificate_file: client.pem, key_file: open.key}\n",
     "lab.yaml:5:63: error: open.key holds a secret and can be read by others: chmod 600 "
     "open.key\n 5 |   - {host: a.example, certificate_file: client.pem, key_file: open.key}\n"
     "   |                                                               ^^^^^^^^\n"},
    {kOne + "certificate_file: open.pem}\n",
     "lab.yaml:5:41: error: open.pem holds a secret and can be read by others: chmod 600 "
     "open.pem\n 5 |   - {host: a.example, certificate_file: open.pem}\n"
     "   |                                         ^^^^^^^^\n"},
    {kOne + "certificate_file: client.pem, key_file: other.key}\n",
     "lab.yaml:5:41: error: the client certificate client.pem and its private key do not belong "
     "together\n 5 |   - {host: a.example, certificate_file: client.pem, key_file: other.key}\n"
     "   |                                         ^^^^^^^^^^\n"},
    {kOne + "certificate_file: text.pem}\n",
     "lab.yaml:5:41: error: the client certificate text.pem is neither PEM nor PKCS#12\n"
     " 5 |   - {host: a.example, certificate_file: text.pem}\n"
     "   |                                         ^^^^^^^^\n"},
    {"client_certificates: [{host: 'https://a.example', certificate_file: both.pem}]\n",
     "lab.yaml:4:30: error: 'https://a.example' is no host\n"
     " 4 | client_certificates: [{host: 'https://a.example', certificate_file: both.pem}]\n"
     "   |                              ^^^^^^^^^^^^^^^^^^^\n"
     "      write the host alone, as the target has it: graph.example.com\n"},
    {"client_certificates:\n  - {host: a.example, certificate_file: both.pem}\n"
     "  - {host: A.example, certificate_file: both.pem}\n",
     "lab.yaml:6:12: error: 'a.example' has a client certificate already\n"
     " 6 |   - {host: A.example, certificate_file: both.pem}\n"
     "   |            ^^^^^^^^^\n"
     "      name one for each host\n"},
    {kOne + "certificate_file: both.pem, password_variable: hunter2=hunter2}\n",
     "lab.yaml:5:70: error: that is no name of an environment variable\n"
     "      write the variable's name, not what it holds\n"},
    {"proxy: http://squirrel:acorn@proxy.example:3128\n",
     "lab.yaml:4:8: error: a sign-in stands in the proxy's address\n"
     "      a profile names secrets and never holds them: put user:password into an environment "
     "variable and name it as sign_in_variable\n"},
    {"proxy: {address: 'socks5://proxy.example:1'}\n",
     "lab.yaml:4:18: error: that is no address of a proxy\n"
     "      write http://host:port, or none to use no proxy\n"},
};

TEST_F(ConnectionOfAProfile, TellsEachMistakeAtItsPlace) {
  for (const RefusedRow& row : kRefusedRows) {
    std::string told;
    EXPECT_FALSE(Load(row.keys, told)) << row.keys;
    EXPECT_EQ(told, row.told);
  }
}

TEST_F(ConnectionOfAProfile, SaysThatAPasswordThatIsSetIsWrong) {
  const ProgramResult made =
      RunProgram({"openssl", "pkcs8", "-topk8", "-passout", "pass:the-password"}, client_.key);
  ASSERT_EQ(made.exit_code, 0) << made.errors;
  Write("protected.key", made.output, fs::perms(0600));
  std::string told;
  EXPECT_FALSE(
      Load("client_certificates: [{host: a.example, certificate_file: client.pem, "
           "key_file: protected.key, password_variable: WRONG}]\n",
           told));
  EXPECT_TRUE(told.starts_with(
      "lab.yaml:4:59: error: the client certificate client.pem has no private key that can be read "
      "in protected.key: it is not there, or its password is missing or wrong\n"))
      << told;
  EXPECT_EQ(told.find("not-the-password"), std::string::npos) << told;
}

}  // namespace
}  // namespace conform
