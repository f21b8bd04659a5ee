// A list that its copies share until one of them is changed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace conform {

/// Reading is as of a vector. Copies may be read by several threads; one list is changed by one.
template <typename T>
class SharedList {
 public:
  using const_iterator = typename std::vector<T>::const_iterator;

  SharedList() = default;
  SharedList(std::initializer_list<T> items) : SharedList(std::vector<T>(items)) {}
  /// Implicit: a vector is a list of the same items.
  SharedList(std::vector<T> items)
      : items_(items.empty() ? nullptr : std::make_shared<std::vector<T>>(std::move(items))) {}

  bool empty() const { return items_ == nullptr || items_->empty(); }
  std::size_t size() const { return items_ == nullptr ? 0 : items_->size(); }
  const_iterator begin() const { return items_ == nullptr ? const_iterator() : items_->cbegin(); }
  const_iterator end() const { return items_ == nullptr ? const_iterator() : items_->cend(); }
  const T& operator[](std::size_t index) const { return (*items_)[index]; }
  bool operator==(const SharedList& other) const {
    return items_ == other.items_ || std::equal(begin(), end(), other.begin(), other.end());
  }

  /// To be changed: no other list shares it from here on.
  std::vector<T>& Own() {
    if (items_ == nullptr) {
      items_ = std::make_shared<std::vector<T>>();
    } else if (items_.use_count() > 1) {
      items_ = std::make_shared<std::vector<T>>(*items_);
    }
    return *items_;
  }
  T& operator[](std::size_t index) { return Own()[index]; }
  void push_back(T item) { Own().push_back(std::move(item)); }
  void clear() { items_.reset(); }

 private:
  std::shared_ptr<std::vector<T>> items_;
};

}  // namespace conform
