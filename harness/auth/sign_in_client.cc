#include "auth/sign_in_client.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>

#include "auth/sign_in_account.h"
#include "base/digest.h"
#include "base/json_text.h"
#include "exchange/retry_after.h"

namespace conform {
namespace {

constexpr int kMostSendings = 3;

Request WriteSignIn(const SignInRequest& asked) {
  Request request{asked.method, asked.address.target, {}, "", false, {}};
  request.fields = {{"Host", HostField(asked.address.origin)},
                    {"User-Agent", "conform"},
                    {"Accept", "application/json"},
                    {"Connection", "close"},
                    {"client-request-id", RandomUuid()}};
  request.fields.insert(request.fields.end(), asked.fields.begin(), asked.fields.end());
  if (asked.method == "GET") return request;
  request.body = WriteForm(asked.form);
  request.fields.push_back({"Content-Type", asked.form.empty()
                                                ? "application/json"
                                                : "application/x-www-form-urlencoded"});
  request.fields.push_back({"Content-Length", std::to_string(request.body.size())});
  return request;
}

/// 169.254.0.0/16, written as a number: a name could lead elsewhere.
bool IsLinkLocal(const Origin& origin) {
  in_addr address{};
  return ::inet_pton(AF_INET, origin.host.c_str(), &address) == 1 &&
         (ntohl(address.s_addr) >> 16U) == 0xA9FEU;
}

/// What a server that asks to wait is given, else 1 s and then 2 s.
std::chrono::seconds WaitBefore(int sending, const SignInAnswer& answer, const Clock& clock) {
  const Field* field = FindField(answer.fields, "Retry-After");
  const auto asked = field == nullptr ? std::nullopt : ParseRetryAfter(field->value);
  return asked ? DelayFrom(*asked, clock.Now()) : std::chrono::seconds(sending);
}

}  // namespace

Expected<HttpAddress> ParseHttpAddress(std::string_view text, PlainHttp plain) {
  const std::size_t scheme = text.find("://");
  const std::size_t path =
      scheme == std::string_view::npos ? text.size() : text.find('/', scheme + 3);
  const auto is_odd = [](char c) { return c <= ' ' || c == '#' || c == '\\' || c == 0x7F; };
  const Expected<Origin> origin = ParseOrigin(text.substr(0, path));
  const bool signs_in = text.substr(0, path).find('@') != std::string_view::npos;
  if (!origin || signs_in || std::any_of(text.begin(), text.end(), is_odd)) {
    return Fail("no address of an endpoint: write https://host/path");
  }
  const bool near = IsLoopback(*origin) || (plain == PlainHttp::kLinkLocal && IsLinkLocal(*origin));
  if (origin->scheme == "http" && !near) {
    return Fail(plain == PlainHttp::kLoopback
                    ? "plain http only reaches loopback: write https://"
                    : "plain http only reaches loopback and 169.254.0.0/16: write https://");
  }
  return HttpAddress{*origin, path >= text.size() ? "/" : std::string(text.substr(path))};
}

SignInClient::SignInClient(ConnectionSettings connection, const Bounds& bounds,
                           std::chrono::seconds longest_wait, SignInTools tools)
    : connection_(std::move(connection)),
      bounds_(bounds),
      longest_wait_(longest_wait),
      tools_(std::move(tools)) {}

Expected<SignInAnswer> SignInClient::SendOnce(const SignInRequest& request) {
  // A connection of its own: on one that was kept, a request that must not come twice could be
  // lost.
  const auto client = Client::Open(request.address.origin, bounds_, tools_.clock, connection_);
  if (!client) return tl::unexpected(client.error());
  if (tools_.explain) tools_.explain(AccountOf(request, tools_.redactor));
  const Attempt attempt = (*client)->Send(WriteSignIn(request));
  if (attempt.trouble) {
    const std::string told = tools_.redactor.Redact(Describe(*attempt.trouble));
    if (tools_.explain) tools_.explain(fmt::format("< no answer: {}\n", told));
    // The reader would look at the service under test.
    const std::string server = FormatOrigin(request.address.origin);
    const bool named = told.find(server) != std::string::npos;
    return Fail(fmt::format("no token: {}{}", named ? "" : server + ": ", told));
  }
  const Response& response = *attempt.response;
  SignInAnswer answer{response.status, response.fields, ReadJsonText(response.decoded_body),
                      FormatOrigin(request.address.origin)};
  if (answer.body.is_discarded()) answer.body = nullptr;
  if (tools_.explain) tools_.explain(AccountOf(answer, tools_.redactor));
  return answer;
}

Expected<SignInAnswer> SignInClient::Send(const SignInRequest& request) {
  for (int sending = 1;; ++sending) {
    Expected<SignInAnswer> answer = SendOnce(request);
    if (!answer) return answer;
    if (answer->status >= 300 && answer->status < 400) {
      return Fail(
          fmt::format("no token: {} answered {}, a redirect, which is not followed: check "
                      "the address of the token endpoint",
                      answer->from, answer->status));
    }
    const bool busy = answer->status == 429 || answer->status >= 500;
    if (!busy || sending == kMostSendings) return answer;
    const std::chrono::seconds wait = WaitBefore(sending, *answer, tools_.clock);
    if (wait > longest_wait_) return answer;
    tools_.clock.Sleep(wait);
    // Perhaps that was cut short, and the server asked for all of it.
    if (tools_.stopped && tools_.stopped()) return answer;
  }
}

}  // namespace conform
