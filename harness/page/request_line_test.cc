#include "page/request_line.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

std::string Read(std::string_view text) {
  const auto line = ReadDocumentedLine(text);
  if (!line) return "none";
  std::string shown = fmt::format("{} {}", line->method, line->path);
  for (const auto& [name, value] : line->query) shown += fmt::format(" {}={}", name, value);
  if (!line->host.empty()) shown += " host:" + line->host;
  if (!line->version.empty()) shown += " version:" + line->version;
  return shown;
}

TEST(ReadDocumentedLine, WritesPathsAsContractsDo) {
  struct {
    const char* line;
    const char* read;
  } const rows[] = {
      {"GET /me/loans", "GET /me/loans"},
      {"get me/loans", "GET /me/loans"},
      {"  POST   /me/loans/ HTTP/1.1", "POST /me/loans"},
      {"GET /users/{id | userPrincipalName}", "GET /users/{id-or-userPrincipalName}"},
      {"GET /users/<user id>/loans", "GET /users/{user-id}/loans"},
      {"GET /users/{id}/loans/{id}", "GET /users/{user-id}/loans/{loan-id}"},
      {"GET https://graph.microsoft.com/v1.0/me", "GET /me host:graph.microsoft.com version:v1.0"},
      {"GET https://graph.microsoft.com/beta/me?$top=5",
       "GET /me $top=5 host:graph.microsoft.com version:beta"},
      {"GET /v1.0/me", "GET /me version:v1.0"},
      {"GET /betamax", "GET /betamax"},
      {"GET /me/view?startDateTime={a}&endDateTime={b}",
       "GET /me/view startDateTime={a} endDateTime={b}"},
      {"GET /me/view[?$filter]", "GET /me/view $filter="},
      {"GET /reports/get(period='{period_value}',top={n})",
       "GET /reports/get(period='{period_value}',top={n})"},
      {"PUT /me/drive/root:/{item-path}:/content", "PUT /me/drive/root:/{item-path}:/content"},
      {"DELETE /groups/{id}/members/{id}/$ref",
       "DELETE /groups/{group-id}/members/{member-id}/$ref"},
      {"GET /a/{b}{c}", "GET "},
      {"GETTING /a", "none"},
      {"HTTP/1.1 200 OK", "none"},
      {"GET", "none"},
      {"GET ", "none"},
      {"", "none"},
  };
  for (const auto& row : rows) EXPECT_EQ(Read(row.line), row.read) << row.line;
}

}  // namespace
}  // namespace conform
