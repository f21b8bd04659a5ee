// Which schemas parts of a value were found to fit.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

namespace conform {

/// Schemas that go down into one part side by side would else ask twice at each level. Of what has
/// parts alone, which outlives the memo as the schemas do, and only so many.
class FitMemo {
 public:
  std::optional<bool> Find(const nlohmann::json& schema, const nlohmann::json& value) const {
    const auto known = fits_.find({&schema, &value});
    return known == fits_.end() ? std::nullopt : std::optional(known->second);
  }
  void Add(const nlohmann::json& schema, const nlohmann::json& value, bool fits) {
    constexpr std::size_t kMost = 200'000;
    if (value.is_structured() && fits_.size() < kMost) fits_.emplace(Key{&schema, &value}, fits);
  }

 private:
  using Key = std::pair<const nlohmann::json*, const nlohmann::json*>;
  struct Hash {
    std::size_t operator()(const Key& key) const {
      constexpr std::size_t kOdd = 0x9E3779B97F4A7C15U;
      const std::hash<const void*> hash;
      return hash(key.first) * kOdd + hash(key.second);
    }
  };
  std::unordered_map<Key, bool, Hash> fits_;
};

}  // namespace conform
