// Several tests at once, whose requests are sent before the first of them is answered.
#include <chrono>
#include <map>
#include <utility>

#include "run/step_request.h"
#include "run/test_runner.h"

namespace conform {

namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

}  // namespace

std::vector<TestRecord> TestRunner::RunJoined(const std::vector<const Test*>& tests) {
  std::vector<TestProgress> all(tests.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    Begin(*tests[i], all[i]);
    all[i].spent = duration_cast<microseconds>(clock_.Now() - all[i].resumed);
  }
  const bool stopped = limits_.stop != nullptr && limits_.stop->IsRequested();
  if (all.size() > 1 && !stopped) SendAhead(tests, all);
  std::vector<TestRecord> records;
  records.reserve(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].sent_ahead) {
      // It takes what it would take alone, as if it had begun just before its request's time.
      const Attempt& attempt = *all[i].sent_ahead;
      all[i].record.started = attempt.started - all[i].spent;
      all[i].spent += attempt.times.last_byte.value_or(microseconds(0));
    }
    all[i].resumed = clock_.Now();
    records.push_back(Finish(*tests[i], all[i]));
  }
  return records;
}

void TestRunner::SendAhead(const std::vector<const Test*>& tests, std::vector<TestProgress>& all) {
  struct Sent {
    std::vector<Request> requests;
    std::vector<TestProgress*> of;
  };
  std::map<Client*, Sent> by_client;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!all[i].begun) continue;
    Expected<Request> request =
        BuildStepRequest(*tests[i], 0, all[i].scope, all[i].client->origin());
    if (!request) continue;  // its step will tell why
    Sent& sent = by_client[all[i].client];
    sent.requests.push_back(*std::move(request));
    sent.of.push_back(&all[i]);
  }
  for (auto& [client, sent] : by_client) {
    auto attempts = client->SendInTurn(std::move(sent.requests));
    for (std::size_t i = 0; i < attempts.size(); ++i) {
      sent.of[i]->sent_ahead = std::move(attempts[i]);
    }
  }
}

}  // namespace conform
