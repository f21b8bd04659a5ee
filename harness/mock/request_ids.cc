#include "mock/request_ids.h"

#include <cstring>
#include <string_view>

#include "base/digest.h"

namespace conform {
namespace {

// SplitMix64's finisher: a bijection whose values look unrelated, so that no two counts agree.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

}  // namespace

RequestIds::RequestIds() : start_{} {
  const std::string seed = Sha256(RandomUuid());
  std::memcpy(start_.data(), seed.data(), sizeof(start_));
}

std::string RequestIds::Next() {
  static constexpr std::string_view kHex = "0123456789abcdef";
  const std::uint64_t count = count_.fetch_add(1, std::memory_order_relaxed);
  std::array<std::uint64_t, 2> halves = {Mix(start_[0] + count), Mix(start_[1] ^ Mix(count))};
  halves[0] = (halves[0] & ~std::uint64_t{0xF000}) | 0x4000U;
  halves[1] = (halves[1] & ~(std::uint64_t{3} << 62U)) | (std::uint64_t{1} << 63U);
  std::string text;
  text.reserve(36);
  for (unsigned digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text += '-';
    text += kHex[(halves[digit / 16] >> (60U - 4U * (digit % 16))) & 0xFU];
  }
  return text;
}

}  // namespace conform
