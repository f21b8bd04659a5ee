// A month of a schedule, lived in a moment: the alarms are those that a person would write.
#include <fmt/format.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "auth/test_tokens.h"
#include "history/history_chain.h"
#include "history/keep_run.h"
#include "history/run_store.h"
#include "history/watch.h"
#include "notify/notifier.h"
#include "run/page_watch.h"
#include "run/sample_project.h"
#include "run/session.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

constexpr int kMonthRuns = 60;

constexpr const char* kServiceProfile =
    "name: service\ntitle: The service\ntarget: http://127.0.0.1:1\n"
    "soften: {graph: observe, odata: observe}\n";

std::string Respond(const std::string& status, const std::string& fields, const std::string& body) {
  return fmt::format(
      "HTTP/1.1 {}\r\nDate: Sun, 01 Mar 2026 06:00:00 GMT\r\n{}Content-Length: {}\r\n"
      "Connection: close\r\n\r\n{}",
      status, fields, body.size(), body);
}

/// What the service does in a run.
struct Weather {
  std::set<std::string, std::less<>> faults;
  bool out = false;        ///< nobody listens.
  bool throttles = false;  ///< every answer is 429.
};

Weather WeatherOf(int run) {
  Weather weather;
  if (run >= 4 && run < 8) weather.faults = {"no_request_id"};
  if (run >= 12 && run < 18) weather.faults = {"success_200"};
  weather.out = run == 20 || run == 21 || run == 50;
  weather.throttles = run == 30 || run == 31;
  if (run == 36 || run == 38 || run == 40) weather.faults = {"success_200"};
  return weather;
}

/// The webhook: takes the first six messages, refuses three attempts, then takes everything.
std::vector<Script> WebhookScripts() {
  std::vector<Script> scripts(6, AnswerAndClose(Respond("200 OK", "", "")));
  scripts.insert(scripts.end(), 3, AnswerAndClose(Respond("503 Busy", "", "")));
  scripts.push_back(AnswerAndClose(Respond("200 OK", "", "")));
  return scripts;
}

class Month {
 public:
  Month()
      : clock_(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(6)),
        webhook_(WebhookScripts()),
        throttling_({AnswerAndClose(
            Respond("429 Too Many Requests", "Content-Type: application/json\r\n",
                    R"({"error":{"code":"TooManyRequests","message":"Later."}})"))}) {
    project_.Write("service.yaml", kServiceProfile);
    project_.Write("page.md", "# Sync\n\nStarts a sync.\n");
    auto file = HistoryFile::Open(project_.folder() / "history.sqlite");
    EXPECT_TRUE(file) << file.error().message;
    file_ = *std::move(file);
  }

  ~Month() { ::unsetenv("CONFORM_TOKEN_DELEGATED_WORK"); }
  Month(const Month&) = delete;
  Month& operator=(const Month&) = delete;

  void Live() {
    for (int run = 0; run < kMonthRuns; ++run) {
      if (run == 24) project_.Write("page.md", "# Sync\n\nStarts a sync, or not.\n");
      if (run == 26) WriteNewEdition();
      RunOnce(run);
      clock_.Sleep(std::chrono::hours(12));
    }
  }

  /// `run 5: pass -> fail …`, the first line of each alarm, in the order in which they were heard.
  std::string Heard() const {
    std::string told;
    std::int64_t last = 0;
    for (const ReceivedRequest& request : webhook_.requests()) {
      const auto message = nlohmann::json::parse(request.request.body);
      const std::int64_t run = message["run"].get<std::int64_t>();
      if (run == last) continue;  // the same again, since it was refused
      last = run;
      for (const auto& alarm : message["alarms"]) {
        const std::string text = alarm["text"].get<std::string>();
        told += fmt::format("run {}: {}\n", run, text.substr(0, text.find('\n')));
      }
    }
    return told;
  }
  const std::string& log() const { return log_; }
  HistoryFile& file() { return *file_; }

 private:
  void WriteNewEdition() const {
    std::string contract = kSampleContract;
    for (std::size_t at = contract.find("2024-08"); at != std::string::npos;
         at = contract.find("2024-08", at)) {
      contract.replace(at, 7, "2025-01");
    }
    project_.Write("specs/things/sync/2025-01.yaml", contract);
  }

  std::unique_ptr<Workspace> Load(const std::string& origin) const {
    WorkspaceOptions options;
    options.profile = (project_.folder() / "service.yaml").string();
    options.base_url = origin;
    Diagnostics diagnostics;
    auto workspace = LoadWorkspace(options,
                                   {project_.folder() / "specs", project_.folder() / "cases",
                                    CONFORM_SOURCE "/harness/profiles"},
                                   diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(), "");
    return workspace;
  }

  /// A service with that weather; null: nobody listens, or the throttling one answers.
  std::unique_ptr<MockServer> StartService(const Workspace& known, const Weather& weather) const {
    if (weather.out || weather.throttles) return nullptr;
    MockOptions options;
    for (const std::string_view operation : known.catalog.Operations()) {
      options.contracts.push_back(known.catalog.Editions(operation).back());
    }
    options.refusals = RefusalsOf(known.catalog);
    options.faults = weather.faults;
    options.clock = &clock_;
    auto server = MockServer::Start(options);
    EXPECT_TRUE(server) << server.error().message;
    return *std::move(server);
  }

  void SetToken() {
    TestTokens tokens(clock_);
    TokenRequest wanted;
    wanted.identity = {IdentityKind::kDelegatedWork, "Things.Sync"};
    wanted.permission = "Things.Sync";
    wanted.tenant = "11111111-1111-4111-8111-111111111111";
    ::setenv("CONFORM_TOKEN_DELEGATED_WORK", (*tokens.Find(wanted))->c_str(), 1);
  }

  KeptRun RunTests(const Weather& weather) {
    SetToken();
    const auto known = Load("http://127.0.0.1:1");
    const auto service = StartService(*known, weather);
    const std::string origin = service != nullptr  ? service->origin()
                               : weather.throttles ? FormatOrigin(throttling_.origin())
                                                   : "http://127.0.0.1:1";
    const auto workspace = Load(origin);
    const auto session = Session::Open(*workspace, clock_, redactor_, StandardChecks(), {}, false);
    EXPECT_TRUE(session);
    RunRecord record;
    record.header.started = clock_.Now();
    record.header.profile = "service";
    record.header.target = "https://service.example";
    for (const Test& test : workspace->tests) {
      record.tests.push_back((*session)->runner().Run(test));
    }
    const auto kept = KeepRun(record, EvidenceOf(record), 0, "");
    EXPECT_TRUE(kept);
    return *kept;
  }

  void RunOnce(int run) {
    KeptRun kept = RunTests(WeatherOf(run));
    kept.started = std::chrono::floor<std::chrono::hours>(kept.started);
    kept.number = *RunStore(*file_).Add(kept);
    WatchStore store(*file_);
    auto page = ReadWatchedPage((project_.folder() / "page.md").string(), kept.Series(), store);
    ASSERT_TRUE(page) << page.error().message;
    page->address = "page.md";
    auto receiver =
        MakeWebhookReceiver(FormatOrigin(webhook_.origin()) + "/services/secret", false, {});
    ASSERT_TRUE(receiver);
    Outbox outbox(*file_);
    Notifier notifier(outbox, {*receiver}, kept.Series(), clock_);
    const auto keep = [&](const WatchResult& seen) {
      return seen.alarms.empty() ? Expected<void>() : notifier.Keep(MakeMessage(kept, seen));
    };
    const auto result = WatchRun(store, kept, {*page}, 1, keep);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->first, run == 0);
    for (const std::string& trouble : notifier.Send()) {
      log_ += fmt::format("run {}: {}\n", kept.number, trouble);
    }
  }

  SampleProject project_;
  ManualClock clock_;
  Redactor redactor_{"key"};
  HostileServer webhook_;
  HostileServer throttling_;
  std::unique_ptr<HistoryFile> file_;
  std::string log_;
};

TEST(AMonthOfRuns, RaisesTheAlarmsThatAPersonWouldWrite) {
  Month month;
  month.Live();
  EXPECT_EQ(month.Heard(),
            "run 5: behaviour: headers.request-id: present -> absent  2 tests\n"
            "run 9: back: behaviour: headers.request-id: absent -> present  2 tests\n"
            "run 13: pass -> fail  things_sync/2024_08.documented\n"
            "run 19: back: fail -> pass  things_sync/2024_08.documented\n"
            "run 21: answers: the target gives no answer at all\n"
            "run 23: answers: the target answers again\n"
            "run 25: page: page.md: its text changed: 1 line came, 1 went\n"
            "run 27: new: edition 2025-01 of things.sync: pass  2 tests\n"
            "run 27: gone: was pass  2 tests\n"
            "run 31: throttling: the target throttles: some tests cannot be judged\n"
            "run 33: throttling: the target throttles no more\n"
            "run 37: pass -> fail  things_sync/2025_01.documented\n"
            "run 38: back: fail -> pass  things_sync/2025_01.documented\n"
            "run 39: pass -> fail  things_sync/2025_01.documented\n"
            "run 40: flapping: fail -> pass  things_sync/2025_01.documented\n"
            "run 41: flapping: pass -> fail  things_sync/2025_01.documented\n"
            "run 47: settled: fail -> pass  things_sync/2025_01.documented\n"
            "run 51: answers: the target gives no answer at all\n"
            "run 52: answers: the target answers again\n");
  EXPECT_EQ(month.log().substr(0, month.log().find(": http")), "run 25") << month.log();
  EXPECT_NE(month.log().find("answered 503; the message is kept for the next run"),
            std::string::npos);
  EXPECT_EQ(month.log().find("secret"), std::string::npos);
  const auto check = CheckChain(month.file());
  ASSERT_TRUE(check);
  EXPECT_EQ(check->runs, 60u);
  EXPECT_EQ(check->broken, std::vector<std::string>());
}

}  // namespace
}  // namespace conform
