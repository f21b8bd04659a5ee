// libFuzzer's way in: one program a target, CONFORM_FUZZ_TARGET names its function.
#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  conform::CONFORM_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
