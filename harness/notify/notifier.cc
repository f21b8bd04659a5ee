#include "notify/notifier.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/child_program.h"
#include "base/count_text.h"
#include "notify/webhook.h"

namespace conform {
namespace {

constexpr int kAttempts = 3;
constexpr std::chrono::hours kKeptFor{24 * 30};

}  // namespace

Expected<void> Notifier::Keep(const Message& message) {
  for (const Receiver& receiver : receivers_) {
    auto added =
        outbox_.Add({0, KeyOf(receiver), clock_.Now(), message.subject, message.*receiver.body, 0});
    if (!added) return added;
  }
  return {};
}

std::vector<std::string> Notifier::Send() {
  std::vector<std::string> troubles;
  if (const auto dropped = outbox_.DropOlder(clock_.Now() - kKeptFor); !dropped) {
    troubles.push_back(dropped.error().message);
  } else if (*dropped > 0) {
    troubles.push_back(fmt::format("{} older than 30 days {} dropped", CountOf(*dropped, "message"),
                                   *dropped == 1 ? "was" : "were"));
  }
  for (const Receiver& receiver : receivers_) {
    if (const auto sent = SendAll(receiver); !sent) troubles.push_back(sent.error().message);
  }
  return troubles;
}

Expected<void> Notifier::SendAll(const Receiver& receiver) {
  for (;;) {
    {
      const auto lock = outbox_.Lock(KeyOf(receiver));
      if (!lock) return tl::unexpected(lock.error());
      if (!*lock) return {};
      if (auto sent = SendKept(receiver); !sent) return sent;
    }
    // Who kept something while we held the lock left it to us.
    const auto left = outbox_.List(KeyOf(receiver));
    if (!left) return tl::unexpected(left.error());
    if (left->empty()) return {};
  }
}

Expected<void> Notifier::SendKept(const Receiver& receiver) {
  const auto entries = outbox_.List(KeyOf(receiver));
  if (!entries) return tl::unexpected(entries.error());
  std::size_t left = entries->size();
  std::vector<std::string> troubles;
  for (const OutboxEntry& entry : *entries) {
    if (const Sent sent = SendOne(receiver, entry); !sent) {
      static_cast<void>(outbox_.NoteTrouble(entry.id, sent.error().message));
      // Of one address most are the same.
      if (troubles.empty() || troubles.back() != sent.error().message) {
        troubles.push_back(sent.error().message);
      }
      if (sent.error().refuses_content) continue;
      break;
    }
    --left;
    if (auto removed = outbox_.Remove(entry.id); !removed) return removed;
  }
  if (troubles.empty()) return {};
  return Fail(fmt::format("{}; {} kept for the next run", fmt::join(troubles, "; "),
                          left == 1 ? "the message is" : fmt::format("{} messages are", left)));
}

Sent Notifier::SendOne(const Receiver& receiver, const OutboxEntry& entry) {
  const auto is_stopped = [this] { return stopped_ && stopped_(); };
  if (is_stopped()) {
    return tl::unexpected(
        NotSent{fmt::format("{}: not tried, since this run was ended", receiver.kind)});
  }
  std::chrono::milliseconds pause(1'000);
  for (int attempt = 1;; ++attempt) {
    Sent sent = receiver.send(entry);
    if (sent || sent.error().refuses_content || attempt == kAttempts) return sent;
    clock_.Sleep(pause);
    if (is_stopped()) return sent;
    pause *= 2;
  }
}

Expected<Receiver> MakeWebhookReceiver(const std::string& url, bool slack,
                                       VariableLookup variables) {
  auto address = ReadReceiverAddress(url);
  if (!address) return tl::unexpected(address.error());
  return Receiver{
      slack ? "slack" : "webhook", slack ? &Message::slack : &Message::json,
      [address = *std::move(address), variables = std::move(variables)](const OutboxEntry& entry) {
        return PostWebhook(address, entry.body, variables);
      }};
}

Expected<Receiver> MakeProgramReceiver(const std::string& text, IsStopped stopped) {
  auto words = SplitWords(text);
  if (!words) return tl::unexpected(words.error());
  // Not quoted: the first word may be the whole command, by its quotes.
  if (!IsProgram(words->front())) {
    return Fail("the first word names no program: write its path, or one that stands on the PATH");
  }
  return Receiver{
      "program", &Message::text,
      [words = *std::move(words), stopped = std::move(stopped)](const OutboxEntry& entry) -> Sent {
        const auto told = TellProgram(words, entry.subject, entry.body, stopped);
        if (!told) return tl::unexpected(NotSent{told.error().message});
        return {};
      }};
}

}  // namespace conform
