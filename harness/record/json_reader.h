// Reads JSON values strictly: the first that is wrong is told by its JSON pointer (RFC 6901).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace conform {

class JudgedTable;

/// Each Read is false where `value` is not of the kind of `into`; `error()` then says why. Once
/// false, the reader is done with.
class JsonReader {
 public:
  /// `judged`, which may be null, outlives it.
  explicit JsonReader(JudgedTable* judged = nullptr) : judged_(judged) {}

  bool Read(const nlohmann::json& value, std::string& into);
  bool Read(const nlohmann::json& value, bool& into);
  bool Read(const nlohmann::json& value, int& into);
  bool Read(const nlohmann::json& value, std::uint64_t& into);
  /// Whole microseconds, zero or more.
  bool Read(const nlohmann::json& value, std::chrono::microseconds& into);
  /// RFC 3339 in UTC with milliseconds, as FormatTimestamp writes it.
  bool Read(const nlohmann::json& value, std::chrono::system_clock::time_point& into);

  bool RequireObject(const nlohmann::json& value);
  bool RequireArray(const nlohmann::json& value);
  /// Notes what is wrong at the place now read. Always false.
  bool Fail(std::string_view message);

  /// Everything until Leave is read inside this member or element.
  void Enter(std::string_view key);
  void Enter(std::size_t index) { Enter(std::to_string(index)); }
  void Leave();

  /// Where what a test judged is found by its key; may be null.
  JudgedTable* judged() const { return judged_; }

  /// `/tests/3/line: must be a whole number`; the whole value is told without a pointer.
  const std::string& error() const { return error_; }

 private:
  JudgedTable* judged_;
  std::string pointer_;
  std::string error_;
};

}  // namespace conform
