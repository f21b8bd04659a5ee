// A list that its copies share until one of them is changed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace conform {

/// Reading is as of a vector. What push_back added is copied with a list, the rest shared until it
/// is changed. Copies may be read by several threads; one list is changed by one.
template <typename T>
class SharedList {
 public:
  class const_iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;

    const_iterator() = default;
    const_iterator(const SharedList* list, std::size_t at) : list_(list), at_(at) {}
    const T& operator*() const { return (*list_)[at_]; }
    const T* operator->() const { return &**this; }
    const_iterator& operator++() {
      ++at_;
      return *this;
    }
    const_iterator operator++(int) { return {list_, at_++}; }
    bool operator==(const const_iterator& other) const { return at_ == other.at_; }

   private:
    const SharedList* list_ = nullptr;
    std::size_t at_ = 0;
  };

  SharedList() = default;
  SharedList(std::initializer_list<T> items) : SharedList(std::vector<T>(items)) {}
  /// Implicit: a vector is a list of the same items.
  SharedList(std::vector<T> items)
      : shared_(items.empty() ? nullptr : std::make_shared<std::vector<T>>(std::move(items))) {}

  /// One whose items are still to come, in `shared`.
  explicit SharedList(std::shared_ptr<std::vector<T>> shared) : shared_(std::move(shared)) {}

  bool empty() const { return size() == 0; }
  std::size_t size() const { return SharedSize() + added_.size(); }
  const_iterator begin() const { return {this, 0}; }
  const_iterator end() const { return {this, size()}; }
  const T& operator[](std::size_t index) const {
    const std::size_t shared = SharedSize();
    return index < shared ? (*shared_)[index] : added_[index - shared];
  }
  bool operator==(const SharedList& other) const {
    if (shared_ == other.shared_) return added_ == other.added_;
    return size() == other.size() && std::equal(begin(), end(), other.begin());
  }

  /// The same for lists that share everything, and for no others; null of one that shares nothing,
  /// or to which something was added.
  const void* Identity() const { return added_.empty() ? shared_.get() : nullptr; }

  /// The same for lists that share what they hold but for what was added since.
  const void* SharedIdentity() const { return shared_.get(); }
  const std::vector<T>& Added() const { return added_; }

  /// To be changed: no other list shares it from here on.
  std::vector<T>& Own() {
    if (shared_ == nullptr) {
      shared_ = std::make_shared<std::vector<T>>();
    } else if (shared_.use_count() > 1) {
      shared_ = std::make_shared<std::vector<T>>(*shared_);
    }
    std::move(added_.begin(), added_.end(), std::back_inserter(*shared_));
    added_ = {};
    return *shared_;
  }
  T& operator[](std::size_t index) { return Own()[index]; }
  void push_back(T item) { added_.push_back(std::move(item)); }
  void clear() { *this = {}; }

 private:
  std::size_t SharedSize() const { return shared_ == nullptr ? 0 : shared_->size(); }

  std::shared_ptr<std::vector<T>> shared_;
  std::vector<T> added_;  // behind what is shared
};

}  // namespace conform
