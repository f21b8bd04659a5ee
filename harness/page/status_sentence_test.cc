#include "page/status_sentence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/duration.h"

namespace conform {
namespace {

std::string Statuses(std::string_view sentence) {
  std::string shown;
  for (const StatusMention& mention : FindStatuses(sentence)) {
    shown +=
        fmt::format("{}{}{}", shown.empty() ? "" : " ", mention.denied ? "-" : "", mention.status);
  }
  return shown;
}

TEST(FindStatuses, TakesNumbersThatAreExplained) {
  struct {
    const char* sentence;
    const char* statuses;
  } const rows[] = {
      {"If successful, this method returns a `200 OK` response code.", "200"},
      {"The method returns 201 Created.", "201"},
      {"It answers `HTTP 202 Accepted`.", "202"},
      {"It returns `200 OK` or `201 Created`.", "200 201"},
      {"It returns a 204 (No Content) response.", "204"},
      {"Liefert den Antwortcode `204 No Content`.", "204"},
      {"如果成功，此方法返回 201 Created 响应代码。", "201"},
      {"В случае успеха возвращается код отклика 404.", "404"},
      {"成功した場合は 200 応答コードを返します。", "200"},
      {"It returns at most 300 objects.", ""},
      {"The list has 200 names.", ""},
      {"It lasts 500 ms.", ""},
      {"For the response to Microsoft 365 reports, see another page.", ""},
      {"It returns the code `565` of the shelf.", "565"},
      {"RFC 7231 and 4.200 and 200.5 and 1200 and x200.", ""},
      {"See page 999 for the response code.", ""},
      {"It no longer returns `409 Conflict` while a sync is in progress.", "-409"},
      {"It never returns 404 Not Found.", "-404"},
      {"It does not respond with a `404 Not Found` or 409 status code.", "-404 -409"},
      {"Items that the caller did not send for review result in `409 Conflict`.", "409"},
      {"If the service cannot send the message you receive `503 Service Unavailable`.", "503"},
      {"Calls that don't return results produce 404 Not Found.", "404"},
      {"Users who don't give consent receive 403 Forbidden.", "403"},
      {"Calls without reporting rights receive a `401 Unauthorized`.", "401"},
      {"Requests that do not report a device fail with 422 Unprocessable Entity.", "422"},
      {"It doesn't return a 404 Not Found or 403 Forbidden.", "-404 -403"},
      {"The service does not respond with `503 Service Unavailable`.", "-503"},
      {"It returns 404 Not Found, not 403 Forbidden.", "404 -403"},
      {"It does not return data but answers 204 No Content.", "204"},
      {"If the group does not exist, it returns 404 Not Found.", "404"},
      {"If the call does not return, 504 Gateway Timeout is answered.", "504"},
      {"如果组不存在，不会返回 404。", "-404"},
      {"该方法不再返回 409 Conflict 响应代码。", "-409"},
      {"该方法不返回 404，而是返回 204 响应代码。", "-404 204"},
      {"组不存在时返回 404。", "404"},
      {"この場合 404 応答コードは返されません。", "-404"},
  };
  for (const auto& row : rows) EXPECT_EQ(Statuses(row.sentence), row.statuses) << row.sentence;
}

std::string ReadSentence(std::string_view sentence) {
  const Condition condition = ReadCondition(sentence);
  if (condition.kind == Condition::Kind::kWithin) {
    return "within " + FormatDuration(condition.window);
  }
  return (condition.kind == Condition::Kind::kWhile ? "while " : "if ") + condition.state;
}

TEST(ReadCondition, KnowsStatesAndWindowsAndElseKeepsTheWords) {
  struct {
    const char* sentence;
    const char* condition;
  } const rows[] = {
      {"If a sync is already in progress, it returns 409 Conflict.", "while in_progress"},
      {"When a scan is running, 409 is returned.", "while in_progress"},
      {"Called within 10 minutes of the previous sync, it returns 429.", "within 10m"},
      {"Less than two hours after the last call it returns 429.", "within 2h"},
      {"Innerhalb von 30 Sekunden nach dem letzten Aufruf: 429.", "within 30s"},
      {"前回の呼び出しから 5 分以内は 429 を返します。", "within 5m"},
      {"Returns `429 Too Many Requests` if called within 10 minutes of the previous call; wait 30 "
       "seconds before the next retry.",
       "within 10m"},
      {"Wait 30 seconds: within 10 minutes of the last call it returns 429.", "within 10m"},
      {"距上一次调用 10 分钟内返回 429，请等待 30 秒。", "within 10m"},
      {"If called within 10,500 seconds of the previous call.", "if called within 10"},
      {"Must be done within 10 minutes, else 408.", "if Must be done within 10 minutes, else 408"},
      {"If the group is unknown, this method returns 404 Not Found.", "if the group is unknown"},
      {"Returns 403 when the caller is no owner.", "if the caller is no owner"},
      {"Returns `404 Not Found`.", "if Returns 404 Not Found"},
      {"", "if the page does not say when"},
  };
  for (const auto& row : rows) EXPECT_EQ(ReadSentence(row.sentence), row.condition) << row.sentence;
}

TEST(SplitSentences, EndsAtFullStopsOutsideOfCode) {
  EXPECT_EQ(SplitSentences("One. Two `a. b` two! 三。Four"),
            (std::vector<std::string>{"One.", "Two `a. b` two!", "三。", "Four"}));
  EXPECT_TRUE(SplitSentences("  ").empty());
}

}  // namespace
}  // namespace conform
