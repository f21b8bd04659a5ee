#include "notify/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>

#include "base/cut_mark.h"
#include "base/date.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "base/xml_escape.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr int kMessageFormat = 1;
/// Slack cuts a text after 40,000 characters, and nobody reads as many.
constexpr std::size_t kMostTextBytes = 3'000;
/// Queues take 256 KiB, and many a server 1 MiB.
constexpr std::size_t kMostJsonBytes = 200'000;

std::string_view TurnName(Turn turn) {
  constexpr std::array<std::string_view, 6> kNames = {"none", "pending",  "changed",
                                                      "back", "flapping", "settled"};
  return kNames.at(static_cast<std::size_t>(turn));
}

std::string Shorten(const std::string& text) {
  const std::string_view begin = CutAfter(text, kMostTextBytes);
  std::string shown(begin);
  if (begin.size() < text.size()) shown += kCutMark;
  return shown;
}

/// What a webhook is told, each list of it cut after so many.
class AlarmsJson {
 public:
  explicit AlarmsJson(std::size_t most) : most_(most) {}

  std::string Render(const KeptRun& run, const WatchResult& result) {
    json alarms = json::array();
    const std::size_t shown = Shown("alarms", result.alarms.size());
    for (std::size_t i = 0; i < shown; ++i) {
      alarms.push_back(Render(result.alarms[i]));
    }
    json message = {{"format", kMessageFormat},
                    {"series", run.ShownSeries()},
                    {"target", run.target},
                    {"mock", run.mock},
                    {"run", run.number},
                    {"started", FormatTimestamp(run.started)},
                    {"sha256", run.sha256},
                    {"alarms", std::move(alarms)},
                    {"untold", Shorten(result.untold)},
                    {"still_failing", Begin("still_failing", result.broken)}};
    if (!left_out_.empty()) message["left_out"] = left_out_;
    return WriteJsonText(message);
  }

 private:
  json Render(const Alarm& alarm) {
    return {{"turn", TurnName(alarm.turn)},
            {"kind", NameOf(alarm.change.kind)},
            {"subjects", Begin("subjects", alarm.change.subjects)},
            {"place", Shorten(alarm.change.place)},
            {"before", Shorten(alarm.change.before)},
            {"now", Shorten(alarm.change.now)},
            {"note", Shorten(alarm.change.note)},
            {"text", Shorten(RenderAlarm(alarm))}};
  }
  /// How many of a list, the others being counted.
  std::size_t Shown(const char* list, std::size_t all) {
    if (all > most_) left_out_[list] += all - most_;
    return std::min(all, most_);
  }
  json Begin(const char* list, const std::vector<std::string>& all) {
    const auto shown = static_cast<std::ptrdiff_t>(Shown(list, all.size()));
    return std::vector<std::string>(all.begin(), all.begin() + shown);
  }

  std::size_t most_;
  std::map<std::string, std::size_t> left_out_;
};

std::string RenderJson(const KeptRun& run, const WatchResult& result) {
  constexpr std::size_t kMostOfAList = 4'096;
  for (std::size_t most = kMostOfAList;; most /= 2) {
    std::string text = AlarmsJson(most).Render(run, result);
    if (text.size() <= kMostJsonBytes || most == 1) return text;
  }
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
  message.json = RenderJson(run, result);
  // Slack reads `<`, `>` and `&` as its own markup.
  message.slack = WriteJsonText(json{{"text", EscapeXml(Shorten(message.text))}});
  return message;
}

}  // namespace conform
