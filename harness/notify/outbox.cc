#include "notify/outbox.h"

#include "base/date.h"

namespace conform {

Expected<void> Outbox::Add(const OutboxEntry& entry) {
  return file_.Try([&]() -> Expected<void> {
    SQLite::Statement insert(
        file_.database(),
        "INSERT INTO outbox (receiver, made_us, subject, body) VALUES (?, ?, ?, ?)");
    insert.bind(1, entry.receiver);
    insert.bind(2, CountMicroseconds(entry.made));
    insert.bind(3, entry.subject);
    insert.bind(4, entry.body);
    insert.exec();
    return {};
  });
}

Expected<std::vector<OutboxEntry>> Outbox::List(const std::string& receiver) {
  return file_.Try([&]() -> Expected<std::vector<OutboxEntry>> {
    std::vector<OutboxEntry> entries;
    SQLite::Statement query(
        file_.database(),
        "SELECT id, made_us, subject, body, attempts FROM outbox WHERE receiver "
        "= ? ORDER BY id");
    query.bind(1, receiver);
    while (query.executeStep()) {
      entries.push_back({query.getColumn(0).getInt64(), receiver,
                         TimeOfMicroseconds(query.getColumn(1).getInt64()),
                         query.getColumn(2).getString(), query.getColumn(3).getString(),
                         query.getColumn(4).getInt()});
    }
    return entries;
  });
}

Expected<void> Outbox::Remove(std::int64_t id) {
  return file_.Try([&]() -> Expected<void> {
    SQLite::Statement remove(file_.database(), "DELETE FROM outbox WHERE id = ?");
    remove.bind(1, id);
    remove.exec();
    return {};
  });
}

Expected<void> Outbox::NoteTrouble(std::int64_t id, const std::string& trouble) {
  return file_.Try([&]() -> Expected<void> {
    SQLite::Statement note(file_.database(),
                           "UPDATE outbox SET attempts = attempts + 1, trouble = ? WHERE id = ?");
    note.bind(1, trouble);
    note.bind(2, id);
    note.exec();
    return {};
  });
}

Expected<std::size_t> Outbox::DropOlder(std::chrono::system_clock::time_point before) {
  return file_.Try([&]() -> Expected<std::size_t> {
    SQLite::Statement drop(file_.database(), "DELETE FROM outbox WHERE made_us < ?");
    drop.bind(1, CountMicroseconds(before));
    return static_cast<std::size_t>(drop.exec());
  });
}

}  // namespace conform
