// The tables of a history, one step a version.
#pragma once

#include <array>

namespace conform {

/// `cnfm`, in the header of the file: it is a history, and no other program's.
inline constexpr int kHistoryApplication = 0x636E666D;

/// Step N brings a file of version N to N + 1. A step that was published is never changed.
inline constexpr std::array kHistorySteps = {
    // Runs. What most tests have in common with the run before is kept once, in `fact`.
    R"(
CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  series TEXT NOT NULL,
  started_us INTEGER NOT NULL,
  header TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  previous_sha256 TEXT NOT NULL,
  before_sha256 TEXT NOT NULL,
  entry_sha256 TEXT NOT NULL
);
CREATE TABLE pruned (through INTEGER NOT NULL);
INSERT INTO pruned VALUES (0);
CREATE INDEX run_series ON run (series, number);
CREATE TABLE fact (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
CREATE TABLE test (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL);
CREATE INDEX test_case ON test (case_id);
CREATE TABLE result (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  test INTEGER NOT NULL REFERENCES test (id),
  outcome TEXT NOT NULL,
  fact INTEGER NOT NULL REFERENCES fact (id),
  durations TEXT NOT NULL,
  PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE INDEX result_test ON result (test, run);
CREATE INDEX result_fact ON result (fact);
)",
    // Watching: what was told of each thing watched, pages, and what is still to be sent.
    R"(
CREATE TABLE watched (
  series TEXT NOT NULL,
  subject TEXT NOT NULL,
  place TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (series, subject, place)
) WITHOUT ROWID;
CREATE TABLE watch_count (series TEXT PRIMARY KEY, runs INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE page (
  address TEXT PRIMARY KEY,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  receiver TEXT NOT NULL,
  made_us INTEGER NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  trouble TEXT NOT NULL DEFAULT ''
);
)",
    // Pages by their series: as read last, and the texts of what was read and of what was told.
    // Before, a page was kept once for all series, what it includes as a page ` INCLUDE `.
    R"(
CREATE TABLE page_text (
  series TEXT NOT NULL,
  address TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (series, address, sha256, path)
) WITHOUT ROWID;
INSERT INTO page_text
  SELECT watched.series, subject, json_extract(state, '$.last'),
         substr(address, length(subject) + 1 + length(' INCLUDE ')), text
  FROM watched JOIN page ON address = subject
    OR substr(address, 1, length(subject) + length(' INCLUDE ')) = subject || ' INCLUDE '
  WHERE place = 'text';
CREATE TABLE page_read (
  series TEXT NOT NULL,
  address TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  PRIMARY KEY (series, address)
) WITHOUT ROWID;
INSERT INTO page_read
  SELECT series, subject, json_extract(state, '$.last'), etag, last_modified
  FROM watched JOIN page ON address = subject WHERE place = 'text';
DROP TABLE page;
)"};

}  // namespace conform
