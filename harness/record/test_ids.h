// Ids of many tests of a record, made when they are asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "record/run_record.h"

namespace conform {

/// Reads as a list of texts and holds a number each: a protocol's clause is kept by every test of a
/// run. The record outlives it.
class TestIds {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = std::string;
    using difference_type = std::ptrdiff_t;
    using pointer = const std::string*;
    using reference = std::string;

    Iterator() = default;
    Iterator(const TestIds* ids, std::size_t at) : ids_(ids), at_(at) {}
    std::string operator*() const { return (*ids_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const TestIds* ids_ = nullptr;
    std::size_t at_ = 0;
  };
  using value_type = std::string;
  using iterator = Iterator;
  using const_iterator = Iterator;

  TestIds() = default;
  explicit TestIds(const RunRecord& record) : record_(&record) {}

  bool empty() const { return places_.empty(); }
  std::size_t size() const { return places_.size(); }
  std::string operator[](std::size_t i) const { return record_->tests[places_[i]].Id(); }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

  /// `place` of a test in the record.
  void Add(std::size_t place) { places_.push_back(static_cast<std::uint32_t>(place)); }

 private:
  const RunRecord* record_ = nullptr;
  std::vector<std::uint32_t> places_;
};

}  // namespace conform
