#include "notify/message.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/cut_mark.h"
#include "base/date.h"
#include "base/utf8.h"
#include "base/xml_escape.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr int kMessageFormat = 1;
/// Slack cuts a text after 40,000 characters, and nobody reads as many.
constexpr std::size_t kMostSlackBytes = 3'000;

std::string_view TurnName(Turn turn) {
  constexpr std::array<std::string_view, 6> kNames = {"none", "pending",  "changed",
                                                      "back", "flapping", "settled"};
  return kNames.at(static_cast<std::size_t>(turn));
}

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string AlarmsJson(const KeptRun& run, const WatchResult& result) {
  json alarms = json::array();
  for (const Alarm& alarm : result.alarms) {
    alarms.push_back({{"turn", TurnName(alarm.turn)},
                      {"kind", NameOf(alarm.change.kind)},
                      {"subjects", alarm.change.subjects},
                      {"place", alarm.change.place},
                      {"before", alarm.change.before},
                      {"now", alarm.change.now},
                      {"note", alarm.change.note},
                      {"text", RenderAlarm(alarm)}});
  }
  return Dump({{"format", kMessageFormat},
               {"series", run.Series()},
               {"target", run.target},
               {"mock", run.mock},
               {"run", run.number},
               {"started", FormatTimestamp(run.started)},
               {"sha256", run.sha256},
               {"alarms", std::move(alarms)},
               {"untold", result.untold},
               {"still_failing", result.broken}});
}

}  // namespace

Message MakeMessage(const KeptRun& run, const WatchResult& result) {
  Message message;
  const std::size_t count = result.alarms.size();
  message.subject = ShowLine(fmt::format("conform: {} {}, {}", count,
                                         count == 1 ? "change" : "changes", run.ShownSeries()));
  message.text = fmt::format("{}\nrun {} of {}\n\n", message.subject, run.number,
                             FormatTimestamp(run.started));
  for (const Alarm& alarm : result.alarms) message.text += ShowText(RenderAlarm(alarm)) + "\n";
  if (!result.untold.empty()) message.text += "could not tell: " + ShowText(result.untold) + "\n";
  if (!result.broken.empty()) {
    message.text += fmt::format("still failing: {} {}\n", result.broken.size(),
                                result.broken.size() == 1 ? "test" : "tests");
  }
  message.json = AlarmsJson(run, result);
  // Slack reads `<`, `>` and `&` as its own markup.
  const std::string_view begin = CutAfter(message.text, kMostSlackBytes);
  std::string slack = EscapeXml(begin);
  if (begin.size() < message.text.size()) slack += kCutMark;
  message.slack = Dump({{"text", std::move(slack)}});
  return message;
}

}  // namespace conform
