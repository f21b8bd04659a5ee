#include "mock/error_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/date.h"
#include "base/json_text.h"

namespace conform {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 14> kErrorCodes = {{
    {401, "InvalidAuthenticationToken"},
    {403, "Forbidden"},
    {404, "ResourceNotFound"},
    {405, "MethodNotAllowed"},
    {409, "Conflict"},
    {412, "PreconditionFailed"},
    {415, "UnsupportedMediaType"},
    {422, "UnprocessableEntity"},
    {428, "PreconditionRequired"},
    {429, "TooManyRequests"},
    {500, "InternalServerError"},
    {501, "NotImplemented"},
    {503, "ServiceUnavailable"},
    {505, "HttpVersionNotSupported"},
}};

constexpr std::string_view kChallenge =
    "Bearer realm=\"\", "
    "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
    "client_id=\"00000003-0000-0000-c000-000000000000\"";

constexpr std::string_view kDiagnostic =
    R"({"ServerInfo":{"DataCenter":"conform mock","Slice":"E","Ring":"1","ScaleUnit":"000",)"
    R"("RoleInstance":"MOCK000000"}})";

}  // namespace

std::string_view ErrorCode(int status) {
  const auto found = std::find_if(kErrorCodes.begin(), kErrorCodes.end(),
                                  [status](const auto& row) { return row.first == status; });
  return found == kErrorCodes.end() ? "BadRequest" : found->second;
}

Answer ErrorAnswer(int status, std::string_view code, std::string_view message,
                   const AnswerIds& ids) {
  const nlohmann::ordered_json inner = {
      {"date", FormatTimestamp(ids.now).substr(0, std::string_view("2026-11-24T22:54:03").size())},
      {"request-id", ids.request_id},
      {"client-request-id", ids.client_request_id}};
  const nlohmann::ordered_json body = {
      {"error", {{"code", code}, {"message", message}, {"innerError", inner}}}};
  Answer answer;
  answer.status = status;
  answer.fields.push_back({"Content-Type", "application/json"});
  if (status == 401) answer.fields.push_back({"WWW-Authenticate", std::string(kChallenge)});
  // The caller's own bytes may be no UTF-8.
  answer.body = WriteJsonText(body);
  return answer;
}

Answer FrontEndAnswer(int status, std::chrono::system_clock::time_point now) {
  Answer answer;
  answer.status = status;
  answer.fields = {{"Content-Type", "text/html; charset=us-ascii"}, {"Date", FormatHttpDate(now)}};
  answer.body = fmt::format(
      "<!DOCTYPE html>\n<html><head><title>{0}</title></head>\n"
      "<body><h2>{0}</h2><hr><p>HTTP Error {1}.</p></body></html>\n",
      ReasonPhrase(status), status);
  answer.close = true;
  return answer;
}

void AddServiceFields(Answer& answer, const AnswerIds& ids) {
  Fields& fields = answer.fields;
  constexpr std::size_t kMost = 7;
  fields.reserve(fields.size() + kMost);
  if (!answer.body.empty()) {
    // A contract may promise others.
    for (const auto& [name, value] :
         {std::pair("Cache-Control", "no-cache"), std::pair("Vary", "Accept-Encoding")}) {
      if (FindField(fields, name) == nullptr) fields.push_back({name, value});
    }
  }
  fields.push_back({"Strict-Transport-Security", "max-age=31536000"});
  fields.push_back({"request-id", ids.request_id});
  fields.push_back({"client-request-id", ids.client_request_id});
  fields.push_back({"x-ms-ags-diagnostic", std::string(kDiagnostic)});
  fields.push_back({"Date", FormatHttpDate(ids.now)});
}

}  // namespace conform
