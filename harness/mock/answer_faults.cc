#include "base/http_text.h"
#include "mock/fault_tables.h"

namespace conform {
namespace {

bool IsSuccess(const Answer& answer) { return IsSuccessStatus(answer.status); }

bool IsJson(const Answer& answer) {
  const Field* type = FindField(answer.fields, "Content-Type");
  return type != nullptr && type->value.starts_with("application/json");
}

bool IsError(const Answer& answer) { return answer.status >= 400 && IsJson(answer); }

void SucceedWith(Answer& answer, int status) {
  if (IsSuccess(answer)) answer.status = status;
}

void SpoilError(Answer& answer, std::string_view body, std::string_view media_type) {
  if (!IsError(answer)) return;
  answer.body = body;
  ReplaceField(answer.fields, "Content-Type", std::string(media_type));
}

constexpr std::string_view kJson = "application/json";

std::vector<Fault> ErrorFaults() {
  return {
      {"error_object_missing",
       "An error answer is JSON without the member error.",
       {"odata.error.object"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, R"({"message":"Something went wrong."})", kJson);
       }},
      {"error_code_empty",
       "The code of an error object is empty.",
       {"odata.error.code"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, R"({"error":{"code":"","message":"Something went wrong."}})", kJson);
       }},
      {"error_message_missing",
       "An error object has no message.",
       {"odata.error.message"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, R"({"error":{"code":"GeneralException"}})", kJson);
       }},
      {"html_for_json",
       "An error answer is an HTML page.",
       {"odata.error.object"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, "<!DOCTYPE html><title>Error</title><h1>Something went wrong.</h1>",
                    "text/html");
       }},
      {"broken_json",
       "An error answer says it is JSON and breaks off.",
       {"http.json.valid"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, R"({"error":{"code":"GeneralException","message":)", kJson);
       }},
      {"json_with_a_byte_order_mark",
       "An error answer's JSON begins with a byte order mark.",
       {"http.json.valid"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, "\xEF\xBB\xBF" + std::string(answer.body), kJson);
       }},
      {"json_name_twice",
       "An error object has two members of one name.",
       {"http.json.unique_names"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer,
                    R"({"error":{"code":"","code":"GeneralException","message":"It went wrong."}})",
                    kJson);
       }},
      {"error_as_text",
       "An error object is sent as text/plain.",
       {"odata.error.media_type"},
       +[](Answer& answer, const MockRequest&) {
         SpoilError(answer, std::string(answer.body), "text/plain");
       }},
  };
}

std::vector<Fault> FieldFaults() {
  return {
      {"no_www_authenticate",
       "A 401 has no WWW-Authenticate.",
       {"http.401.www_authenticate"},
       +[](Answer& answer, const MockRequest&) { RemoveField(answer.fields, "WWW-Authenticate"); }},
      {"basic_challenge",
       "A 401 asks for the Basic scheme.",
       {"oauth.401.bearer_challenge"},
       +[](Answer& answer, const MockRequest&) {
         ReplaceField(answer.fields, "WWW-Authenticate", R"(Basic realm="graph")");
       }},
      {"no_allow",
       "A 405 has no Allow.",
       {"http.405.allow"},
       +[](Answer& answer, const MockRequest&) { RemoveField(answer.fields, "Allow"); }},
      {"retry_after_malformed",
       "Retry-After is neither a date nor a number.",
       {"http.retry_after.format"},
       +[](Answer& answer, const MockRequest&) {
         ReplaceField(answer.fields, "Retry-After", "soon");
       }},
      {"no_content_type",
       "Content comes without Content-Type.",
       {"http.content_type.present", "about:responses.content"},
       +[](Answer& answer, const MockRequest&) { RemoveField(answer.fields, "Content-Type"); }},
      {"no_request_id",
       "No answer has a request-id.",
       {"graph.request_id.present"},
       +[](Answer& answer, const MockRequest&) { RemoveField(answer.fields, "request-id"); }},
      {"client_request_id_not_echoed",
       "client-request-id is the server's own, whatever was sent.",
       {"graph.client_request_id.echoed"},
       +[](Answer& answer, const MockRequest&) {
         ReplaceField(answer.fields, "client-request-id", "00000000-0000-4000-8000-000000000000");
       }},
      {"no_date",
       "No answer has a Date.",
       {"http.date.present"},
       +[](Answer& answer, const MockRequest&) { RemoveField(answer.fields, "Date"); }},
      {"bad_date",
       "Date is in the form of RFC 3339.",
       {"http.date.format"},
       +[](Answer& answer, const MockRequest&) {
         ReplaceField(answer.fields, "Date", "2026-11-24T22:54:03Z");
       }},
  };
}

}  // namespace

std::vector<Fault> AnswerFaults() {
  std::vector<Fault> faults = {
      {"success_200",
       "A success has status 200.",
       {"about:responses.success_status"},
       +[](Answer& answer, const MockRequest&) { SucceedWith(answer, 200); }},
      {"success_202",
       "A success has status 202.",
       {"about:responses.success_status"},
       +[](Answer& answer, const MockRequest&) { SucceedWith(answer, 202); }},
      {"success_205",
       "A success has status 205, and content.",
       {"about:responses.success_status", "http.205.no_content"},
       +[](Answer& answer, const MockRequest&) {
         SucceedWith(answer, 205);
         if (answer.status != 205 || !answer.body.empty()) return;
         answer.body = "done";
         answer.fields.push_back({"Content-Type", "text/plain"});
       }},
      {"success_206",
       "A success has status 206, and no Content-Range.",
       {"about:responses.success_status", "http.206.content_range"},
       +[](Answer& answer, const MockRequest&) { SucceedWith(answer, 206); }},
      {"content_length_on_204",
       "A 204 has Content-Length: 0.",
       {"http.204.no_content_length"},
       +[](Answer& answer, const MockRequest&) {
         if (answer.status == 204) answer.fields.push_back({"Content-Length", "0"});
       }},
      {"transfer_encoding_on_204",
       "A 204 has Transfer-Encoding: chunked, and no chunk follows.",
       {"http.204.no_transfer_encoding"},
       +[](Answer& answer, const MockRequest&) {
         if (answer.status != 204) return;
         answer.fields.push_back({"Transfer-Encoding", "chunked"});
         // Else the reader would wait for the chunks.
         answer.close = true;
       }},
      {"content_after_204",
       "Content follows the header section of a 204.",
       {"http.204.no_content"},
       +[](WireAnswer& answer) {
         if (answer.status != 204) return;
         answer.body = R"({"value":[]})";
         CloseAfter(answer);
       }},
  };
  for (const std::vector<Fault>& group : {ErrorFaults(), FieldFaults()}) {
    faults.insert(faults.end(), group.begin(), group.end());
  }
  return faults;
}

}  // namespace conform
