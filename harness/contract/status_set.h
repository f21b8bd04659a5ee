// A set of status codes as cases and clauses write them: 204, [200, 204], 4xx.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

class StatusSet {
 public:
  /// Adds `204` or a class `4xx`; false where `text` is neither.
  bool Add(std::string_view text);

  bool operator==(const StatusSet&) const = default;

  bool Contains(int status) const;
  /// Whether it stands there itself, not as one of a class.
  bool Names(int status) const;
  bool empty() const { return ranges_.empty(); }
  /// The one status it holds, or nothing.
  std::optional<int> Single() const;
  /// `204`, `200 or 204`, `4xx`.
  std::string Describe() const;
  /// Whether any of 200 to 299 is in it, and whether all of it lies there.
  bool HasSuccess() const;
  /// Whether all of it lies in 400 to 499.
  bool IsRefusal() const;

 private:
  struct Range {
    int first;
    int last;
    bool operator==(const Range&) const = default;
  };
  std::vector<Range> ranges_;
};

}  // namespace conform
