#include "auth/managed_identity.h"

#include "auth/setting_text.h"
#include "auth/token_answer.h"

namespace conform {
namespace {

constexpr const char* kMetadataOrigin = "http://169.254.169.254";
constexpr const char* kMetadataPath = "/metadata/identity/oauth2/token";

}  // namespace

Expected<SignInRequest> ManagedIdentity::Write(const std::string& client) const {
  const SignInTools& tools = sign_in_.tools();
  std::string address = source_.endpoint.empty() ? kMetadataOrigin : source_.endpoint;
  address += kMetadataPath;
  std::string version = "2018-02-01";
  Field field{"Metadata", "true"};
  const std::string service = tools.environment("IDENTITY_ENDPOINT").value_or("");
  const std::string header = tools.environment("IDENTITY_HEADER").value_or("");
  if (source_.endpoint.empty() && !service.empty() && !header.empty()) {
    KeepSecret(tools, header, "secret");
    address = service;
    version = "2019-08-01";
    field = {"X-IDENTITY-HEADER", header};
  }
  auto parsed = ParseHttpAddress(address, PlainHttp::kLinkLocal);
  if (!parsed) return Fail("no token of the managed identity: " + parsed.error().message);
  parsed->target +=
      "?" + WriteForm({{"api-version", version},
                       {"resource", source_.resource.empty() ? audience_ : source_.resource},
                       {"client_id", client}});
  return SignInRequest{.address = *std::move(parsed), .method = "GET", .fields = {field}};
}

Expected<std::optional<IssuedToken>> ManagedIdentity::Issue() {
  const auto client = ValueOf(source_.client, sign_in_.tools().environment);
  if (!client) return std::nullopt;
  auto request = Write(*client);
  if (!request) return tl::unexpected(request.error());
  const auto answer = sign_in_.Send(*request);
  if (!answer) return tl::unexpected(answer.error());
  auto read = ReadTokenAnswer(*answer, sign_in_.tools());
  if (!read) return tl::unexpected(read.error());
  return *std::move(read);
}

}  // namespace conform
