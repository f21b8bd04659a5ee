// What is told of a run of a schedule: as text, as JSON for a webhook, as Slack takes it.
#pragma once

#include <string>

#include "history/kept_run.h"
#include "history/watch.h"

namespace conform {

struct Message {
  std::string subject;  ///< one line: `conform: 2 changes, global at https://…`.
  std::string text;     ///< each alarm, and where the run stands.
  std::string json;     ///< of a plain webhook, as reports/alarm.schema.json says; 200 KB at most.
  std::string slack;    ///< `{"text": …}`, its markup taken out of what the service said.
};

Message MakeMessage(const KeptRun& run, const WatchResult& result);

}  // namespace conform
