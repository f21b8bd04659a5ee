#include "mock/entra_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/digest.h"
#include "base/percent.h"
#include "mock/entra_control.h"
#include "mock/entra_pages.h"

namespace conform {
namespace {

constexpr std::string_view kTokenEndpoint = "/oauth2/v2.0/token";
constexpr std::string_view kDeviceEndpoint = "/oauth2/v2.0/devicecode";
constexpr std::string_view kDevicePage = "/oauth2/deviceauth";
constexpr std::string_view kConfiguration = "/v2.0/.well-known/openid-configuration";
constexpr std::string_view kKeys = "/discovery/v2.0/keys";
constexpr std::string_view kInstance = "/discovery/instance";
constexpr std::array<std::string_view, 6> kEndpoints = {
    kTokenEndpoint, kDeviceEndpoint, kDevicePage, kConfiguration, kKeys, kInstance};

// `/{tenant}` and the rest.
std::pair<std::string_view, std::string_view> SplitTenant(std::string_view path) {
  const std::size_t slash = std::min(path.find('/', 1), path.size());
  return {path.substr(1, slash - 1), path.substr(slash)};
}

EntraIds DrawEntraIds(const MockRequest& request, std::chrono::system_clock::time_point now) {
  EntraIds ids;
  ids.now = now;
  ids.trace_id = RandomUuid();
  const Field* const field = FindField(request.fields, "client-request-id");
  ids.correlation_id = field != nullptr
                           ? field->value
                           : FindQueryValue(request.query, "client-request-id").value_or("");
  // It goes into a header field again: a line end in it would begin another.
  const bool plain = std::all_of(ids.correlation_id.begin(), ids.correlation_id.end(),
                                 [](char c) { return c > ' ' && c < '\x7f'; });
  if (ids.correlation_id.empty() || !plain) ids.correlation_id = ids.trace_id;
  return ids;
}

Answer RefuseMethod(std::string_view allowed) {
  Answer answer;
  answer.status = 405;
  answer.fields.push_back({"Allow", std::string(allowed)});
  return answer;
}

Answer HtmlPage(std::string html) {
  Answer answer;
  answer.fields.push_back({"Content-Type", "text/html; charset=utf-8"});
  answer.body = std::move(html);
  return answer;
}

Answer AnswerDevicePage(const MockRequest& request, const EntraRequest& entra,
                        EntraGrants& grants) {
  if (request.method == "GET") {
    return HtmlPage(RenderDevicePage(FindQueryValue(request.query, "user_code").value_or("")));
  }
  const bool approved = entra.form.Get("do") == "approve";
  const EntraPerson* const person = FindEntraPerson(entra.form.Get("as"));
  const bool decided =
      (person != nullptr || !approved) &&
      grants.Decide(entra.form.Get("user_code"),
                    approved ? DeviceDecision::kApprove : DeviceDecision::kDecline, person);
  Answer answer = HtmlPage(RenderDeviceOutcome(decided, approved));
  if (!decided) answer.status = 400;
  return answer;
}

}  // namespace

bool EntraService::Owns(std::string_view path) {
  if (path.starts_with(kEntraControlPrefix)) return true;
  if (!path.starts_with('/')) return false;
  const auto [tenant, endpoint] = SplitTenant(path);
  return !tenant.empty() &&
         std::find(kEndpoints.begin(), kEndpoints.end(), endpoint) != kEndpoints.end();
}

Answer EntraService::Serve(const MockRequest& request) {
  if (std::string_view(request.path).starts_with(kEntraControlPrefix)) {
    return AnswerEntraControl(request, sign_in_);
  }
  const auto [tenant, endpoint] = SplitTenant(request.path);
  const Field* const value = FindField(request.fields, "Authorization");
  const Field* const host = FindField(request.fields, "Host");
  const std::string tenant_name = DecodePercent(tenant);
  const std::optional<EntraTenant> known = FindEntraTenant(tenant_name);
  const EntraRequest entra{
      fmt::format("{}://{}", scheme_, host == nullptr ? "127.0.0.1" : host->value),
      tenant_name,
      known.value_or(EntraTenant{}),
      EntraForm(request.body),
      value == nullptr ? "" : value->value,
      DrawEntraIds(request, clock_.Now())};
  Answer answer;
  if (known) {
    answer = ServeAt(endpoint, request, entra);
  } else {
    const EntraRefusal refusal(Aadsts::kUnknownTenant, entra.tenant_name);
    answer = EntraJson(StatusOf(refusal.code), RenderEntraError(refusal, entra.ids));
  }
  AddEntraFields(answer, entra.ids);
  return answer;
}

Answer EntraService::ServeAt(std::string_view endpoint, const MockRequest& request,
                             const EntraRequest& entra) {
  const bool is_get = request.method == "GET";
  const bool is_post = request.method == "POST";
  if (endpoint == kTokenEndpoint || endpoint == kDeviceEndpoint) {
    return is_post ? ServeForm(endpoint == kTokenEndpoint, entra) : RefuseMethod("POST");
  }
  if (endpoint == kDevicePage) {
    return is_get || is_post ? AnswerDevicePage(request, entra, sign_in_.grants())
                             : RefuseMethod("GET, POST");
  }
  if (!is_get) return RefuseMethod("GET");
  if (endpoint == kConfiguration) return EntraJson(200, RenderConfiguration(entra));
  if (endpoint == kKeys) return EntraJson(200, RenderKeySet());
  return EntraJson(200, RenderInstance(entra));
}

Answer EntraService::ServeForm(bool is_token_request, const EntraRequest& entra) {
  if (const auto fault = sign_in_.switches().TakeFault(is_token_request)) {
    return RenderEntraFault(*fault, entra.ids);
  }
  const EntraSignIn::Outcome outcome =
      is_token_request ? sign_in_.IssueTokens(entra) : sign_in_.BeginDevice(entra);
  if (outcome) return EntraJson(200, *outcome);
  Answer refusal =
      EntraJson(StatusOf(outcome.error().code), RenderEntraError(outcome.error(), entra.ids));
  // RFC 6749 §5.2 asks for it where the client tried that scheme.
  if (refusal.status == 401 && ShowsBasic(entra)) {
    refusal.fields.push_back({"WWW-Authenticate", R"(Basic realm="token endpoint")"});
  }
  return refusal;
}

}  // namespace conform
