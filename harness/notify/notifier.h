// Sends messages to whoever shall hear of a change, and what an earlier run could not send.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/proxy.h"
#include "notify/message.h"
#include "notify/notify_program.h"
#include "notify/outbox.h"
#include "notify/sent.h"

namespace conform {

/// Someone who is told.
struct Receiver {
  std::string kind;            ///< `program`, `webhook` or `slack`; of each a watch has one.
  std::string Message::*body;  ///< which form of a message it takes.
  std::function<Sent(const OutboxEntry&)> send;
};

/// A message is in the outbox before it is sent and leaves it once it was. Each is tried three
/// times, a second and two apart; where that fails the later ones wait too, so that they come in
/// their order. One whose content is refused is tried once a run, and no other waits for it. What
/// is older than 30 days is dropped. A message is kept for the kind of receiver, not for its
/// address: who mends the address or the command gets what was kept. One run at a time sends a
/// receiver's messages: it sends those, too, that others keep meanwhile, and they go on.
class Notifier {
 public:
  /// `series` of runs is watched; messages of others in the same outbox are not sent. Once
  /// `stopped` (empty: never) says so nothing more is sent.
  Notifier(Outbox& outbox, std::vector<Receiver> receivers, std::string series, Clock& clock,
           IsStopped stopped = {})
      : outbox_(outbox),
        receivers_(std::move(receivers)),
        series_(std::move(series)),
        clock_(clock),
        stopped_(std::move(stopped)) {}

  /// Puts it into the outbox, for every receiver.
  Expected<void> Keep(const Message& message);
  /// Sends what the outbox has. What could not be done, a sentence each; never a reason for a run
  /// to fail.
  std::vector<std::string> Send();

 private:
  /// What the outbox knows it by; holds no secret.
  std::string KeyOf(const Receiver& receiver) const { return receiver.kind + " of " + series_; }
  Expected<void> SendAll(const Receiver& receiver);
  /// Under the receiver's lock.
  Expected<void> SendKept(const Receiver& receiver);
  Sent SendOne(const Receiver& receiver, const OutboxEntry& entry);

  Outbox& outbox_;
  std::vector<Receiver> receivers_;
  std::string series_;
  Clock& clock_;
  IsStopped stopped_;
};

/// `url` is a webhook's, reached through the proxy that `variables` name, if any. Errors: those of
/// ReadReceiverAddress.
Expected<Receiver> MakeWebhookReceiver(const std::string& url, bool slack,
                                       VariableLookup variables);
/// `stopped` is TellProgram's. Errors: those of SplitWords; there is no such program.
Expected<Receiver> MakeProgramReceiver(const std::string& words, IsStopped stopped);

}  // namespace conform
