// `conform judge` on what was recorded of a tenant: whom its outputs tell of.
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "base/digest.h"
#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// In a path, a token's claims, and an answer's members and texts.
constexpr std::array<const char*, 5> kPeople = {"path.person@contoso.example", "Signed-In Person",
                                                "jane@contoso.example", "+49 151 1234567",
                                                "text.person@contoso.example"};

/// What was recorded of `origin`, with all of them.
std::string RecordingOfPeople(const std::string& origin) {
  const std::string token = Base64Url(R"({"alg":"none"})") + "." +
                            Base64Url(std::string(R"({"name":")") + kPeople[1] + R"("})") + "." +
                            Base64Url("signature");
  const std::string body = nlohmann::json{
      {"userPrincipalName", kPeople[2]},
      {"mobilePhone", kPeople[3]},
      {"description", std::string("ask ") + kPeople[4]},
      {"by", kPeople[1]}}.dump();
  const auto entry = [&](const std::string& path) {
    return nlohmann::json{
        {"request",
         {{"method", "GET"},
          {"url", origin + path},
          {"headers", {{{"name", "Authorization"}, {"value", "Bearer " + token}}}}}},
        {"response",
         {{"status", 500},
          {"headers", {{{"name", "Content-Type"}, {"value", "application/json"}}}},
          {"content", {{"size", body.size()}, {"text", body}}}}}};
  };
  return nlohmann::json{
      {"log",
       {{"entries", {entry("/beta/things"), entry("/beta/users/path.person%40contoso.example")}}}}}
      .dump();
}

/// All that judging `origin` writes, to the console and into files.
std::string JudgeAll(const SampleProject& project, const std::string& origin) {
  WriteReading(project);
  project.Write("a.har", RecordingOfPeople(origin));
  const ProgramResult judged =
      project.Conform({"judge", "a.har", "--out", "j", "--report", "all", "--base-url", origin});
  EXPECT_EQ(judged.exit_code, 1) << judged.output << judged.errors;
  std::string all = judged.output + judged.errors;
  for (const auto& each : fs::recursive_directory_iterator(project.folder() / "j")) {
    if (each.is_regular_file()) all += ReadTestFile(each.path());
  }
  return all;
}

TEST(JudgedPeople, OfATenantAreInNoOutput) {
  const SampleProject project;
  const std::string all = JudgeAll(project, "https://graph.microsoft.com");
  for (const char* person : kPeople) EXPECT_EQ(all.find(person), std::string::npos) << person;
  EXPECT_EQ(all.find("path.person%40contoso.example"), std::string::npos);
  EXPECT_NE(all.find("[upn, 20 bytes, "), std::string::npos);
}

TEST(JudgedPeople, OfThisMachineAreShown) {
  const SampleProject project;
  const std::string all = JudgeAll(project, "http://127.0.0.1:8080");
  EXPECT_NE(all.find(kPeople[2]), std::string::npos);
}

}  // namespace
}  // namespace conform
