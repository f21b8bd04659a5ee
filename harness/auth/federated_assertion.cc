#include "auth/federated_assertion.h"

#include <fmt/format.h>

#include <array>

#include "auth/sign_in_error.h"
#include "auth/token_answer.h"
#include "auth/token_file.h"
#include "base/percent.h"

namespace conform {
namespace {

using Assertion = Expected<std::optional<std::string>>;

constexpr const char* kAssertionFile = "AZURE_FEDERATED_TOKEN_FILE";
constexpr const char* kAssertionVariable = "CONFORM_ASSERTION";

/// A service's endpoint that vouches for the job that asks.
struct VouchingService {
  const char* name;
  const char* address_variable;
  const char* token_variable;
  const char* advice;  ///< where the second is not set.
  const char* method;
  const char* member;  ///< of the answer.
};

constexpr VouchingService kGitHubActions = {"GitHub Actions",
                                            "ACTIONS_ID_TOKEN_REQUEST_URL",
                                            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                                            "give the job the permission id-token: write",
                                            "GET",
                                            "value"};
constexpr VouchingService kAzurePipelinesJob = {"Azure Pipelines",
                                                "SYSTEM_OIDCREQUESTURI",
                                                "SYSTEM_ACCESSTOKEN",
                                                "map it in the step: env: SYSTEM_ACCESSTOKEN: "
                                                "$(System.AccessToken)",
                                                "POST",
                                                "oidcToken"};

class AssertionFinder {
 public:
  explicit AssertionFinder(SignInClient& sign_in) : sign_in_(sign_in) {}

  Assertion In(const std::filesystem::path& file) const {
    auto text = ReadSecretFile(file, Readers::kAnybody);
    if (!text) return Fail("no assertion: " + text.error().message);
    return Checked(*std::move(text), file.string());
  }
  Assertion InVariable(const std::string& variable) const {
    const std::string value = Value(variable);
    if (value.empty()) return std::nullopt;
    return Checked(value, variable);
  }
  Assertion FromGitHub() const {
    const std::string query = fmt::format("audience={}", EncodePercent(kExchangeAudience, ""));
    return Ask(kGitHubActions, query);
  }
  Assertion FromAzurePipelines() const {
    std::string query = "api-version=7.1";
    const std::string connection = Value("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID");
    if (!connection.empty()) {
      query += "&serviceConnectionId=" + EncodePercent(connection, kUnreservedMarks);
    }
    return Ask(kAzurePipelinesJob, query);
  }
  Assertion First() const {
    const std::string file = Value(kAssertionFile);
    if (!file.empty()) return In(file);
    Assertion found = InVariable(kAssertionVariable);
    if (found && !*found) found = FromGitHub();
    if (found && !*found) found = FromAzurePipelines();
    return found;
  }

 private:
  std::string Value(const std::string& variable) const {
    return sign_in_.tools().environment(variable).value_or("");
  }

  Assertion Checked(std::string text, const std::string& where) const {
    auto assertion = CheckToken(std::move(text), where);
    if (!assertion) return tl::unexpected(assertion.error());
    KeepSecret(sign_in_.tools(), *assertion, "assertion");
    return *std::move(assertion);
  }

  Assertion Ask(const VouchingService& service, const std::string& query) const {
    std::string address = Value(service.address_variable);
    if (address.empty()) return std::nullopt;
    const std::string token = Value(service.token_variable);
    if (token.empty()) {
      return Fail(fmt::format("no assertion from {}: {} is not set: {}", service.name,
                              service.token_variable, service.advice));
    }
    KeepSecret(sign_in_.tools(), token, "token");
    address += (address.find('?') == std::string::npos ? "?" : "&") + query;
    const auto parsed = ParseHttpAddress(address);
    if (!parsed) {
      return Fail(fmt::format("no assertion from {}: in {} stands {}", service.name,
                              service.address_variable, parsed.error().message));
    }
    const auto answer = sign_in_.Send({.address = *parsed,
                                       .method = service.method,
                                       .fields = {{"Authorization", "Bearer " + token}}});
    if (!answer) return tl::unexpected(answer.error());
    const nlohmann::json& body = answer->body;
    const auto member = body.is_object() ? body.find(service.member) : body.end();
    if (answer->status != 200 || member == body.end() || !member->is_string()) {
      return Fail(fmt::format("no assertion from {}: {} answered {} without {}", service.name,
                              answer->from, answer->status, service.member));
    }
    return Checked(member->get<std::string>(), fmt::format("the answer of {}", answer->from));
  }

  SignInClient& sign_in_;
};

}  // namespace

Expected<std::optional<std::string>> FindFederatedAssertion(const FederatedCredential& from,
                                                            SignInClient& sign_in) {
  const AssertionFinder finder(sign_in);
  switch (from.origin) {
    case AssertionOrigin::kFile:
      return finder.In(from.file);
    case AssertionOrigin::kVariable:
      return finder.InVariable(from.variable);
    case AssertionOrigin::kGitHub:
      return finder.FromGitHub();
    case AssertionOrigin::kAzurePipelines:
      return finder.FromAzurePipelines();
    case AssertionOrigin::kAny:
      break;
  }
  return finder.First();
}

bool MayVouch(const FederatedCredential& from, const Environment& environment) {
  const auto is_set = [&](const std::string& name) {
    return !environment(name).value_or("").empty();
  };
  const bool any = from.origin == AssertionOrigin::kAny;
  const bool named = from.origin == AssertionOrigin::kVariable && is_set(from.variable);
  const bool at_github =
      (any || from.origin == AssertionOrigin::kGitHub) && is_set(kGitHubActions.address_variable);
  const bool at_azure = (any || from.origin == AssertionOrigin::kAzurePipelines) &&
                        is_set(kAzurePipelinesJob.address_variable);
  return from.origin == AssertionOrigin::kFile || named || at_github || at_azure ||
         (any && (is_set(kAssertionFile) || is_set(kAssertionVariable)));
}

}  // namespace conform
